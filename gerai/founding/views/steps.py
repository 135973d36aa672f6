"""Steps: list and drawing, one step with its evidence, stages closed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gerai.founding import forms, queries
from gerai.founding.actions import steps as actions
from gerai.founding.models import StageName, Step
from gerai.founding.queries.documents import COMMON
from gerai.founding.queries.gantt import gantt
from gerai.founding.queries.schedule import needs_of
from gerai.founding.stages import PaperKind, Stage
from gerai.founding.states import State, Verb, verbs_from
from gerai.founding.views.here import founding_here
from gerai.papers.actions import remove_attachment
from gerai.papers.models import Attachment
from gerai.papers.queries import attachment_with, attachments_of
from gerai.papers.responses import attachment_response
from gerai.people.audit import actor_of
from gerai.people.guard import allow
from gerai.ui.forms import saved

TEXTS = [name for name in forms.StepFields.base_fields if name != "needs"]


@allow("founding.read")
@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """List the steps by stage."""
    plan = queries.schedule(founding_here())
    stages = [
        (
            stage,
            [row for row in plan.rows if row.step.stage == stage.stage],
            [step for step in plan.dropped if step.stage == stage.stage],
        )
        for stage in queries.readiness()
    ]
    return render(request, "founding/steps.html", {"stages": stages, "plan": plan})


@allow("founding.read")
@require_safe
def drawing(request: HttpRequest) -> HttpResponse:
    """Draw the schedule as bars."""
    founding = founding_here()
    plan = queries.schedule(founding)
    sheet = gantt(plan, founding.target_on)
    return render(
        request, "founding/gantt.html", {"gantt": sheet, "plan": plan, "founding": founding}
    )


@allow("founding.read")
@require_safe
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one step with its days, what it waits for, and its evidence."""
    return _page(request, get_object_or_404(Step.objects, pk=pk))


@allow("founding.work")
@require_http_methods(["GET", "HEAD", "POST"])
def new_step(request: HttpRequest) -> HttpResponse:
    """Add a step; ?tahap= proposes its stage."""
    founding_here()
    wanted = request.GET.get("tahap", "")
    stage = wanted if wanted in StageName.values else StageName.COMMITMENT
    form = forms.NewStep(request.POST or None, initial={"stage": stage})

    def add() -> None:
        actions.add_step(
            Stage(form.cleaned_data["stage"]),
            _text(form),
            needs=form.cleaned_data["needs"],
            by=actor_of(request.user),
        )

    if saved(request, form, add, {actions.NeedGone: "needs"}):
        messages.success(request, _("Langkah ditambahkan."))
        return redirect(f"{reverse('founding:steps')}#{form.cleaned_data['stage']}")
    return _form(request, form, title=_("Tambah langkah"))


@allow("founding.work")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Write something else about a step."""
    found = get_object_or_404(Step.objects, pk=pk)
    stored = {name: getattr(found, name) for name in TEXTS}
    stored["needs"] = sorted(needs_of().get(found.pk, frozenset()))
    form = forms.StepFields(request.POST or None, initial=stored, step=found)

    def change() -> None:
        actions.change_step(
            found, _text(form), needs=form.cleaned_data["needs"], by=actor_of(request.user)
        )

    if saved(request, form, change, {actions.InACircle: "needs", actions.NeedGone: "needs"}):
        messages.success(request, _("Langkah disimpan."))
        return redirect("founding:step", pk=pk)
    return _form(request, form, title=found.name, step=found)


@allow("founding.work")
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, finish, drop or reopen a step."""
    found = get_object_or_404(Step.objects, pk=pk)
    verb = request.POST.get("verb", "")
    if verb not in set(Verb):
        raise Http404
    actions.move_step(found, Verb(verb), by=actor_of(request.user))
    found.refresh_from_db()
    messages.success(
        request,
        _("%(step)s: %(state)s.") % {"step": found.name, "state": found.get_state_display()},
    )
    return redirect("founding:step", pk=pk)


@allow("founding.work")
@require_POST
def set_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when a step was really begun and done."""
    found = get_object_or_404(Step.objects, pk=pk)
    form = forms.StepDays(request.POST, is_done=found.state == State.DONE)
    by = actor_of(request.user)

    def change() -> None:
        told = form.cleaned_data
        actions.date_step(found, started_on=told["started_on"], done_on=told.get("done_on"), by=by)

    if saved(request, form, change):
        messages.success(request, _("Tanggal disimpan."))
        return redirect("founding:step", pk=pk)
    return _page(request, found, days=form)


@allow("founding.work")
@require_POST
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a step change places with its neighbour."""
    found = get_object_or_404(Step.objects, pk=pk)
    is_up = request.POST.get("to") == "up"
    actions.shift_step(found, is_up=is_up, by=actor_of(request.user))
    return redirect(f"{reverse('founding:steps')}#langkah-{found.pk}")


@allow("founding.work")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a step."""
    found = get_object_or_404(Step.objects, pk=pk)
    actions.remove_step(found, by=actor_of(request.user))
    messages.success(request, _("%(name)s dihapus.") % {"name": found.name})
    return redirect("founding:steps")


@allow("founding.work")
@require_POST
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file to a step."""
    found = get_object_or_404(Step.objects, pk=pk)
    form = forms.Evidence(request.POST, request.FILES)
    by = actor_of(request.user)

    def add() -> None:
        told = form.cleaned_data
        actions.add_evidence(found, told["file"], caption=told["caption"], by=by)

    if saved(request, form, add):
        messages.success(request, _("Bukti disimpan."))
        return redirect("founding:step", pk=pk)
    return _page(request, found, evidence=form)


@allow("founding.read")
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out a file that proves something of a step."""
    return attachment_response(_evidence_with(pk))


@allow("founding.work")
@require_POST
def remove_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a file of a step."""
    found = _evidence_with(pk)
    remove_attachment(found, by=actor_of(request.user))
    messages.success(request, _("Bukti dihapus."))
    return redirect("founding:step", pk=int(found.thing.partition(":")[2]))


@allow("founding.work")
@require_POST
def propose_days(request: HttpRequest) -> HttpResponse:
    """Give every open step the due day that the schedule proposes."""
    count = actions.propose_due_days(by=actor_of(request.user))
    told = ngettext("%(n)s tenggat diperbarui.", "%(n)s tenggat diperbarui.", count)
    messages.success(request, told % {"n": count})
    return redirect("founding:steps")


@allow("founding.work")
@require_POST
def close(request: HttpRequest, stage: str) -> HttpResponse:
    """Close a stage, or reopen it."""
    if stage not in StageName.values:
        raise Http404
    by = actor_of(request.user)
    if request.POST.get("open") == "1":
        actions.reopen_stage(Stage(stage), by=by)
        messages.success(request, _("Tahap dibuka lagi."))
    else:
        actions.close_stage(Stage(stage), by=by)
        messages.success(request, _("Tahap ditutup."))
    return redirect(f"{reverse('founding:steps')}#{stage}")


def _text(form: forms.StepFields) -> actions.StepText:
    return actions.StepText(**{name: form.cleaned_data[name] for name in TEXTS})


def _thing(key: int) -> str:
    return f"step:{key}"


def _evidence_with(pk: int) -> Attachment:
    found = attachment_with(pk)
    if found is None or found.kind != actions.EVIDENCE or not found.thing.startswith("step:"):
        raise Http404
    return found


def _page(
    request: HttpRequest,
    found: Step,
    *,
    days: forms.StepDays | None = None,
    evidence: forms.Evidence | None = None,
) -> HttpResponse:
    plan = queries.schedule(founding_here())
    stored = {"started_on": found.started_on, "done_on": found.done_on}
    needs = needs_of()
    dates: Any = days or forms.StepDays(initial=stored, is_done=found.state == State.DONE)
    return render(
        request,
        "founding/step.html",
        {
            "step": found,
            "row": plan.row(found),
            "stage": StageName(found.stage).label,
            "verbs": [verb.value for verb in verbs_from(State(found.state))],
            "before": Step.objects.filter(pk__in=needs.get(found.pk, ())).order_by("position"),
            "after": Step.objects.filter(needed__needs=found).order_by("position"),
            "files": attachments_of(_thing(found.pk)),
            "days": dates,
            "evidence": evidence or forms.Evidence(),
            "documents": [draft for draft in COMMON if draft.kind == found.document],
            "is_agreement": found.document == PaperKind.AGREEMENT,
        },
        status=400 if days is not None or evidence is not None else 200,
    )


def _form(
    request: HttpRequest, form: forms.StepFields, *, title: str, step: Step | None = None
) -> HttpResponse:
    return render(
        request,
        "founding/step_form.html",
        {"form": form, "title": title, "step": step},
        status=400 if form.errors else 200,
    )
