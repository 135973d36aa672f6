"""Readers who comment."""

from gerai.newsroom.actions.comments import Envelope, Sent, send
from gerai.newsroom.models import Article, Comment, MallSite
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.queries.proofs import new_stamp
from gerai.newsroom.tests.factories import a_proof, an_article, site_rules

HOME = "203.0.113.7"
TEXT = "Pelayanannya ramah dan cepat sekali."


def a_trusting_article() -> Article:
    """Publish an article in a mall that publishes comments at once."""
    site_rules(comment_rule="trust")
    return an_article()


def sent(
    article: Article,
    *,
    text: str = TEXT,
    name: str = "Pembaca",
    parent: Comment | None = None,
    address: str = HOME,
    stamp: str | None = None,
    proof: str | None = None,
) -> Sent:
    """Send a comment by the action, with a stamp and a solved sum unless told otherwise."""
    envelope = Envelope(
        address=address,
        stamp=new_stamp() if stamp is None else stamp,
        proof=a_proof() if proof is None else proof,
    )
    return send(article, name=name, text=text, parent=parent, envelope=envelope)


def version() -> int:
    """Return the version of the mall's site."""
    return MallSite.objects.get().version


def keys(article: Article) -> list[int]:
    """Return the keys of the comments that readers see below an article."""
    return [entry.comment.pk for entry in queries.thread_of(article).entries]
