"""Several services with one number: chosen and taken at the phone, the kiosk, the greeter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gerai.directory.guard import device
from gerai.people import audit
from gerai.people.audit import actor_of
from gerai.people.guard import allow, public
from gerai.queue.actions.routes import check, take_route
from gerai.queue.actions.visitors import check_may_take
from gerai.queue.forms.routes import Choosing
from gerai.queue.forms.visitors import Search, TakeNumber, new_key
from gerai.queue.models import Door, Group, Ticket
from gerai.queue.plan import MOST_STEPS
from gerai.queue.queries import choices
from gerai.queue.queries.route_choices import (
    Chosen,
    RoutePage,
    agencies_left,
    chosen_services,
    chosen_template,
    route_page,
    services_left,
    template_with,
)
from gerai.queue.queries.routes import active_templates
from gerai.queue.responses import remembering, visitor_of
from gerai.queue.views.kiosk import ON_PAPER, SERVICES_A_PAGE, Give, agencies_a_page


@dataclass(frozen=True)
class Gate:
    """A place where numbers are taken: its addresses, and the frame of its pages."""

    door: Door
    space: str
    pages: str

    @property
    def frame(self) -> str:
        """Return the template that its pages extend."""
        return f"queue/{self.space}/frame.html"


PHONE = Gate(Door.PHONE, "phone", "queue/route")
GREETER = Gate(Door.GREETER, "greeter", "queue/route")
KIOSK = Gate(Door.KIOSK, "kiosk", "queue/kiosk/route")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_route(request: HttpRequest) -> HttpResponse:
    """Offer the templates; show the route that was chosen; take its number."""
    chosen = _chosen(request)
    visitor, tokens = visitor_of(request)
    form = TakeNumber(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return remembering(_page(request, PHONE, chosen, form), visitor, tokens)
    held = _held(chosen, tokens)
    if held is None:
        check_may_take(visitor, address=request.META.get("REMOTE_ADDR", ""))
        ticket = _take(chosen, PHONE, form, by=audit.VISITOR)
    else:
        ticket = held
        messages.info(request, _("Anda sudah memegang nomor di antrean ini. Ini nomornya."))
    token = ticket.visit.token
    return remembering(redirect("phone:ticket", token), visitor, [*tokens, token])


@public
@never_cache
@require_safe
def phone_add(request: HttpRequest) -> HttpResponse:
    """Choose one more service."""
    return _add(request, PHONE)


@allow("queue.greet")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def greeter_route(request: HttpRequest) -> HttpResponse:
    """Offer the templates; read the route out; a press on the group gives the number."""
    chosen = _chosen(request)
    form = TakeNumber(request.POST) if request.method == "POST" else None
    if form is None or not form.is_valid():
        return _page(request, GREETER, chosen, form)
    ticket = _take(chosen, GREETER, form, by=actor_of(request.user))
    return redirect("greeter:ticket", ticket.visit.token)


@allow("queue.greet")
@never_cache
@require_safe
def greeter_add(request: HttpRequest) -> HttpResponse:
    """Choose one more service."""
    return _add(request, GREETER)


@device("kiosk")
@never_cache
@require_safe
def kiosk_route(request: HttpRequest) -> HttpResponse:
    """Offer the templates; show the route that was chosen."""
    return _page(request, KIOSK, _chosen(request), None)


@device("kiosk")
@never_cache
@require_safe
def kiosk_add(request: HttpRequest) -> HttpResponse:
    """Choose one more service."""
    return _add(request, KIOSK)


def kiosk_group_giving(give: Give) -> Callable[..., HttpResponse]:
    """Return the page on which the touch on a group gives the one number, in this way."""

    @device("kiosk")
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def kiosk_group(request: HttpRequest) -> HttpResponse:
        return _kiosk_group(request, give)

    return kiosk_group


def _kiosk_group(request: HttpRequest, give: Give) -> HttpResponse:
    chosen = _chosen(request)
    form = TakeNumber(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        check(chosen.wishes)
        ticket = give(
            chosen.wishes[0].service,
            device=request.device,  # type: ignore[attr-defined]
            site=request.build_absolute_uri("/"),
            idempotency_key=form.cleaned_data["key"],
            group=form.cleaned_data["group"],
            language=_language(),
            wishes=chosen.wishes,
        )
        on_paper = ticket.state in ON_PAPER
        return redirect("paper:slip" if on_paper else "kiosk:ticket", ticket.visit.token)
    page = route_page(chosen, language=_language(), door=KIOSK.door)
    if page is None:
        return redirect("kiosk:route")
    known = _known(KIOSK, chosen, page, form)
    return render(request, "queue/kiosk/route/group.html", known, status=_status(form))


def _take(chosen: Chosen, gate: Gate, form: TakeNumber, *, by: audit.Actor) -> Ticket:
    return take_route(
        chosen.wishes,
        door=gate.door,
        idempotency_key=form.cleaned_data["key"],
        by=by,
        group=form.cleaned_data["group"],
        language=_language(),
    )


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def _held(chosen: Chosen, tokens: list[str]) -> Ticket | None:
    """Return the number that a browser holds in a line of the route already."""
    keys = {wish.service.line_service.line_id for wish in chosen.wishes}
    held = choices.tickets_of(tokens)
    return next((ticket for ticket in held if ticket.line_id in keys), None)


def _chosen(request: HttpRequest) -> Chosen:
    """Return what the address asks for; a template that is not offered is not found."""
    form = Choosing(request.GET)
    key = form.cleaned_data.get("rute") if form.is_valid() else None
    if not key:
        return chosen_services(form.keys()[:MOST_STEPS])
    template = template_with(key)
    if template is None:
        raise Http404
    return chosen_template(template)


def _page(
    request: HttpRequest, gate: Gate, chosen: Chosen, form: TakeNumber | None
) -> HttpResponse:
    page = route_page(chosen, language=_language(), door=gate.door)
    if page is None:
        templates = active_templates()
        # At the kiosk one place is for choosing the services oneself.
        size = SERVICES_A_PAGE - 1 if gate is KIOSK else max(len(templates), 1)
        paged = Paginator(templates, size).get_page(_search(request).page())
        known = {"gate": gate, "templates": templates, "page": paged}
        return render(request, f"{gate.pages}/templates.html", known, status=_status(form))
    known = _known(gate, chosen, page, form)
    return render(request, f"{gate.pages}/route.html", known, status=_status(form))


def _known(
    gate: Gate, chosen: Chosen, page: RoutePage, form: TakeNumber | None
) -> dict[str, object]:
    return {
        "gate": gate,
        "chosen": chosen,
        "page": page,
        "groups": Group.choices,
        "key": new_key(),
        "error": form.first_error() if form is not None else "",
        "may_take": len(chosen.wishes) > 1,
        "may_add": chosen.template is None and len(chosen.wishes) < MOST_STEPS,
    }


def _status(form: TakeNumber | None) -> int:
    return 400 if form is not None else 200


def _add(request: HttpRequest, gate: Gate) -> HttpResponse:
    chosen = _chosen(request)
    form = Choosing(request.GET)
    key = form.cleaned_data.get("instansi") if form.is_valid() else None
    agency = get_object_or_404(choices.agencies_with_a_line(), pk=key) if key else None
    things: list[Any] = []
    things += services_left(chosen, agency) if agency else agencies_left(chosen)
    fitting = SERVICES_A_PAGE if agency else agencies_a_page(request)
    size = fitting if gate is KIOSK else max(len(things), 1)
    known = {
        "gate": gate,
        "chosen": chosen,
        "agency": agency,
        "page": Paginator(things, size).get_page(_search(request).page()),
        "more": "&".join(filter(None, [chosen.query, f"instansi={key}" if agency else ""])),
    }
    return render(request, f"{gate.pages}/add.html", known)


def _search(request: HttpRequest) -> Search:
    search = Search(request.GET)
    search.is_valid()
    return search
