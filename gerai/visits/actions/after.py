"""After a visit: its report, thanks by mail, follow-ups, a draft for the newsroom, its closing."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import F
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from gerai import clock
from gerai.errors import Refused
from gerai.live.publish import publish
from gerai.malls.scope import current_mall
from gerai.newsroom.actions.drafting import Draft, draft
from gerai.newsroom.models import Article
from gerai.papers.actions import issue
from gerai.papers.models import Paper
from gerai.people import audit
from gerai.transactions import inside_transaction, one_transaction
from gerai.visits.actions import telling
from gerai.visits.actions.day import HERE_STATES, INDONESIAN, NotNow, thing_of
from gerai.visits.exports.report import report_sheet
from gerai.visits.exports.story import MOST_PICTURES, story_of
from gerai.visits.models import FollowUp, FollowUpState, KnownMall, Minutes, Side, Visit
from gerai.visits.queries.after import (
    missing_for_closing,
    publishable_photos,
    report_pictures,
    told_of,
)
from gerai.visits.reading.malls import KnownRow, MallList, RefusedRow
from gerai.visits.states import Verb

SECTION: Final = "kunjungan"
MOST_FOLLOW_UPS: Final = 100


class StillMissing(Refused):
    """The visit cannot be closed yet."""

    message = _("Kunjungan ini belum dapat ditutup.")


class DraftedAlready(Refused):
    """The newsroom has a draft of this visit."""

    message = _("Draf berita kunjungan ini sudah ada di ruang berita.")


class NoFollowUp(Refused):
    """A follow-up without words or without somebody who does it."""

    message = _("Tuliskan tindak lanjutnya dan siapa penanggung jawabnya.")
    status = 400


class TooManyFollowUps(Refused):
    """More than any visit needs."""

    message = _("Tindak lanjut kunjungan ini sudah seratus. Selesaikan yang ada dahulu.")


@one_transaction
def write_minutes(
    visit: Visit, *, basis: str, learned: str, conclusion: str, by: audit.Actor
) -> Minutes:
    """Write the desk's own words in the report.

    :raises NotNow: the delegation was not received yet
    """
    if visit.state not in HERE_STATES:
        raise NotNow
    minutes = _minutes(visit)
    minutes.basis, minutes.learned, minutes.conclusion = basis, learned, conclusion
    minutes.changed_at = clock.now()
    minutes.save(update_fields=["basis", "learned", "conclusion", "changed_at"])
    audit.record("visits.write_minutes", thing=thing_of(visit), by=by)
    return minutes


@inside_transaction
def _minutes(visit: Visit) -> Minutes:
    found, _is_new = Minutes.objects.get_or_create(
        mall=current_mall(), visit=visit, defaults={"changed_at": clock.now()}
    )
    minutes: Minutes = found
    return minutes


def issue_report(visit: Visit, *, by: audit.Actor) -> Paper:
    """Issue the report as it stands: unchanged it is the same paper, changed the next version.

    :raises NotNow: the delegation was not received yet
    """
    if visit.state not in HERE_STATES:
        raise NotNow
    with override(INDONESIAN):
        sheet = report_sheet(told_of(visit, report_pictures(visit)))
    return issue(
        sheet,
        kind="report",
        thing=thing_of(visit),
        by=by,
        is_numbered=True,
        is_verifiable=True,
    )


@one_transaction
def thank(visit: Visit, *, base_url: str, by: audit.Actor) -> bool:
    """Thank by mail, with the way to report and materials; once, however often it is asked for.

    Tells whether it was the first time.

    :raises NotNow: the delegation was not received yet
    :raises BadAddress: the contact's address can get nothing
    """
    if visit.state not in HERE_STATES:
        raise NotNow
    minutes = _minutes(visit)
    first = Minutes.objects.filter(pk=minutes.pk, thanked_at=None)
    if not first.update(thanked_at=clock.now()):
        return False
    telling.thanked(visit, base_url=base_url)
    audit.record("visits.thank", thing=thing_of(visit), by=by)
    return True


@one_transaction
def add_follow_up(
    visit: Visit, *, text: str, owner_name: str, side: Side, due_on: date, by: audit.Actor
) -> FollowUp:
    """Note what was agreed, who does it, and by when.

    :raises NoFollowUp: it has no words, or nobody does it
    :raises TooManyFollowUps: more than any visit needs
    """
    text, owner_name = text.strip(), owner_name.strip()
    if not text or not owner_name:
        raise NoFollowUp
    if FollowUp.objects.filter(visit=visit).count() >= MOST_FOLLOW_UPS:
        raise TooManyFollowUps
    follow_up: FollowUp = FollowUp.objects.create(
        mall=current_mall(),
        visit=visit,
        text=text,
        owner_name=owner_name,
        side=side,
        due_on=due_on,
        changed_at=clock.now(),
    )
    audit.record("visits.add_follow_up", thing=f"followup:{follow_up.pk}", by=by)
    return follow_up


@one_transaction
def set_follow_up(follow_up: FollowUp, *, state: FollowUpState, by: audit.Actor) -> None:
    """Say how far a follow-up is."""
    moved = FollowUp.objects.filter(pk=follow_up.pk).exclude(state=state)
    if moved.update(state=state, changed_at=clock.now()):
        audit.record(
            "visits.set_follow_up", thing=f"followup:{follow_up.pk}", by=by, state=str(state)
        )


def draft_story(visit: Visit, *, by: audit.Actor) -> Article:
    """Hand the newsroom a draft with facts, agreed quotes and agreed pictures; it publishes.

    :raises NotNow: the delegation was not received yet
    :raises DraftedAlready: there is one
    :raises NoNewsroom: the mall has no website
    """
    if visit.state not in HERE_STATES:
        raise NotNow
    has_next = Visit.objects.filter(previous=visit).exists()
    photos = list(publishable_photos(visit)[:MOST_PICTURES])
    story = story_of(told_of(visit), photos, has_next=has_next)
    return _hand_over(visit, story, by=by)


@one_transaction
def _hand_over(visit: Visit, story: Draft, *, by: audit.Actor) -> Article:
    minutes = Minutes.objects.filter(pk=_minutes(visit).pk)
    # Holds the row till the end: whoever is second waits here, and has written no file.
    if not minutes.filter(article=None).update(changed_at=F("changed_at")):
        raise DraftedAlready
    article = draft(story, section=SECTION, by=by)
    minutes.update(article=article)
    audit.record("visits.draft_story", thing=thing_of(visit), by=by)
    return article


@one_transaction
def close(visit: Visit, *, by: audit.Actor) -> None:
    """Close a visit whose papers are done.

    :raises StillMissing: something is not; it says what
    :raises NotNow: it was not received, or is closed
    """
    missing = missing_for_closing(visit)
    if missing:
        raise StillMissing(
            gettext("Kunjungan ini belum dapat ditutup. Yang belum ada: %(missing)s.")
            % {"missing": ", ".join(str(each) for each in missing)}
        )
    now = clock.now()
    if not Visit.objects.move(visit, Verb.CLOSE, changed_at=now):
        raise NotNow
    Minutes.objects.filter(visit=visit).update(closed_at=now)
    audit.record("visits.close", thing=thing_of(visit), by=by)
    publish("visits.close", visit.pk)


@dataclass
class Taken:
    """What came of a list of malls."""

    taken: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


@one_transaction
def take_known_malls(told: MallList) -> Taken:
    """Take a list of malls into the installation; what is known already stays as it is.

    No trail of a mall tells of it: the list belongs to no mall.
    """
    known = {mall.region_code: mall for mall in KnownMall.objects.all()}
    result = Taken(refused=list(told.refused))
    for row in told.rows:
        if _take(row, known.get(row.region_code)):
            result.taken += 1
        else:
            result.unchanged += 1
    return result


@inside_transaction
def _take(row: KnownRow, standing: KnownMall | None) -> bool:
    told = {
        "region_name": row.region_name,
        "opened_on": row.opened_on,
        "agencies": row.agencies,
        "services": row.services,
        "source": row.source,
    }
    if standing is None:
        KnownMall.objects.create(region_code=row.region_code, **told)
        return True
    if all(getattr(standing, name) == value for name, value in told.items()):
        return False
    KnownMall.objects.filter(pk=standing.pk).update(**told)
    return True
