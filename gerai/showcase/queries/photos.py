"""Photos on slides: files of the room papers, one a slide."""

from collections.abc import Sequence
from dataclasses import dataclass

from gerai.papers.models import Attachment
from gerai.papers.queries import attachment_with
from gerai.showcase.models import Deck, Slide

KIND = "photo"


@dataclass(frozen=True)
class Photo:
    """A photo as a slide shows it."""

    pk: int
    caption: str
    width: int | None
    height: int | None


def thing_of(slide_pk: int) -> str:
    """Return the key under which the files of a slide are kept."""
    return f"slide:{slide_pk}"


def photos_of(slide_pks: Sequence[int]) -> dict[int, Photo]:
    """Return the newest photo of each slide that has one, in one query."""
    things = {thing_of(pk): pk for pk in slide_pks}
    if not things:
        return {}
    rows = (
        Attachment.objects.filter(thing__in=things, kind=KIND)
        .order_by("pk")
        .values_list("thing", "pk", "caption", "width", "height")
    )
    return {things[thing]: Photo(pk, caption, w, h) for thing, pk, caption, w, h in rows}


def photo_with(pk: int) -> Attachment | None:
    """Return a photo of a slide by its key; other files of the mall are none."""
    found = attachment_with(pk)
    return found if found and found.kind == KIND and found.thing.startswith("slide:") else None


def photo_in(deck: Deck | None, pk: int) -> Attachment | None:
    """Return a photo that stands in a deck."""
    found = photo_with(pk)
    if found is None or deck is None:
        return None
    slide_pk = found.thing.partition(":")[2]
    is_here = Slide.objects.filter(pk=slide_pk, deck=deck).exists()
    return found if is_here else None
