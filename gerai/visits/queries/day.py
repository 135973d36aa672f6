"""What the day's pages show: the guest book, questions, photos, impressions."""

from dataclasses import dataclass

from django.db.models import Avg, Count, QuerySet

from gerai.papers.models import Attachment, Paper
from gerai.papers.queries import papers_of
from gerai.visits.models import (
    Answer,
    Guest,
    GuestBook,
    Impression,
    Photo,
    Question,
    Visit,
)

CODES = 43


@dataclass(frozen=True)
class Mean:
    """A mean of ratings with how many there are."""

    mean: float | None
    count: int


def book_with(code: str) -> GuestBook | None:
    """Return the guest book that a code opens, in the mall in scope."""
    if len(code) > CODES:
        return None
    found: GuestBook | None = (
        GuestBook.objects.select_related("visit__relation", "visit__room", "visit__host")
        .filter(code=code)
        .first()
    )
    return found


def book_of(visit: Visit) -> GuestBook | None:
    """Return the guest book of a visit, None before it was laid out."""
    found: GuestBook | None = GuestBook.objects.filter(visit=visit).first()
    return found


def delegation(visit: Visit) -> list[Guest]:
    """Return the delegation with who has signed, its leader first, then by name.

    What was drawn is left out: signatures are large, and shown nowhere but on the sheet.
    """
    return list(_delegation(visit).defer("presence__signature"))


def delegation_with_signatures(visit: Visit) -> list[Guest]:
    """Return the delegation as the attendance sheet shows it."""
    return list(_delegation(visit))


def _delegation(visit: Visit) -> QuerySet[Guest]:
    found: QuerySet[Guest] = Guest.objects.filter(visit=visit).select_related("presence")
    return found.order_by("-is_leader", "name", "pk")


def guest_of(visit: Visit, pk: int) -> Guest | None:
    """Return one of the delegation."""
    found: Guest | None = (
        Guest.objects.filter(visit=visit, pk=pk).select_related("presence", "visit").first()
    )
    return found


def question_of(visit: Visit, pk: int) -> Question | None:
    """Return a question of a visit."""
    found: Question | None = (
        Question.objects.filter(visit=visit, pk=pk).select_related("answer").first()
    )
    return found


def answer_with(pk: int) -> Answer | None:
    """Return one of the mall's answers."""
    found: Answer | None = Answer.objects.filter(pk=pk).first()
    return found


def photos_of(visit: Visit) -> list[Photo]:
    """Return the album without the bytes of its pictures."""
    return list(
        Photo.objects.filter(visit=visit)
        .select_related("attachment")
        .defer("attachment__data")
        .order_by("position", "pk")
    )


def photo_of(visit: Visit, pk: int) -> Photo | None:
    """Return a picture of a visit."""
    found: Photo | None = (
        Photo.objects.filter(visit=visit, pk=pk)
        .select_related("attachment")
        .defer("attachment__data")
        .first()
    )
    return found


def picture_of(photo: Photo) -> Attachment:
    """Return the file of a picture, its bytes included."""
    found: Attachment = Attachment.objects.get(pk=photo.attachment_id)
    return found


def refuses_photos(visit: Visit) -> int:
    """Return how many guests who signed do not agree to be in published pictures."""
    here = Guest.objects.filter(visit=visit, presence__isnull=False)
    return int(here.exclude(presence__photo_consent=True).count())


def impressions_of(visit: Visit) -> list[Impression]:
    """Return the impressions of a visit, the newest first."""
    return list(Impression.objects.filter(visit=visit))


def impression_of(visit: Visit, pk: int) -> Impression | None:
    """Return an impression of a visit."""
    found: Impression | None = Impression.objects.filter(visit=visit, pk=pk).first()
    return found


def impression_by(secret: str) -> Impression | None:
    """Return the impression whose giver has this secret."""
    if len(secret) > CODES:
        return None
    found: Impression | None = Impression.objects.filter(secret=secret).first()
    return found


def mean_of(visit: Visit | None = None) -> Mean:
    """Return the mean rating of a visit, or of all visits."""
    rated = Impression.objects.filter(rating__isnull=False)
    if visit is not None:
        rated = rated.filter(visit=visit)
    told = rated.order_by().aggregate(mean=Avg("rating"), count=Count("pk"))
    return Mean(told["mean"], told["count"])


def ratings_by_step() -> dict[int, int]:
    """Return how many guests gave each of the four ratings."""
    rated = Impression.objects.filter(rating__isnull=False).order_by()
    counted = dict(rated.values_list("rating").annotate(Count("pk")))
    return {step: counted.get(step, 0) for step in range(4, 0, -1)}


def shown_impressions() -> QuerySet[Impression]:
    """Return what the public may read, the newest first."""
    found: QuerySet[Impression] = (
        Impression.objects.filter(shown_at__isnull=False, may_publish=True)
        .select_related("visit__relation")
        .order_by("-shown_at", "-pk")
    )
    return found


def travel_papers(visit: Visit, guests: list[Guest]) -> list[Paper]:
    """Return the newest confirmation of each travel order of a visit."""
    things = [f"visit:{visit.pk}", *(f"guest:{guest.pk}" for guest in guests)]
    found = Paper.objects.filter(thing__in=things, kind="spd").defer("content")
    newest = {paper.thing: paper for paper in found.order_by("version")}
    return [newest[thing] for thing in things if thing in newest]


def paper_of(visit: Visit, pk: int) -> Paper | None:
    """Return a paper of a visit or of one of its guests."""
    things = [f"visit:{visit.pk}"]
    guests = Guest.objects.filter(visit=visit).values_list("pk", flat=True)
    things += [f"guest:{guest}" for guest in guests]
    return Paper.objects.filter(pk=pk, thing__in=things).select_related("mall").first()


def reports_of(visit: Visit) -> list[Paper]:
    """Return every version of the report, the newest first."""
    return [paper for paper in papers_of(f"visit:{visit.pk}") if paper.kind == "report"]
