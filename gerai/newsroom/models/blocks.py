"""What the body of a page is made of. A block that chooses a thing chooses the mall's own."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from gerai.directory.models import Service
from gerai.malls.scope import NoMall, current_mall
from gerai.newsroom.models.media import is_in_collection
from gerai.newsroom.models.sites import MallSite

FEATURES = ["h2", "bold", "italic", "ol", "ul", "link"]
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link"]
LINK = re.compile(r"<a\b[^>]*>")
PAGE_ID = re.compile(r'\bid="(\d+)"')
VIDEO_TYPES = ("mp4", "webm")

NOT_OURS = _("Pilihan ini bukan milik mal Anda. Pilih yang lain.")
NOT_A_VIDEO = _("Pilih berkas video MP4 atau WebM.")


def check_own_media(media: Any) -> None:
    """Let nobody use another mall's picture or document, by whatever number.

    :raises ValidationError: it lies in another collection
    """
    if media is not None and not is_in_collection(media, MallSite.objects.get().collection_id):
        raise ValidationError(NOT_OURS)


def check_own_links(html: str) -> None:
    """Let no text lead to a page of another mall.

    :raises ValidationError: it does
    """
    linked = {
        int(found[1])
        for link in LINK.findall(html)
        if 'linktype="page"' in link and (found := PAGE_ID.search(link))
    }
    if linked:
        home = MallSite.objects.select_related("home").get().home
        own = set(home.get_descendants(inclusive=True).values_list("pk", flat=True))
        if linked - own:
            raise ValidationError(NOT_OURS)


def services_here() -> list[tuple[str, str]]:
    """Return the services of the mall in scope as choices, by agency; none without a mall.

    The page tree also reads stories outside any mall, when it looks after its own index.
    """
    try:
        current_mall()
    except NoMall:
        return []
    services = Service.objects.filter(is_active=True).select_related("agency")
    return [
        (service.code, f"{service.agency.short_name}: {service.name}")
        for service in services.order_by("agency__short_name", "name")
    ]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, subheadings, lists and links."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("features", FEATURES)
        super().__init__(**options)

    def clean(self, value: RichText) -> RichText:
        """Refuse links to pages of another mall."""
        cleaned = super().clean(value)
        check_own_links(cleaned.source)
        return cleaned


class OwnPicture(ImageChooserBlock):
    """A picture of this mall."""

    def clean(self, value: Any) -> Any:
        """Refuse a picture of another mall."""
        cleaned = super().clean(value)
        check_own_media(cleaned)
        return cleaned


class OwnPaper(DocumentChooserBlock):
    """A document of this mall."""

    def clean(self, value: Any) -> Any:
        """Refuse a document of another mall."""
        cleaned = super().clean(value)
        check_own_media(cleaned)
        return cleaned


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows and who made it."""

    picture = OwnPicture(label=pgettext_lazy("berita", "Gambar"))
    alternative = blocks.CharBlock(
        label=_("Yang terlihat di gambar"),
        max_length=200,
        help_text=_("Dibacakan kepada pembaca yang tidak melihat gambarnya."),
    )
    caption = blocks.CharBlock(
        label=pgettext_lazy("berita", "Keterangan"), required=False, max_length=300
    )

    class Meta:
        label = pgettext_lazy("berita", "Gambar")
        icon = "image"
        template = "newsroom/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    """Several pictures side by side."""

    pictures = blocks.ListBlock(
        PictureBlock(), label=pgettext_lazy("berita", "Gambar"), min_num=2, max_num=24
    )

    class Meta:
        label = _("Galeri")
        icon = "image"
        template = "newsroom/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    words = blocks.TextBlock(label=_("Kutipan"), max_length=600)
    who = blocks.CharBlock(label=_("Siapa yang berkata"), required=False, max_length=160)

    class Meta:
        label = _("Kutipan")
        icon = "openquote"
        template = "newsroom/blocks/quote.html"


class FactBlock(blocks.StructBlock):
    """A box of facts beside the story."""

    title = blocks.CharBlock(label=_("Judul"), max_length=120)
    text = TextBlock(label=_("Isi"), features=SHORT_FEATURES)

    class Meta:
        label = _("Kotak fakta")
        icon = "list-ul"
        template = "newsroom/blocks/facts.html"


class VideoBlock(blocks.StructBlock):
    """A video file of the mall's own."""

    video = OwnPaper(label=_("Berkas video"))
    title = blocks.CharBlock(label=_("Judul"), max_length=160)
    transcript = TextBlock(
        label=_("Isi video dalam tulisan"),
        features=SHORT_FEATURES,
        help_text=_("Untuk pembaca yang tidak mendengar atau tidak dapat memutar video."),
    )

    def clean(self, value: Any) -> Any:
        """Refuse a file that is no video."""
        cleaned = super().clean(value)
        if cleaned["video"].file_extension.lower() not in VIDEO_TYPES:
            raise blocks.StructBlockValidationError({"video": ValidationError(NOT_A_VIDEO)})
        return cleaned

    class Meta:
        label = _("Video")
        icon = "media"
        template = "newsroom/blocks/video.html"


class PaperBlock(blocks.StructBlock):
    """A document to read or keep."""

    paper = OwnPaper(label=_("Dokumen"))
    title = blocks.CharBlock(label=_("Judul"), required=False, max_length=160)

    class Meta:
        label = _("Dokumen")
        icon = "doc-full"
        template = "newsroom/blocks/paper.html"


class ServiceBlock(blocks.StructBlock):
    """A service of the mall, with its promise as it stands today."""

    service = blocks.ChoiceBlock(label=_("Layanan"), choices=services_here)

    class Meta:
        label = _("Layanan")
        icon = "clipboard-list"
        template = "newsroom/blocks/service.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Give the template the service of the mall in scope, or None when it has gone."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["service"] = (
            Service.objects.filter(code=value["service"], is_active=True)
            .select_related("agency")
            .first()
        )
        return context


class EventBlock(blocks.StructBlock):
    """Something that happens on a day."""

    title = blocks.CharBlock(label=_("Nama acara"), max_length=160)
    starts_at = blocks.DateTimeBlock(label=pgettext_lazy("acara", "Mulai"))
    ends_at = blocks.DateTimeBlock(label=pgettext_lazy("acara", "Selesai"), required=False)
    place = blocks.CharBlock(label=_("Tempat"), max_length=160)
    note = blocks.CharBlock(label=_("Catatan"), required=False, max_length=300)

    class Meta:
        label = _("Acara")
        icon = "date"
        template = "newsroom/blocks/event.html"


class Story(blocks.StreamBlock):
    """The body of an article."""

    text = TextBlock(label=_("Teks"), icon="pilcrow", template="newsroom/blocks/text.html")
    quote = QuoteBlock()
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    paper = PaperBlock()
    facts = FactBlock()
    service = ServiceBlock()
    event = EventBlock()


class Milestone(blocks.StructBlock):
    """A step in the history of the mall."""

    on = blocks.DateBlock(label=_("Tanggal"))
    title = blocks.CharBlock(label=_("Peristiwa"), max_length=160)
    text = blocks.TextBlock(label=_("Keterangan"), required=False, max_length=600)
    source = blocks.CharBlock(label=_("Sumber"), max_length=240)

    class Meta:
        label = _("Tonggak sejarah")
        icon = "history"


class TimelineBlock(blocks.StructBlock):
    """The history of the mall, step by step."""

    steps = blocks.ListBlock(Milestone(), label=_("Tonggak sejarah"))

    class Meta:
        label = _("Linimasa")
        icon = "history"
        template = "newsroom/blocks/timeline.html"


class RegulationBlock(blocks.StructBlock):
    """A legal basis, with its source and how sure we are of it."""

    name = blocks.CharBlock(label=_("Peraturan"), max_length=200)
    about = blocks.TextBlock(label=_("Tentang"), max_length=600)
    source = blocks.CharBlock(label=_("Sumber"), max_length=240)
    is_checked = blocks.BooleanBlock(
        label=_("Sudah dicocokkan dengan naskah resminya"), required=False
    )

    class Meta:
        label = _("Dasar hukum")
        icon = "doc-full"
        template = "newsroom/blocks/regulation.html"


class Leaf(Story):
    """The body of a page that is no news."""

    timeline = TimelineBlock()
    regulation = RegulationBlock()


class Author(blocks.StructBlock):
    """Somebody who wrote or took the pictures."""

    name = blocks.CharBlock(label=_("Nama"), max_length=120)
    part = blocks.CharBlock(
        label=_("Peran"),
        required=False,
        max_length=80,
        help_text=_("Misalnya: penulis, fotografer"),
    )


class Correction(blocks.StructBlock):
    """What was wrong and is right now; it stays for everybody to see."""

    on = blocks.DateBlock(label=_("Tanggal ralat"))
    text = blocks.TextBlock(label=_("Apa yang diralat"), max_length=600)
