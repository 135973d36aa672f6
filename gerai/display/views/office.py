"""The management of screens: how zones speak, layouts with a preview, notices."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.directory.models import Device, DeviceKind, Zone
from gerai.directory.queries import zones
from gerai.display import actions, queries
from gerai.display.forms import ROWS, LayoutFields, NoticeFields, SpeechFields
from gerai.display.models import HallNotice, ScreenLayout, SpanMode
from gerai.display.views.screens import TAKE_A_NUMBER, drawn
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved


@allow("display.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """List zones, screens and notices, and announce something."""
    form = NoticeFields(request.POST or None)
    by = actor_of(request.user)
    if saved(request, form, lambda: actions.set_notice(None, **form.cleaned_data, by=by)):
        messages.success(request, _("Pengumuman disimpan."))
        return redirect("screens:home")
    screens = Device.objects.filter(kind=DeviceKind.SCREEN, is_active=True)
    return render(
        request,
        "display/office/home.html",
        {
            "zones": zones(),
            "screens": screens.select_related("zone").order_by("name"),
            "notices": queries.notices(),
            "form": form,
        },
        status=400 if form.errors else 200,
    )


@allow("display.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def speech(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a zone speaks: English, gong, hours and volume."""
    zone = get_object_or_404(Zone.objects, pk=pk)
    form = SpeechFields(request.POST or None, initial=_stored_speech(zone))
    by = actor_of(request.user)
    if saved(
        request,
        form,
        lambda: actions.set_speech(
            zone,
            english=form.cleaned_data["english"],
            has_gong=form.cleaned_data["has_gong"],
            spans=form.spans(),
            by=by,
        ),
    ):
        messages.success(request, _("Suara %(zone)s disimpan.") % {"zone": zone.name})
        return redirect("screens:home")
    return render(
        request,
        "display/office/speech.html",
        {"zone": zone, "form": form},
        status=400 if form.errors else 200,
    )


@allow("display.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def zone_layout(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where things stand on the screens of a zone."""
    return _layout(request, get_object_or_404(Zone.objects, pk=pk))


@allow("display.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def screen_layout(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where things stand on one screen."""
    screens = Device.objects.filter(kind=DeviceKind.SCREEN)
    return _layout(request, get_object_or_404(screens, pk=pk))


@allow("display.manage")
@require_safe
def zone_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a zone's screen as the fields in the address would have it."""
    return _preview(request, get_object_or_404(Zone.objects, pk=pk))


@allow("display.manage")
@require_safe
def screen_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a screen as the fields in the address would have it."""
    screens = Device.objects.filter(kind=DeviceKind.SCREEN).select_related("zone")
    return _preview(request, get_object_or_404(screens, pk=pk).zone)


@allow("display.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a notice anew."""
    found = get_object_or_404(HallNotice.objects, pk=pk)
    stored = {name: getattr(found, name) for name in NoticeFields.base_fields}
    form = NoticeFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(request, form, lambda: actions.set_notice(found, **form.cleaned_data, by=by)):
        messages.success(request, _("Pengumuman disimpan."))
        return redirect("screens:home")
    return render(
        request,
        "display/office/notice.html",
        {"notice": found, "form": form},
        status=400 if form.errors else 200,
    )


@allow("display.manage")
@require_POST
def remove_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a notice off the screens."""
    actions.remove_notice(get_object_or_404(HallNotice.objects, pk=pk), by=actor_of(request.user))
    messages.success(request, _("Pengumuman dihapus."))
    return redirect("screens:home")


def _stored_speech(zone: Zone) -> dict[str, object]:
    row = queries.speech_of(zone.pk)
    stored: dict[str, object] = {"english": row.english, "has_gong": row.has_gong}
    for number in range(1, ROWS + 1):
        stored |= {f"mode_{number}": SpanMode.VOICE, f"volume_{number}": 100}
    for number, span in enumerate(queries.spans_of(zone), start=1):
        stored |= {
            f"begins_{number}": span.begins,
            f"ends_{number}": span.ends,
            f"mode_{number}": span.mode,
            f"volume_{number}": span.volume,
        }
    return stored


def _layout(request: HttpRequest, of: Device | Zone) -> HttpResponse:
    own = queries.layout_with(of)
    shown = own or (queries.layout_of(of) if isinstance(of, Device) else ScreenLayout())
    stored = {name: getattr(shown, name) for name in LayoutFields.base_fields}
    if request.method == "POST" and "seperti-biasa" in request.POST:
        actions.forget_layout(of, by=actor_of(request.user))
        messages.success(request, _("Tata letak kembali seperti biasa."))
        return redirect("screens:home")
    form = LayoutFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(request, form, lambda: actions.set_layout(of, said=form.cleaned_data, by=by)):
        messages.success(request, _("Tata letak %(name)s disimpan.") % {"name": of.name})
        return redirect("screens:home")
    kind = "screen" if isinstance(of, Device) else "zone"
    return render(
        request,
        "display/office/layout.html",
        {"of": of, "own": own, "form": form, "preview": f"screens:{kind}_preview"},
        status=400 if form.errors else 200,
    )


def _preview(request: HttpRequest, zone: Zone | None) -> HttpResponse:
    form = LayoutFields(request.GET)
    layout = ScreenLayout(**form.cleaned_data) if form.is_valid() else ScreenLayout()
    address = request.build_absolute_uri(TAKE_A_NUMBER)
    with translation.override("id"):
        return render(
            request,
            "display/screen.html",
            {
                "hall": queries.hall(zone),
                "layout": layout,
                "address": address.split("://", 1)[1],
                "qr": drawn(address),
            },
        )
