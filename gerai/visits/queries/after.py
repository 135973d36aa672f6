"""What the pages after a visit show, and what its report and story are made of."""

import base64
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from PIL import Image

from gerai.malls.scope import current_mall
from gerai.papers.blocks import Picture
from gerai.papers.queries import latest
from gerai.visits.exports.report import PHOTO_MM, Told
from gerai.visits.models import FollowUp, FollowUpState, Guest, KnownMall, Minutes, Photo, Visit
from gerai.visits.queries.calendar import rules_of_mall
from gerai.visits.queries.day import book_of, delegation, impressions_of
from gerai.visits.queries.guests import programme_of

MOST_REPORT_PICTURES: Final = 6
REPORT_SIDE: Final = (1200, 1200)


def minutes_of(visit: Visit) -> Minutes | None:
    """Return the desk's words for a visit, None before any were written."""
    found: Minutes | None = Minutes.objects.select_related("article").filter(visit=visit).first()
    return found


def publishable_photos(visit: Visit) -> QuerySet[Photo]:
    """Return the pictures on which all who are seen agree, with their files: ask for few."""
    found: QuerySet[Photo] = Photo.objects.filter(visit=visit, all_agree=True)
    return found.select_related("attachment").order_by("position", "pk")


def report_pictures(visit: Visit) -> list[Picture]:
    """Return the pictures of a visit as its report prints them; drawing them takes time."""
    return [_small(photo) for photo in publishable_photos(visit)[:MOST_REPORT_PICTURES]]


def told_of(visit: Visit, pictures: Sequence[Picture] = ()) -> Told:
    """Return all that is known of a visit; of its pictures those that are told."""
    rules = rules_of_mall()
    return Told(
        visit=visit,
        mall=current_mall(),
        book=book_of(visit),
        minutes=minutes_of(visit),
        guests=delegation(visit),
        programme=list(programme_of(visit)),
        questions=list(visit.questions.select_related("answer")),
        follow_ups=follow_ups_of(visit),
        impressions=impressions_of(visit),
        pictures=pictures,
        signatory_role=rules.signatory_role,
        signatory_name=rules.signatory_name or (visit.host.name if visit.host else ""),
    )


def _small(photo: Photo) -> Picture:
    """Return a picture as a report needs it: not larger than it is printed."""
    with Image.open(BytesIO(bytes(photo.attachment.data))) as whole:
        small = whole.convert("RGB")
    small.thumbnail(REPORT_SIDE)
    kept = BytesIO()
    small.save(kept, "JPEG", quality=80)
    data = base64.b64encode(kept.getvalue()).decode("ascii")
    return Picture(data, photo.caption, PHOTO_MM)


def follow_ups_of(visit: Visit) -> list[FollowUp]:
    """Return what is to follow on a visit, the soonest first."""
    return list(FollowUp.objects.filter(visit=visit).order_by("due_on", "pk"))


def follow_up_of(visit: Visit, pk: int) -> FollowUp | None:
    """Return a follow-up of a visit."""
    found: FollowUp | None = FollowUp.objects.filter(visit=visit, pk=pk).first()
    return found


def open_follow_ups() -> QuerySet[FollowUp]:
    """Return what is not done yet in all visits, the most overdue first."""
    found: QuerySet[FollowUp] = (
        FollowUp.objects.filter(state=FollowUpState.OPEN)
        .select_related("visit__relation")
        .order_by("due_on", "pk")
    )
    return found


def late_count(today: date) -> int:
    """Return how many follow-ups are overdue."""
    return int(open_follow_ups().filter(due_on__lt=today).count())


def next_visits(visit: Visit) -> list[Visit]:
    """Return the visits that follow on this one."""
    return list(Visit.objects.filter(previous=visit).order_by("pk"))


def missing_for_closing(visit: Visit) -> list[object]:
    """Return what a visit still needs before it is closed, in words."""
    book, minutes = book_of(visit), minutes_of(visit)
    signed = Guest.objects.filter(visit=visit, checked_in_at__isnull=False).exists()
    checks = (
        (book is not None and book.received_at is not None, _("jam tamu diterima")),
        (book is not None and book.left_at is not None, _("jam tamu pulang")),
        (signed, _("tamu yang tercatat hadir")),
        (minutes is not None and minutes.conclusion.strip(), _("kesimpulan dalam laporan")),
        (latest(f"visit:{visit.pk}", "report") is not None, _("laporan yang diterbitkan")),
        (minutes is not None and minutes.thanked_at is not None, _("ucapan terima kasih")),
    )
    return [words for is_there, words in checks if not is_there]


def known_malls() -> QuerySet[KnownMall]:
    """Return the malls of the published list, by region."""
    return KnownMall.objects.order_by("region_code")
