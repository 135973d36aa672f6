"""After a visit: report, thanks, follow-ups, the next visit, the story, closing."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.errors import Refused
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.visits.actions import after as actions
from gerai.visits.actions.asking import Wish, ask
from gerai.visits.actions.day import HERE_STATES, NotNow
from gerai.visits.forms.after import NewFollowUp, NextVisit, Progress, Words
from gerai.visits.models import FollowUpState, Side, Visit
from gerai.visits.queries import after as queries
from gerai.visits.queries import day as day_queries
from gerai.visits.queries.calendar import today
from gerai.visits.states import State
from gerai.visits.views.day import the_visit
from gerai.visits.views.public.visit import base_url


@allow("visits.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and write what goes into the report, and what is to be done after the visit."""
    visit = the_visit(pk)
    if request.method != "POST":
        return _report(request, visit)
    form = Words(request.POST)
    if not form.is_valid():
        return _report(request, visit, words=form, status=400)
    actions.write_minutes(visit, by=actor_of(request.user), **form.cleaned_data)
    messages.success(request, _("Isi laporan disimpan."))
    return _back(visit)


def _report(
    request: HttpRequest,
    visit: Visit,
    *,
    words: Words | None = None,
    follow: NewFollowUp | None = None,
    status: int = 200,
) -> HttpResponse:
    minutes = queries.minutes_of(visit)
    told = (
        {
            "basis": minutes.basis,
            "learned": minutes.learned,
            "conclusion": minutes.conclusion,
        }
        if minutes
        else {}
    )
    on = today()
    known = {
        "visit": visit,
        "minutes": minutes,
        "words": words or Words(initial=told),
        "follow": follow or NewFollowUp(today=on, initial={"side": Side.HOST}),
        "follow_ups": queries.follow_ups_of(visit),
        "follow_states": FollowUpState.choices,
        "reports": day_queries.reports_of(visit),
        "missing": queries.missing_for_closing(visit),
        "next_visits": queries.next_visits(visit),
        "photo_count": queries.publishable_photos(visit).count(),
        "today": on,
        "is_here": visit.state in HERE_STATES,
        "is_closed": visit.state == State.CLOSED,
    }
    return render(request, "visits/report.html", known, status=status)


def _back(visit: Visit, anchor: str = "") -> HttpResponse:
    return redirect(reverse("visits_office:report", args=[visit.pk]) + anchor)


@allow("visits.manage")
@require_POST
def issue_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the report as it stands."""
    visit = the_visit(pk)
    paper = actions.issue_report(visit, by=actor_of(request.user))
    told = {"number": paper.number, "version": paper.version}
    messages.success(request, _("Laporan %(number)s versi %(version)d terbit.") % told)
    return _back(visit, "#versi")


@allow("visits.manage")
@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """Send thanks with the way to report and materials."""
    visit = the_visit(pk)
    if actions.thank(visit, base_url=base_url(request), by=actor_of(request.user)):
        messages.success(request, _("Ucapan terima kasih dikirim lewat surel."))
    else:
        messages.info(request, _("Ucapan terima kasih sudah pernah dikirim."))
    return _back(visit)


@allow("visits.manage")
@require_POST
def add_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Note something agreed."""
    visit = the_visit(pk)
    form = NewFollowUp(request.POST, today=today())
    if not form.is_valid():
        return _report(request, visit, follow=form, status=400)
    told = form.cleaned_data
    try:
        actions.add_follow_up(
            visit,
            text=told["text"],
            owner_name=told["owner_name"],
            side=Side(told["side"]),
            due_on=told["due_on"],
            by=actor_of(request.user),
        )
    except Refused as refused:
        form.add_error("text", str(refused))
        return _report(request, visit, follow=form, status=refused.status)
    return _back(visit, "#tindak-lanjut")


@allow("visits.manage")
@require_POST
def set_follow_up(request: HttpRequest, pk: int, follow_up: int) -> HttpResponse:
    """Say how far a follow-up is."""
    visit = the_visit(pk)
    found = queries.follow_up_of(visit, follow_up)
    form = Progress(request.POST)
    if found is None or not form.is_valid():
        raise Http404
    state = FollowUpState(form.cleaned_data["state"])
    actions.set_follow_up(found, state=state, by=actor_of(request.user))
    if request.POST.get("from") == "list":
        return redirect("visits_office:follow_ups")
    return _back(visit, "#tindak-lanjut")


@allow("visits.manage")
@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """List what is not done yet, the most overdue first."""
    on = today()
    known = {
        "follow_ups": queries.open_follow_ups()[:500],
        "late": queries.late_count(on),
        "today": on,
    }
    return render(request, "visits/follow_ups.html", known)


@allow("visits.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def next_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a further visit that the delegation announced: a new one in the same relation."""
    visit = the_visit(pk)
    if visit.state not in HERE_STATES:
        raise NotNow
    if request.method != "POST":
        told = {"key": secrets.token_urlsafe(16), "purpose": visit.purpose, "size": visit.size}
        return render(
            request, "visits/next_visit.html", {"visit": visit, "form": NextVisit(initial=told)}
        )
    form = NextVisit(request.POST)
    if form.is_valid():
        try:
            further = ask(
                _wish(visit, form),
                letter=None,
                idempotency_key=form.cleaned_data["key"],
                base_url=base_url(request),
                language=visit.language,
                previous=visit,
                by=actor_of(request.user),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            told = {"reference": further.reference}
            messages.success(request, _("Kunjungan lanjutan %(reference)s tercatat.") % told)
            return _back(visit)
    return render(request, "visits/next_visit.html", {"visit": visit, "form": form}, status=400)


def _wish(visit: Visit, form: NextVisit) -> Wish:
    return Wish(
        region_code=visit.relation.region_code,
        institution=visit.relation.institution,
        leader_name=visit.leader_name,
        leader_title=visit.leader_title,
        contact_name=visit.contact_name,
        contact_email=visit.contact_email,
        contact_phone=visit.contact_phone,
        purpose=form.cleaned_data["purpose"],
        size=form.cleaned_data["size"],
        wished=(form.cleaned_data["wished"],),
    )


@allow("visits.manage")
@require_POST
def draft_story(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the newsroom a draft."""
    visit = the_visit(pk)
    actions.draft_story(visit, by=actor_of(request.user))
    messages.success(
        request, _("Draf berita diserahkan ke ruang berita. Redaksi yang menerbitkan.")
    )
    return _back(visit)


@allow("visits.manage")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the visit."""
    visit = the_visit(pk)
    actions.close(visit, by=actor_of(request.user))
    messages.success(request, _("Kunjungan ditutup."))
    return _back(visit)
