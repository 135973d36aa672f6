"""Photos of the day."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from gerai.malls.scope import current_mall
from gerai.papers.actions import checked, keep, remove_attachment
from gerai.papers.reading import File
from gerai.people import audit
from gerai.transactions import one_transaction
from gerai.visits.actions.day import TooMany, thing_of
from gerai.visits.models import Photo, Visit

MOST_PHOTOS: Final = 200


def add_photos(
    visit: Visit,
    uploads: "Sequence[UploadedFile[Any]]",
    *,
    caption: str,
    all_agree: bool,
    by: audit.Actor,
) -> list[Photo]:
    """Put pictures into the album, all or none; they are drawn anew without their hidden data.

    :raises TooMany: more than an album holds
    :raises BadFile: one of them is no picture
    """
    _check_room(visit, len(uploads))
    files = [checked(upload, allowed=("picture",)) for upload in uploads]
    return _add(visit, files, caption=caption, all_agree=all_agree, by=by)


@one_transaction
def _add(
    visit: Visit, files: Sequence[File], *, caption: str, all_agree: bool, by: audit.Actor
) -> list[Photo]:
    _check_room(visit, len(files))
    last = Photo.objects.filter(visit=visit).aggregate(last=Max("position"))["last"] or 0
    photos = [
        Photo.objects.create(
            mall=current_mall(),
            visit=visit,
            attachment=keep(file, thing=thing_of(visit), kind="photo", by=by, caption=caption),
            position=last + number,
            caption=caption,
            all_agree=all_agree,
        )
        for number, file in enumerate(files, start=1)
    ]
    audit.record("visits.add_photos", thing=thing_of(visit), by=by, count=len(photos))
    return photos


def _check_room(visit: Visit, more: int) -> None:
    # Before the pictures are drawn, which is slow, and again where they are kept.
    if Photo.objects.filter(visit=visit).count() + more > MOST_PHOTOS:
        raise TooMany


@one_transaction
def change_photo(photo: Photo, *, caption: str, all_agree: bool, by: audit.Actor) -> None:
    """Write a picture's caption, and whether all who are seen agree."""
    photo.caption = caption.strip()
    photo.all_agree = all_agree
    photo.save(update_fields=["caption", "all_agree"])
    audit.record("visits.change_photo", thing=f"photo:{photo.pk}", by=by, all_agree=all_agree)


@one_transaction
def remove_photo(photo: Photo, *, by: audit.Actor) -> None:
    """Erase a picture and its file."""
    audit.record("visits.remove_photo", thing=f"photo:{photo.pk}", by=by)
    attachment = photo.attachment
    photo.delete()
    remove_attachment(attachment, by=by)
