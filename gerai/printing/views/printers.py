"""The printers of the mall: the office changes and tries them, the supervisor sees trouble."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai import clock
from gerai.malls.scope import current_mall
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.printing import queries
from gerai.printing.actions import printers as actions
from gerai.printing.actions import sending, slips
from gerai.printing.forms import PrinterFields
from gerai.printing.models import Printer
from gerai.ui.forms import saved

FIELD_OF = {actions.PrinterTaken: "name", actions.WrongPlace: "connection"}


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """List the printers, and add one."""
    form = PrinterFields(request.POST or None)
    by = actor_of(request.user)
    if saved(request, form, lambda: actions.add(form.told(), by=by), FIELD_OF):
        messages.success(request, _("Pencetak ditambahkan. Cobalah dengan Uji cetak."))
        return redirect("printers:home")
    sending.keep_watch()
    known = {"printers": queries.printers(), "form": form}
    return render(
        request, "printing/office/printers.html", known, status=400 if form.errors else 200
    )


@allow("directory.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def printer(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a printer; see its troubles and its last slips."""
    found = get_object_or_404(Printer.objects.select_related("device"), pk=pk)
    stored = {name: getattr(found, name) for name in PrinterFields.base_fields}
    form = PrinterFields(request.POST or None, initial=stored)
    by = actor_of(request.user)
    if saved(request, form, lambda: actions.change(found, form.told(), by=by), FIELD_OF):
        messages.success(request, _("Pencetak disimpan."))
        return redirect("printers:home")
    known = {
        "printer": found,
        "form": form,
        "troubles": queries.history(found),
        "jobs": queries.jobs_of(found),
    }
    return render(
        request, "printing/office/printer.html", known, status=400 if form.errors else 200
    )


@allow("directory.manage")
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a test slip; what became of it shows on the printer's page."""
    found = get_object_or_404(Printer.objects, pk=pk)
    site = request.build_absolute_uri("/")
    slips.test(found, site=site, by=actor_of(request.user))
    messages.success(request, _("Struk uji dikirim. Hasilnya tampil di halaman ini."))
    return redirect("printers:printer", pk)


@allow("directory.manage")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a printer."""
    found = get_object_or_404(Printer.objects, pk=pk)
    actions.remove(found, by=actor_of(request.user))
    messages.success(request, _("%(name)s dihapus.") % {"name": found.name})
    return redirect("printers:home")


@allow("queue.watch")
@require_safe
def watch(request: HttpRequest) -> HttpResponse:
    """Show the supervisor how the printers are, their troubles, and the numbers dropped today."""
    slips.drop_due()
    sending.keep_watch()
    today = clock.local_day(clock.now(), current_mall().zone)
    known = {
        "printers": queries.printers(),
        "troubles": queries.history(),
        "gaps": queries.gaps(today),
        "now": clock.now(),
    }
    return render(request, "printing/watch.html", known)
