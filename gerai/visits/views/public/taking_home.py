"""What a delegation takes home: the blueprint, and a workspace to found its own mall."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gerai.blueprint.actions.exporting import export_blueprint
from gerai.errors import Refused
from gerai.founding.actions.workspace import BadSlug, found
from gerai.founding.queries import mall_founded_for
from gerai.malls.models import Mall
from gerai.malls.scope import current_mall
from gerai.people.actions import AddressTaken, NameTaken, WeakPassword
from gerai.people.audit import VISITOR
from gerai.people.guard import public
from gerai.visits.forms.founding import OwnMall
from gerai.visits.models import Visit
from gerai.visits.queries.guests import may_take_blueprint, was_received
from gerai.visits.views.public.region import obstacle_to_found
from gerai.visits.views.public.visit import of_secret

AT_FIELD: dict[type[Refused], str | None] = {
    BadSlug: "slug",
    AddressTaken: "slug",
    NameTaken: "username",
    WeakPassword: "password",
}


class NotYet(Refused):
    """The delegation has not been here."""

    message = gettext_lazy(
        "Halaman ini terbuka sesudah rombongan Anda diterima. Sampai jumpa pada harinya."
    )
    status = 409


class NotGiven(Refused):
    """The mall keeps its blueprint to itself."""

    message = gettext_lazy("Mal ini tidak membagikan cetak birunya. Tanyakan kepada penerima.")
    status = 403


@public
@require_POST
@of_secret
def blueprint(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Hand the mall's blueprint over."""
    if not was_received(visit):
        raise NotYet
    if not may_take_blueprint(visit):
        raise NotGiven
    file = export_blueprint(by=VISITOR)
    return HttpResponse(
        file.content,
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="cetak-biru-{current_mall().slug}.json"'
        },
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_secret
def found_own_mall(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Begin the workspace of the region that came to learn; where there is one, lead to it.

    A region that cannot have one is told why, in place of the form.
    """
    if not was_received(visit):
        raise NotYet
    standing = mall_founded_for(visit.relation.region_code)
    if standing is not None and request.method != "POST":
        return _page(request, visit, founded=standing, sign_in=_sign_in_of(request, standing))
    obstacle = obstacle_to_found(visit)
    if obstacle:
        return _page(
            request, visit, status=409 if request.method == "POST" else 200, obstacle=obstacle
        )
    form = OwnMall(request.POST or None, initial=_proposed(visit))
    if request.method == "POST" and form.is_valid():
        mall = _founded(form, lambda: _found(visit, form))
        if mall is not None:
            messages.success(
                request,
                _("Ruang kerja %(name)s siap. Masuk dengan nama pengguna yang baru Anda buat.")
                % {"name": mall.name},
            )
            # Not on to the mall's own address: browsers let no form lead to another site.
            return redirect("visits:found", visit.secret)
    return _page(
        request,
        visit,
        status=400 if form.errors else 200,
        form=form,
        domain=_domain(request),
    )


def _page(request: HttpRequest, visit: Visit, *, status: int = 200, **told: Any) -> HttpResponse:
    return render(request, "visits/own_mall.html", {"visit": visit, **told}, status=status)


def _founded(form: OwnMall, begin: Callable[[], Mall]) -> Mall | None:
    try:
        return begin()
    except Refused as refused:
        form.add_error(AT_FIELD.get(type(refused)), str(refused))
        return None


def _found(visit: Visit, form: OwnMall) -> Mall:
    return found(
        **form.cleaned_data,
        region_code=visit.relation.region_code,
        model_name=current_mall().name,
        visit_reference=visit.reference,
        by=VISITOR,
    )


def _proposed(visit: Visit) -> dict[str, str]:
    region = visit.relation.region_name
    short = region.removeprefix("Kabupaten ").removeprefix("Kota ")
    return {
        "name": f"MPP {short}",
        "slug": "".join(
            letter for letter in short.lower() if letter.isascii() and letter.isalnum()
        ),
        "zone": current_mall().zone,
        "admin_name": visit.contact_name,
    }


def _domain(request: HttpRequest) -> str:
    _slug, _dot, domain = request.get_host().partition(".")
    return domain or request.get_host()


def _sign_in_of(request: HttpRequest, mall: Mall) -> str:
    host = mall.host or f"{mall.slug}.{_domain(request)}"
    return f"{request.scheme}://{host}/masuk/"
