"""Pages of the website that are no news."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from gerai.newsroom.models import Picture, TimedPage
from gerai.newsroom.models.blocks import Leaf, check_own_media
from gerai.website.rules import is_reserved

RESERVED = _("Alamat ini dipakai bagian lain dari situs. Pilih alamat pendek lain.")


class HomeForm(WagtailAdminPageForm):
    """The home page as an editor fills it in."""

    def clean_picture(self) -> Any:
        """Refuse a picture of another mall."""
        picture = self.cleaned_data["picture"]
        check_own_media(picture)
        return picture


class HomePage(TimedPage):
    """The front page of a mall; all its pages hang below it."""

    lead = models.CharField(_("kalimat sambutan"), max_length=240, blank=True)
    notice = models.CharField(
        _("pengumuman penting"),
        max_length=300,
        blank=True,
        help_text=_(
            "Tampil di atas segalanya, misalnya bila sistem terganggu. Kosongkan bila usai."
        ),
    )
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("gambar"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    base_form_class = HomeForm
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("notice"),
        FieldPanel("picture"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["website.InfoPage", "newsroom.NewsIndex"]
    template = "website/home.html"

    class Meta:
        verbose_name = _("beranda")


class InfoForm(WagtailAdminPageForm):
    """A free page as an editor fills it in."""

    def clean(self) -> dict[str, Any]:
        """Refuse an address that another part of the site answers."""
        cleaned: dict[str, Any] = super().clean()
        parent = self.parent_page
        is_first = parent is not None and isinstance(parent.specific, HomePage)
        if is_first and is_reserved(cleaned.get("slug") or ""):
            self.add_error("slug", ValidationError(RESERVED))
        return cleaned


class InfoPage(TimedPage):
    """A page of lasting information: about, history, legal basis, pledge, contact and others."""

    summary = models.CharField(_("ringkasan"), max_length=300, blank=True)
    body = StreamField(Leaf(), verbose_name=_("isi"), blank=True)

    base_form_class = InfoForm
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["website.HomePage", "website.InfoPage"]
    subpage_types: ClassVar[list[str]] = ["website.InfoPage"]
    template = "website/info.html"

    class Meta:
        verbose_name = _("halaman informasi")
