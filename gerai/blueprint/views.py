"""Giving out a blueprint, taking one in, deciding on proposals."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai import clock
from gerai.blueprint import queries
from gerai.blueprint.actions import deciding, exporting, taking
from gerai.blueprint.exports import local_parts
from gerai.blueprint.forms import Chosen, ExportFields, SentFile
from gerai.blueprint.models import Arrival, Part
from gerai.blueprint.reading import Blueprint
from gerai.blueprint.shape import CHOICES, KINDS
from gerai.blueprint.signing import print_of
from gerai.errors import Refused
from gerai.malls.scope import current_mall
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.people.models import User

PER_PAGE = 25
REASONS_SHOWN = 12


@allow("blueprint.manage")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what a blueprint is, whom this mall learnt from, and what is still to be decided."""
    return render(
        request,
        "blueprint/home.html",
        {
            "sources": [
                {"source": source, "key_print": print_of(source.public_key)}
                for source in queries.sources()
            ],
            "proposals": queries.proposals_by_kind(),
            "taken": queries.taken_by_kind(),
            "own_key_print": queries.own_key_print(),
        },
    )


@allow("blueprint.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def give_out(request: HttpRequest) -> HttpResponse:
    """Show what a file would hold; write it when asked."""
    form = ExportFields(
        request.POST if request.method == "POST" else None,
        initial={"kinds": list(CHOICES), "licence": exporting.LICENCES[0]},
    )
    if request.method == "POST" and form.is_valid():
        made = exporting.export_blueprint(
            kinds=form.cleaned_data["kinds"],
            licence=form.cleaned_data["licence"],
            by=actor_of(request.user),
        )
        day = clock.local_day(clock.now(), current_mall().zone)
        name = f"cetak-biru-{current_mall().slug}-{day.isoformat()}.json"
        return HttpResponse(
            made.content,
            content_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    counts = queries.counts_of(local_parts())
    return render(
        request,
        "blueprint/give_out.html",
        {
            "form": form,
            "chosen": form["kinds"].value() or [],
            "counts": [
                {
                    "kind": count,
                    "titles": [
                        queries.title_of(part.kind, part.key, part.content)
                        for part in count.parts[: queries.MOST_SHOWN]
                    ],
                    "more": max(count.count - queries.MOST_SHOWN, 0),
                }
                for count in counts
            ],
            "total": sum(count.count for count in counts),
        },
        status=400 if form.errors else 200,
    )


@allow("blueprint.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def send_in(request: HttpRequest) -> HttpResponse:
    """Take a file that somebody sends, and show it before anything is written."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SentFile(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            held = taking.hold(form.cleaned_data["file"], sender=_sender(request))
        except taking.UnusableFile as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("blueprint:arrival", arrival_id=held.pk)
    return render(
        request, "blueprint/send_in.html", {"form": form}, status=400 if form.errors else 200
    )


@allow("blueprint.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def arrival(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """Show a file that was sent beside what the mall has; take what is chosen of it."""
    held, file = _held(request, arrival_id)
    form = Chosen(request.POST if request.method == "POST" else None, file=file)
    if request.method == "POST" and form.is_valid():
        try:
            taken = taking.take(file, by=actor_of(request.user), chosen=form.chosen(), arrival=held)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _tell(request, taken)
            return redirect("blueprint:home")
    return render(
        request,
        "blueprint/arrival.html",
        {
            "arrival": held,
            "file": file,
            "preview": queries.preview(file),
            "form": form,
            "most_shown": queries.MOST_SHOWN,
        },
        status=400 if form.errors else 200,
    )


@allow("blueprint.manage")
@require_POST
def accept_key(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """Trust the key of a file that was sent."""
    _arrival, file = _held(request, arrival_id)
    taking.accept_key(file, by=actor_of(request.user))
    messages.success(request, _("Kunci baru diterima. Periksa isinya, lalu ambil."))
    return redirect("blueprint:arrival", arrival_id=arrival_id)


@allow("blueprint.manage")
@require_POST
def drop(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """Forget a file that was sent."""
    if not taking.drop(arrival_id, sender=_sender(request)):
        raise Http404
    messages.success(request, _("Kiriman dibuang; tidak ada yang diambil."))
    return redirect("blueprint:home")


@allow("blueprint.manage")
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """List what models propose, with what it would change; ?jenis= chooses a kind."""
    kind = _asked_kind(request)
    page = Paginator(queries.open_proposals(kind), PER_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "blueprint/proposals.html",
        {
            "page": page,
            "proposals": queries.proposals(page.object_list),
            "kind": kind,
            "counts": queries.proposals_by_kind(),
        },
    )


@allow("blueprint.manage")
@require_POST
def accept(request: HttpRequest, part_id: int) -> HttpResponse:
    """Write what one proposal says."""
    _decide(request, [_open_proposal(request, part_id)])
    return _back(request)


@allow("blueprint.manage")
@require_POST
def decline(request: HttpRequest, part_id: int) -> HttpResponse:
    """Leave things as they are."""
    deciding.decline(_open_proposal(request, part_id), by=actor_of(request.user))
    messages.success(request, _("Usulan ditolak. Yang ada di mal ini tetap seperti semula."))
    return _back(request)


@allow("blueprint.manage")
@require_POST
def accept_all(request: HttpRequest) -> HttpResponse:
    """Write all proposals, or all of one kind."""
    _decide(request, list(queries.open_proposals(_asked_kind(request))))
    return redirect("blueprint:proposals")


@allow("blueprint.manage")
@require_safe
def origins(request: HttpRequest) -> HttpResponse:
    """List where the parts of this mall came from; ?jenis= chooses a kind."""
    kind = _asked_kind(request)
    page = Paginator(queries.taken_parts(kind), 2 * PER_PAGE).get_page(request.GET.get("hal"))
    return render(
        request,
        "blueprint/origins.html",
        {
            "page": page,
            "origins": queries.origins(page.object_list),
            "kind": kind,
            "counts": queries.taken_by_kind(),
        },
    )


def _sender(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _held(request: HttpRequest, arrival_id: int) -> tuple[Arrival, Blueprint]:
    held = queries.arrival_with(arrival_id, sender=_sender(request))
    if held is None:
        raise Http404
    return held, taking.read_file(held.content.encode())


def _asked_kind(request: HttpRequest) -> str:
    asked: Any = request.POST if request.method == "POST" else request.GET
    kind = str(asked.get("jenis", ""))
    return kind if kind in KINDS else ""


def _open_proposal(request: HttpRequest, part_id: int) -> Part:
    """Return a proposal as the page showed it.

    :raises Decided: it is decided, or says something else by now
    """
    part = queries.part_with(part_id)
    if part is None:
        raise Http404
    if part.fingerprint != request.POST.get("fingerprint", ""):
        raise deciding.Decided
    return part


def _decide(request: HttpRequest, parts: list[Part]) -> None:
    decision = deciding.accept(parts, by=actor_of(request.user))
    if decision.accepted:
        messages.success(
            request,
            ngettext(
                "%(n)d usulan diterima dan ditulis.",
                "%(n)d usulan diterima dan ditulis.",
                decision.accepted,
            )
            % {"n": decision.accepted},
        )
    _tell_refused(request, decision.refused)


def _tell(request: HttpRequest, taken: taking.Taken) -> None:
    counts = {
        "taken": taken.taken,
        "unchanged": taken.unchanged,
        "refused": len(taken.refused),
    }
    messages.success(request, queries.taken_words(**counts))
    if waiting := taken.taken - taken.drafted:
        messages.info(
            request,
            ngettext(
                "%(n)d di antaranya berbeda dari isi mal ini dan menunggu keputusan Anda.",
                "%(n)d di antaranya berbeda dari isi mal ini dan menunggu keputusan Anda.",
                waiting,
            )
            % {"n": waiting},
        )
    _tell_refused(request, taken.refused)


def _tell_refused(request: HttpRequest, refused: list[taking.RefusedPart]) -> None:
    for part in refused[:REASONS_SHOWN]:
        messages.warning(request, queries.refused_line(part.kind, part.key, part.reason))
    more = len(refused) - REASONS_SHOWN
    if more > 0:
        messages.warning(request, _("… dan %(n)d bagian lain.") % {"n": more})


def _back(request: HttpRequest) -> HttpResponse:
    """Return to the list, of the same kind where one was chosen."""
    kind = _asked_kind(request)
    answer = redirect("blueprint:proposals")
    if kind:
        answer["Location"] += f"?jenis={kind}"
    return answer
