"""Pages of the newsroom: the index, its sections, and the articles."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from gerai import later
from gerai.malls.models import Mall
from gerai.malls.scope import MallManager, MallRow, NoMall, current_mall
from gerai.newsroom.models.blocks import Author, Correction, Story
from gerai.newsroom.models.forms import ArticleForm, CopyAsDraftForm
from gerai.newsroom.models.media import Picture
from gerai.newsroom.rules import names_in


def mall_in_scope() -> int | None:
    """Return the key of the mall in scope; without one the database refuses the row."""
    try:
        return current_mall().pk
    except NoMall:
        return None


class TimedPage(Page):
    """A page that begins and ends on time: what is due later is asked for at its moment."""

    copy_form_class = CopyAsDraftForm
    private_page_options: ClassVar[list[str]] = []  # every page that is published is for all

    class Meta:
        abstract = True

    def publish(self, revision: Any, *args: Any, **options: Any) -> None:
        """Publish a revision, and ask for its beginning or end where it has one."""
        super().publish(revision, *args, **options)
        for moment in (revision.approved_go_live_at, self.expire_at):
            if moment is not None:
                later.run("newsroom.publish_due", at=moment)

    def get_url(self, request: Any = None, current_site: Any = None) -> str | None:
        """Return the path on the host that was called; the page tree would guess a port."""
        parts = self.get_url_parts(request)
        return parts[2] if parts else None

    url = property(get_url)


class NewsIndex(TimedPage):
    """The newsroom of a mall; its sections hang below it."""

    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = ["newsroom.Section"]
    max_count_per_parent = 1
    template = "newsroom/index.html"

    class Meta:
        verbose_name = _("ruang berita")


class Section(TimedPage):
    """A category of news, with a feed of its own."""

    intro = models.CharField(_("penjelasan"), max_length=300, blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["newsroom.NewsIndex"]
    subpage_types: ClassVar[list[str]] = ["newsroom.Article"]

    class Meta:
        verbose_name = _("kategori berita")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Questions about articles of the mall in scope."""

    def here(self) -> "ArticleQuerySet":
        """Keep those of the mall in scope."""
        return self.filter(mall=current_mall())

    def published(self) -> "ArticleQuerySet":
        """Keep what readers see."""
        return self.filter(shown_at__isnull=False)

    def newest_first(self) -> "ArticleQuerySet":
        """Put the newest first; equal moments keep a fixed order."""
        return self.order_by("-shown_at", "-pk")


class ArticleManager(PageManager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """Articles as pages of the tree."""


class Article(TimedPage):
    """A story of the newsroom. When it was published is apart from when it happened.

    `shown_at` is since when readers see it, empty while they do not: written when the page
    tree publishes it or takes it back, so that lists need one index of one table.
    """

    mall = models.ForeignKey(
        Mall, on_delete=models.PROTECT, related_name="+", editable=False, default=mall_in_scope
    )
    summary = models.TextField(_("ringkasan"), max_length=400)
    place = models.CharField(_("tempat"), max_length=80, blank=True, help_text=_("Misalnya: Barru"))
    event_on = models.DateField(_("tanggal peristiwa"), null=True, blank=True)
    authors = StreamField(
        [("author", Author(label=_("Penulis")))], blank=True, verbose_name=_("penulis")
    )
    credit = models.CharField(
        _("baris kredit"), max_length=160, blank=True, help_text=_("Misalnya: Ahkam/Humas Barru")
    )
    lead_picture = models.ForeignKey(
        Picture,
        verbose_name=_("gambar utama"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_caption = models.CharField(_("keterangan gambar"), max_length=300, blank=True)
    body = StreamField(Story(), verbose_name=_("isi"))
    tag_line = models.CharField(
        _("topik"),
        max_length=300,
        blank=True,
        help_text=_("Pisahkan dengan koma. Misalnya: studi tiru, Soppeng"),
    )
    is_pinned = models.BooleanField(_("sematkan di atas"), default=False)
    takes_comments = models.BooleanField(_("menerima komentar"), default=True)
    corrections = StreamField(
        [("correction", Correction(label=_("Ralat")))], blank=True, verbose_name=_("ralat")
    )
    source_name = models.CharField(_("media asal"), max_length=160, blank=True)
    source_url = models.URLField(_("alamat asal"), max_length=400, blank=True)
    rights_note = models.CharField(_("hak atas naskah"), max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    shown_at = models.DateTimeField(null=True, editable=False)

    objects = ArticleManager()

    base_form_class = ArticleForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["shown_at"]
    parent_page_types: ClassVar[list[str]] = ["newsroom.Section"]
    subpage_types: ClassVar[list[str]] = []
    template = "newsroom/article.html"

    content_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", heading=_("Judul"), placeholder=False),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("place"),
                FieldPanel("event_on"),
                FieldPanel("authors"),
                FieldPanel("credit"),
            ],
            heading=_("Tempat, waktu, dan penulis"),
        ),
        MultiFieldPanel(
            [FieldPanel("lead_picture"), FieldPanel("lead_caption")], heading=_("Gambar utama")
        ),
        FieldPanel("body"),
        FieldPanel("tag_line"),
        FieldPanel("corrections"),
        MultiFieldPanel(
            [FieldPanel("source_name"), FieldPanel("source_url"), FieldPanel("rights_note")],
            heading=_("Bila berasal dari media lain"),
            classname="collapsed",
        ),
    ]
    settings_panels: ClassVar[list[Any]] = [
        *Page.settings_panels,
        FieldPanel("is_pinned"),
        FieldPanel("takes_comments"),
    ]

    class Meta:
        verbose_name = _("artikel")
        indexes = [
            models.Index(fields=["mall", "shown_at"], name="article_shown"),
            models.Index(fields=["mall", "fingerprint"], name="article_fingerprint"),
        ]

    @property
    def tag_names(self) -> list[str]:
        """Return the topics as they were typed, each once."""
        return names_in(self.tag_line)


class ArticleTag(MallRow):
    """A topic of a published article, as readers look for it. Written when it is published."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=80)
    slug = models.CharField(max_length=80)

    objects = MallManager()

    class Meta:
        verbose_name = _("topik")
        constraints = [models.UniqueConstraint(fields=["article", "slug"], name="article_tag_once")]
        indexes = [models.Index(fields=["mall", "slug"], name="article_tag_slug")]


class RelatedArticle(MallRow):
    """Another article that belongs to one, and why. Written when either is published."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="related")
    other = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)

    objects = MallManager()

    class Meta:
        verbose_name = _("berita terkait")
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="related_article_once"),
            models.CheckConstraint(
                condition=~models.Q(article=models.F("other")), name="related_article_is_another"
            ),
        ]
