"""The course of a founding for everybody; for platform admins, its beginning."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gerai.founding.actions.workspace import (
    AlreadyFounded,
    BadSlug,
    RegionHasMall,
    UnknownRegion,
    found,
)
from gerai.founding.forms import NewFounding
from gerai.founding.models import StageName
from gerai.founding.stages import Stage, steps_of
from gerai.malls.models import Mall
from gerai.malls.regions import region_names
from gerai.people.actions import AddressTaken, NameTaken, WeakPassword
from gerai.people.audit import actor_of
from gerai.people.guard import NotAllowed, public
from gerai.ui.forms import saved

FIELDS = {
    AlreadyFounded: "region_code",
    RegionHasMall: "region_code",
    UnknownRegion: "region_code",
    BadSlug: "slug",
    AddressTaken: "slug",
    NameTaken: "username",
    WeakPassword: "password",
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
def course(request: HttpRequest) -> HttpResponse:
    """Tell how a mall is founded, stage by stage; let a platform admin begin one."""
    may_begin = "malls.manage" in request.may  # type: ignore[attr-defined]
    if request.method == "POST" and not may_begin:
        raise NotAllowed
    form = NewFounding(request.POST or None) if may_begin else None
    made: list[Mall] = []

    def begin() -> None:
        assert form is not None  # only platform admins come here
        made.append(found(**form.cleaned_data, by=actor_of(request.user)))

    if form is not None and saved(request, form, begin, FIELDS):
        messages.success(
            request,
            _("Ruang kerja %(name)s siap di alamat %(slug)s.%(domain)s.")
            % {"name": made[0].name, "slug": made[0].slug, "domain": _domain(request)},
        )
        return redirect("founding_public:course")
    stages = [(StageName(stage.value).label, steps_of(stage)) for stage in Stage]
    return render(
        request,
        "founding/course.html",
        {
            "stages": stages,
            "days": {stage: sum(step.days for step in steps_of(stage)) for stage in Stage},
            "form": form,
            "regions": {code: name for code, name in region_names().items() if "." in code}
            if may_begin
            else {},
        },
        status=400 if form is not None and form.errors else 200,
    )


def _domain(request: HttpRequest) -> str:
    _slug, _dot, domain = request.get_host().partition(".")
    return domain or request.get_host()
