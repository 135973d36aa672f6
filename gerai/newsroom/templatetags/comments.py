"""The comments below an article."""

from datetime import datetime

from django import template
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from gerai.newsroom.models import Article, Comment
from gerai.newsroom.models.comments import NAME_LENGTH, TEXT_LENGTH
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.suspicion import Suspicion

register = template.Library()

WORDS: dict[str, Promise] = {
    Suspicion.LINK: _("memuat tautan"),
    Suspicion.WORD: _("memuat kata yang ditahan"),
    Suspicion.CAPITALS: _("hampir semua huruf besar"),
    Suspicion.NO_PROOF: _("tanpa bukti kerja peramban"),
    Suspicion.REPEATED: _("isi yang sama sudah dikirim"),
}


@register.inclusion_tag("newsroom/comments/list.html")
def comments_of(page: Article) -> dict[str, object]:
    """Show what readers say of an article, and the form; the same for every reader."""
    return {
        "article": page,
        "thread": queries.thread_of(page),
        "is_open": queries.is_open(page),
        "is_held_first": queries.is_held_first(),
        "name_length": NAME_LENGTH,
        "text_length": TEXT_LENGTH,
        "days": queries.FORGOTTEN_AFTER_DAYS,
    }


@register.filter
def age(comment: Comment, now: datetime) -> str:
    """Return how long ago a comment was sent, in words."""
    return str(timesince(comment.sent_at, now, depth=1))


@register.filter
def suspicion_words(suspicions: list[str]) -> list[str]:
    """Return why a comment waits, in words."""
    return [str(WORDS.get(each, each)) for each in suspicions]
