"""Kiosks and screens of the mall: how they are, pairing by a code, renaming, revoking."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gerai import clock
from gerai.directory import queries
from gerai.directory.actions import beats
from gerai.directory.actions import devices as actions
from gerai.directory.forms import DeviceFields, PairDevice
from gerai.directory.models import Device
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved

FIELD_OF = {
    actions.UnknownCode: "code",
    actions.DeviceNameTaken: "name",
    actions.WrongPlace: "zone",
}


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """List the devices, and pair one by the code that it shows."""
    form = PairDevice(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.pair(**form.cleaned_data, by=actor_of(request.user))
        except tuple(FIELD_OF) as refused:
            form.add_error(FIELD_OF[type(refused)], str(refused))
        else:
            messages.success(
                request,
                _("%(name)s terhubung; layarnya berlanjut sendiri.") % {"name": made.name},
            )
            return redirect("manage:devices")
    return render(
        request,
        "directory/devices.html",
        {"devices": queries.devices(), "form": form, "alive_since": clock.now() - queries.ALIVE},
        status=400 if form.errors else 200,
    )


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a device is and when it was away; rename it."""
    found = get_object_or_404(Device.objects.select_related("zone"), pk=pk)
    stored = {name: getattr(found, name) for name in DeviceFields.base_fields}
    form = DeviceFields(request.POST or None, initial=stored, device=found)
    by = actor_of(request.user)
    if saved(
        request,
        form,
        lambda: actions.change_device(found, **form.cleaned_data, by=by),
        {actions.DeviceNameTaken: "name"},
    ):
        messages.success(request, _("Perangkat disimpan."))
        return redirect("manage:device", pk)
    return render(
        request,
        "directory/device.html",
        {
            "device": found,
            "absences": queries.absences_of(found),
            "form": form,
            "alive_since": clock.now() - queries.ALIVE,
        },
        status=400 if form.errors else 200,
    )


@allow("directory.manage")
@require_POST
def reload(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a device load its page anew."""
    found = get_object_or_404(Device.objects, pk=pk, is_active=True)
    beats.ask_reload(found, by=actor_of(request.user))
    messages.success(
        request, _("%(name)s memuat ulang halamannya begitu tersambung.") % {"name": found.name}
    )
    return redirect("manage:device", pk)


@allow("directory.manage")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a device's token away."""
    found = get_object_or_404(Device.objects, pk=pk, is_active=True)
    actions.revoke(found, actor_of(request.user))
    messages.success(
        request, _("Izin %(name)s dicabut; perangkatnya meminta kode lagi.") % {"name": found.name}
    )
    return redirect("manage:devices")
