"""Many at once: one form, one sum, one comment to decide on."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from wagtail.models import Collection, Locale, Page

from gerai.directory.tests.factories import a_mall
from gerai.errors import Refused
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import moderation
from gerai.newsroom.actions.comments import Envelope, report, send
from gerai.newsroom.models import Comment, EarlierText, ReportReason, SolvedChallenge
from gerai.newsroom.queries.proofs import new_stamp
from gerai.newsroom.states import State
from gerai.newsroom.tests.factories import a_comment, a_proof, an_article, site_rules
from gerai.people import audit
from gerai.transactions import one_transaction

AT_ONCE = 6

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="one writer at a time there, and tests in memory"
    ),
]


@pytest.fixture
def article(transactional_db):
    # These tests begin without what migrations wrote.
    Locale.objects.get_or_create(language_code="id")
    if Page.get_first_root_node() is None:
        kind = ContentType.objects.get_for_model(Page)
        Page.add_root(title="Root", slug="root", content_type=kind)
        Collection.add_root(name="Root")
    with in_mall(a_mall()):
        one_transaction(site_rules)(comment_rule="trust")
        yield an_article()


def at_once(article, act):
    """Let several do it at the same moment; return what each got, refusals as None."""

    def one(number):
        try:
            with in_mall(article.mall):
                return act(number)
        except Refused:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(one, range(AT_ONCE)))


def sent(article, number, *, stamp, proof):
    return send(
        article,
        name="Pembaca",
        text=f"Komentar nomor {number}.",
        envelope=Envelope(address=f"198.51.100.{number}", stamp=stamp, proof=proof),
    )


def test_one_form_sent_many_times_at_once_is_one_comment(article):
    stamp, proof = new_stamp(), a_proof()
    at_once(article, lambda n: sent(article, n, stamp=stamp, proof=proof))
    assert Comment.objects.count() == 1


def test_one_sum_proves_one_of_many_comments_at_once(article):
    proof = a_proof()
    at_once(article, lambda n: sent(article, n, stamp=new_stamp(), proof=proof))
    assert Comment.objects.filter(is_proven=True).count() == 1
    assert (Comment.objects.count(), SolvedChallenge.objects.count()) == (AT_ONCE, 1)


def test_of_many_moderators_at_once_one_decides(article):
    held = a_comment(article, state=State.HELD)

    def decide(number):
        comment = Comment.objects.get(pk=held.pk)
        moderation.edit(comment, text=f"Naskah {number}.", seen=0, by=audit.SYSTEM)
        return number

    decided = [number for number in at_once(article, decide) if number is not None]
    assert [f"Naskah {number}." for number in decided] == [Comment.objects.get().text]
    assert EarlierText.objects.count() == 1


def test_many_reports_at_once_are_all_counted(article):
    comment = a_comment(article)

    def tell(number):
        return report(
            Comment.objects.get(pk=comment.pk),
            reason=ReportReason.RUDE,
            browser=f"peramban {number}",
            address=f"198.51.100.{number}",
        )

    told = at_once(article, tell)
    after = Comment.objects.get()
    assert (after.state, after.reports_unread) == (State.HIDDEN, sum(map(bool, told)))
