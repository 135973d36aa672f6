"""What the pages for editing and copying refuse."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from gerai.newsroom.models.blocks import check_own_media

KEPT = _("Ralat yang sudah terbit tetap ada. Kembalikan ralat itu, lalu tambahkan yang baru.")


class CopyAsDraftForm(CopyForm):
    """Copying a page: the copy is a draft, read before it is published like any other."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for wish in ("publish_copies", "alias"):
            self.fields.pop(wish, None)


class ArticleForm(WagtailAdminPageForm):
    """An article as an editor fills it in."""

    def clean_lead_picture(self) -> Any:
        """Refuse a picture of another mall."""
        picture = self.cleaned_data["lead_picture"]
        check_own_media(picture)
        return picture

    def clean_corrections(self) -> Any:
        """Refuse to take back a correction that readers have seen."""
        corrections = self.cleaned_data["corrections"]
        if self.instance.pk and self.instance.live:
            seen = type(self.instance).objects.get(pk=self.instance.pk).corrections
            texts = {block.value["text"] for block in corrections}
            if {block.value["text"] for block in seen} - texts:
                raise ValidationError(KEPT)
        return corrections
