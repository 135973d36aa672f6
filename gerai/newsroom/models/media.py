"""Pictures and documents, each with its credit; a mall's lie in its own collection."""

from pathlib import PurePath
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from gerai.malls.scope import current_mall


def own_folder(path: str) -> str:
    """Return a path inside the folder of the mall in scope."""
    return f"{current_mall().pk}/{path}"


def paper_folder(_paper: Any, filename: str) -> str:
    """Return where a document goes: a folder of the mall's own."""
    return own_folder(f"documents/{filename}")


class Picture(AbstractImage):
    """A picture with who made it and what may be done with it."""

    credit = models.CharField(
        _("kredit"), max_length=160, blank=True, help_text=_("Misalnya: Foto: Humas Barru")
    )
    rights_note = models.CharField(
        _("hak pakai"),
        max_length=300,
        blank=True,
        help_text=_("Misalnya: milik mal; atau izin dari pemotret tanggal ..."),
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "description",
        "credit",
        "rights_note",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("gambar")
        verbose_name_plural = _("gambar")

    def get_upload_to(self, filename: str) -> str:
        """Return where the file goes: a folder of the mall's own."""
        return own_folder(super().get_upload_to(filename))


class PictureRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="picture_rendition_once"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        """Return where the file goes: beside its picture, whoever asks for it."""
        mall = PurePath(self.image.file.name).parts[0]
        return f"{mall}/{super().get_upload_to(filename)}"


class Paper(AbstractDocument):
    """A document or video file that a page offers."""

    file = models.FileField(_("berkas"), upload_to=paper_folder)
    credit = models.CharField(_("kredit"), max_length=160, blank=True)

    admin_form_fields: ClassVar[tuple[str, ...]] = ("title", "file", "credit", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("dokumen")
        verbose_name_plural = _("dokumen")


def is_in_collection(media: Any, collection_id: int) -> bool:
    """Tell whether a picture or document lies in a mall's collection or a part of it."""
    mine = media.collection
    return bool(mine.pk == collection_id or mine.get_ancestors().filter(pk=collection_id).exists())
