"""The steps: added, changed, moved from state to state, put in order, made to wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Max, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from gerai.errors import Refused
from gerai.founding.actions.workspace import wait_for_turn
from gerai.founding.models import StageClosing, Step, StepNeed
from gerai.founding.network import Cycle, in_order
from gerai.founding.queries.facts import today
from gerai.founding.queries.readiness import readiness_of
from gerai.founding.queries.schedule import needs_of, schedule
from gerai.founding.stages import Stage
from gerai.founding.states import MOVES, OPEN, State, Verb
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.papers import actions as papers
from gerai.papers.models import Attachment
from gerai.papers.queries import attachments_of
from gerai.papers.reading import File
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction

EVIDENCE: Final = "evidence"


class StepMoved(Refused):
    """The step is not in the state that the page showed."""

    message = _("Langkah ini sudah diubah orang lain. Muat ulang halamannya, lalu coba lagi.")


class NeedsFirst(Refused):
    """Steps before this one are not over; the message names them."""


class NeedGone(Refused):
    """A step that this one is to wait for was deleted."""

    message = _("Langkah yang ditunggu sudah dihapus orang lain. Periksa pilihannya, lalu simpan.")


class InACircle(Refused):
    """Steps would wait for each other; the message names them."""


class HasEvidence(Refused):
    """What was proved is not deleted."""

    message = _("Langkah ini punya berkas bukti. Hapus buktinya dahulu, atau pilih Tidak dipakai.")


class StageLacks(Refused):
    """The stage does not hold what it needs; the message says what is missing."""


class ClosedAlready(Refused):
    """The stage is closed."""

    message = _("Tahap ini sudah ditutup. Muat ulang halamannya.")


@dataclass(frozen=True)
class StepText:
    """What is written about a step."""

    name: str
    why: str
    who: str
    responsible: str
    usual_days: int
    due_on: date | None
    evidence_wanted: str
    source: str
    mark: str
    note: str


@one_transaction
def add_step(stage: Stage, text: StepText, *, needs: Iterable[Step] = (), by: audit.Actor) -> Step:
    """Add a step of the workspace's own at the end of a stage.

    :raises NotBegun: there is no workspace
    :raises NeedGone: a step that it is to wait for is deleted
    """
    wait_for_turn()
    wanted = _standing(needs)
    StageClosing.objects.filter(stage=stage).delete()
    last = Step.objects.aggregate(last=Max("position"))["last"] or 0
    step: Step = Step.objects.create(
        mall=current_mall(), stage=stage, position=last + 1, **vars(text)
    )
    _set_needs(step, wanted)
    _told("founding.add_step", step, by=by)
    return step


@one_transaction
def change_step(step: Step, text: StepText, *, needs: Iterable[Step], by: audit.Actor) -> None:
    """Write something else about a step, and say what it waits for.

    :raises InACircle: steps would wait for each other
    :raises NeedGone: a step that it is to wait for is deleted
    :raises StepMoved: it is deleted
    """
    wait_for_turn()
    wanted = _standing(each for each in needs if each.pk != step.pk)
    _check_no_circle(step, wanted)
    if not Step.objects.filter(pk=step.pk).update(**vars(text)):
        raise StepMoved
    _set_needs(step, wanted)
    _told("founding.change_step", step, by=by)


@one_transaction
def move_step(step: Step, verb: Verb, *, by: audit.Actor) -> None:
    """Begin, finish, drop or reopen a step.

    :raises StepMoved: it is in another state meanwhile
    :raises NeedsFirst: a step that it needs is not over
    """
    wait_for_turn()
    sources, target = MOVES[verb]
    day = today()
    fields: dict[str, object] = {"state": target}
    if verb == Verb.BEGIN:
        fields["started_on"] = day
    elif verb == Verb.FINISH:
        _check_needs(step)
        # As it is stored: somebody may have begun it since the step was read.
        fields |= {"done_on": day, "started_on": Coalesce("started_on", Value(day))}
    elif verb == Verb.REOPEN:
        fields |= {"done_on": None, "started_on": None}
    if not Step.objects.filter(pk=step.pk, state__in=[*sources]).update(**fields):
        raise StepMoved
    if verb == Verb.REOPEN:
        StageClosing.objects.filter(stage=step.stage).delete()
    _told("founding.move_step", step, by=by, state=str(target))


@one_transaction
def date_step(
    step: Step, *, started_on: date | None, done_on: date | None, by: audit.Actor
) -> None:
    """Say on which days a step was really begun and done, where that was not today.

    :raises StepMoved: its state says otherwise
    """
    states = [State.DONE] if done_on else [State.DOING]
    changed = Step.objects.filter(pk=step.pk, state__in=states).update(
        started_on=started_on, done_on=done_on
    )
    if not changed:
        raise StepMoved
    _told("founding.date_step", step, by=by)


@one_transaction
def shift_step(step: Step, *, is_up: bool, by: audit.Actor) -> None:
    """Let a step change places with its neighbour in the stage; at the edge it stays."""
    wait_for_turn()
    stored = Step.objects.filter(pk=step.pk).first()
    if stored is None:
        raise StepMoved
    others = Step.objects.filter(stage=stored.stage)
    if is_up:
        other = others.filter(position__lt=stored.position).order_by("-position", "-pk").first()
    else:
        other = others.filter(position__gt=stored.position).order_by("position", "pk").first()
    if other is None:
        return
    Step.objects.filter(pk=stored.pk).update(position=other.position)
    Step.objects.filter(pk=other.pk).update(position=stored.position)
    _told("founding.shift_step", stored, by=by)


@one_transaction
def remove_step(step: Step, *, by: audit.Actor) -> None:
    """Delete a step that is not wanted.

    :raises HasEvidence: files prove something about it
    :raises StepMoved: it is deleted already
    """
    wait_for_turn()
    if attachments_of(f"step:{step.pk}"):
        raise HasEvidence
    key = step.pk
    if not Step.objects.filter(pk=key).delete()[0]:
        raise StepMoved
    audit.record("founding.remove_step", thing=f"step:{key}", by=by)
    publish("founding.remove_step", key)


def add_evidence(step: Step, upload: Any, *, caption: str, by: audit.Actor) -> Attachment:
    """Keep a file that proves something about a step.

    :raises BadFile: too large, not what it should be, or dangerous
    :raises StepMoved: the step is deleted
    """
    # Judged before anything is locked: a file takes its time.
    return _keep_evidence(step, papers.checked(upload), caption=caption, by=by)


@one_transaction
def _keep_evidence(step: Step, file: File, *, caption: str, by: audit.Actor) -> Attachment:
    wait_for_turn()
    if not Step.objects.filter(pk=step.pk).exists():
        raise StepMoved
    return papers.keep(file, thing=f"step:{step.pk}", kind=EVIDENCE, by=by, caption=caption)


@one_transaction
def propose_due_days(*, by: audit.Actor) -> int:
    """Give every open step the last of its planned days as its due day; return how many."""
    founding = wait_for_turn()
    changed = 0
    for row in schedule(founding).rows:
        if row.step.is_open and row.step.due_on != row.ends:
            changed += Step.objects.filter(pk=row.step.pk, state__in=[*OPEN]).update(
                due_on=row.ends
            )
    audit.record("founding.propose_due_days", thing=f"founding:{founding.pk}", by=by)
    publish("founding.propose_due_days", founding.pk)
    return changed


@one_transaction
def close_stage(stage: Stage, *, by: audit.Actor) -> None:
    """Close a stage that holds all it needs.

    :raises StageLacks: something is missing
    :raises ClosedAlready: it is closed
    """
    wait_for_turn()
    found = readiness_of(stage)
    if found.is_closed:
        raise ClosedAlready
    if found.missing:
        raise StageLacks(
            _("Tahap ini belum dapat ditutup: %(missing)s")
            % {"missing": " ".join(lack.text for lack in found.missing)}
        )
    StageClosing.objects.create(
        mall=current_mall(), stage=stage, closed_on=today(), closed_by=by.name
    )
    audit.record("founding.close_stage", thing=f"stage:{stage}", by=by)
    publish("founding.close_stage", stage)


@one_transaction
def reopen_stage(stage: Stage, *, by: audit.Actor) -> None:
    """Say that there is something left to do in a closed stage after all."""
    if StageClosing.objects.filter(stage=stage).delete()[0]:
        audit.record("founding.reopen_stage", thing=f"stage:{stage}", by=by)
        publish("founding.reopen_stage", stage)


def _standing(needs: Iterable[Step]) -> set[int]:
    """Return the keys of steps that are there."""
    keys = {each.pk for each in needs}
    if Step.objects.filter(pk__in=keys).count() < len(keys):
        raise NeedGone
    return keys


@inside_transaction
def _set_needs(step: Step, wanted: set[int]) -> None:
    StepNeed.objects.filter(step=step).exclude(needs__in=wanted).delete()
    standing = set(StepNeed.objects.filter(step=step).values_list("needs", flat=True))
    StepNeed.objects.bulk_create(
        StepNeed(mall=step.mall, step=step, needs_id=key) for key in sorted(wanted - standing)
    )


def _check_no_circle(step: Step, wanted: set[int]) -> None:
    names = dict(Step.objects.values_list("pk", "name"))
    all_needs = needs_of() | {step.pk: frozenset(wanted)}
    try:
        in_order({key: all_needs.get(key, frozenset()) for key in names})
    except Cycle as cycle:
        raise InACircle(
            _("Langkah-langkah ini saling menunggu: %(names)s. Hapus salah satu ketergantungannya.")
            % {"names": " → ".join(names[key] for key in cycle.keys)}
        ) from cycle


def _check_needs(step: Step) -> None:
    waiting = Step.objects.filter(needed_by__step=step, state__in=[*OPEN]).order_by("position")
    if names := list(waiting.values_list("name", flat=True)):
        raise NeedsFirst(_("Selesaikan dahulu: %(names)s.") % {"names": "; ".join(names)})


@inside_transaction
def _told(verb: str, step: Step, *, by: audit.Actor, **detail: object) -> None:
    audit.record(verb, thing=f"step:{step.pk}", by=by, **detail)
    publish(verb, step.pk)
