"""Who joins, and the inauguration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gerai.founding import queries
from gerai.founding.actions.opening import NotReady, open_the_mall
from gerai.people.audit import actor_of
from gerai.people.guard import allow


@allow("founding.read")
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Show who joins: services, agreements, duty days, what each brings, what ends soon."""
    found = queries.joining()
    return render(
        request,
        "founding/agencies.html",
        {
            "joining": found,
            "signed": sum(each.is_signed for each in found),
            "services": sum(len(each.services) for each in found),
            "ending": [each for each in found if each.warning is not None],
        },
    )


@allow("founding.open")
@require_http_methods(["GET", "HEAD", "POST"])
def open_mall(request: HttpRequest) -> HttpResponse:
    """Say what is missing before the opening; with the button, open the mall."""
    status = 200
    if request.method == "POST":
        try:
            is_new = open_the_mall(by=actor_of(request.user))
        except NotReady:
            status = NotReady.status
        else:
            told = _("Mal dibuka. Nomor sudah dapat diambil.") if is_new else _("Mal sudah dibuka.")
            messages.success(request, told)
            return redirect("founding:open")
    known = queries.facts()
    stages = [
        stage
        for stage in queries.readiness(known)
        if stage.stage not in {"inauguration", "after"} and stage.missing
    ]
    return render(
        request,
        "founding/open.html",
        {"lacks": queries.lacks_before_opening(known), "unfinished": stages},
        status=status,
    )
