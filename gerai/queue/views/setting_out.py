"""When must I leave home? Asked before a number is taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gerai.people.guard import public
from gerai.queue.forms.setting_out import SettingOutForm
from gerai.queue.queries import choices, leaving


@public
@never_cache
@require_safe
def setting_out(request: HttpRequest, service_id: int) -> HttpResponse:
    """Show how long people waited by hour, and when to leave to be called when."""
    chosen = get_object_or_404(choices.services_with_a_line(), pk=service_id)
    form = SettingOutForm(request.GET)
    is_good = form.is_valid()
    told = form.cleaned_data
    day = told.get("hari")
    answer = leaving.setting_out(
        chosen, day=day, hour=told.get("jam"), travel=told.get("perjalanan")
    )
    if day is not None and answer.day != day:
        form.add_error("hari", _("Pada hari itu nomor tidak dibagikan. Pilih hari lain."))
        is_good = False
    return render(
        request,
        "queue/phone/setting_out.html",
        {"form": form, "answer": answer, "service": chosen},
        status=200 if is_good else 400,
    )
