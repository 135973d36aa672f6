"""Asking for the newsletter, agreeing, stopping, and sending it: the rules behind the pages."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from gerai.directory.tests.factories import a_mall
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import newsletter
from gerai.newsroom.actions.newsletter import (
    LinkGone,
    NobodyListens,
    NoSuchSubscription,
    NothingNew,
    OtherStories,
    TooManyAsked,
)
from gerai.newsroom.models import Issue, IssueStory, Subscription
from gerai.newsroom.queries import newsletter as queries
from gerai.newsroom.tests.factories import an_article, taken_back
from gerai.notices.models import Message
from gerai.people import audit
from gerai.people.models import Deed

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BASE = "http://barru.localhost"
BUDI = "budi@contoh.id"
SITI = "siti@contoh.id"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(TEN, tick=False) as stopped:
        yield stopped


def ask(address: str = BUDI) -> None:
    newsletter.ask(address, base_url=BASE)


def token_in(message: Message) -> str:
    """Return the token of the link to agree by that a message holds."""
    return message.letter.text.split("/buletin/konfirmasi/")[1].split("/")[0]


def last_message() -> Message:
    return Message.objects.select_related("letter").order_by("-pk")[0]


def a_subscriber(address: str = BUDI) -> Subscription:
    ask(address)
    newsletter.confirm(token_in(last_message()))
    return Subscription.objects.get(address=address)


def send(told: str | None = None, subject: str = "Kabar") -> Issue:
    return newsletter.send_issue(
        subject=subject,
        intro="",
        told=queries.keys_of(queries.stories_to_tell()) if told is None else told,
        base_url=BASE,
        text="Isi. [[berhenti]]",
        html="<p>Isi.</p>",
        by=audit.SYSTEM,
    )


def test_an_address_that_asks_is_sent_a_link_and_nothing_more(mall: Mall):
    ask("Budi@Contoh.ID")

    row = Subscription.objects.get()
    assert (row.address, row.state, row.asked_at, row.confirmed_at) == (BUDI, "asked", TEN, None)
    assert (row.consent_given, row.consent_version) == ("form_and_link", 1)
    assert last_message().to == BUDI
    token = token_in(last_message())
    assert row.token_hash == queries.hash_of(token) != token


def test_agreeing_begins_the_subscription_once(mall: Mall, clock: Any):
    ask()
    token = token_in(last_message())
    clock.shift(60)
    newsletter.confirm(token)
    newsletter.confirm(token)

    row = Subscription.objects.get()
    assert (row.state, row.confirmed_at) == ("active", TEN + timedelta(minutes=1))
    trail = Deed.objects.values_list("verb", "thing", "detail")
    assert list(trail) == [("newsroom.subscribe", f"subscription:{row.pk}", {"consent": 1})]


@pytest.mark.parametrize(("days", "is_in_time"), [(7, False), (6.999, True)])
def test_a_link_lives_seven_days(mall: Mall, clock: Any, days: float, is_in_time: bool):
    ask()
    token = token_in(last_message())
    clock.shift(days * 24 * 3600)
    if is_in_time:
        newsletter.confirm(token)
    else:
        with pytest.raises(LinkGone):
            newsletter.confirm(token)
    assert queries.subscribers() == int(is_in_time)


def test_a_link_of_another_mall_is_unknown_here(mall: Mall):
    with in_mall(a_mall("parepare")):
        ask()
        token = token_in(last_message())
        stop = queries.stop_token(Subscription.objects.get())
    ask()

    with pytest.raises(LinkGone):
        newsletter.confirm(token)
    with pytest.raises(NoSuchSubscription):
        newsletter.stop(stop)
    assert list(Subscription.objects.everywhere().values_list("state", flat=True)) == ["asked"] * 2


@pytest.mark.parametrize("state", ["asked", "active", "ended"])
def test_asking_again_sends_one_mail_an_hour_whatever_is_known(mall: Mall, clock: Any, state: str):
    ask()
    row = Subscription.objects.get()
    if state != "asked":
        newsletter.confirm(token_in(last_message()))
    if state == "ended":
        newsletter.stop(queries.stop_token(row))
    ask()
    clock.shift(3599)
    ask()
    assert Message.objects.count() == 1

    clock.shift(1)
    ask()
    ask()
    assert Message.objects.count() == 2
    row.refresh_from_db()
    assert row.state == {"asked": "asked", "active": "active", "ended": "asked"}[state]


def test_a_new_link_takes_the_place_of_the_old_one(mall: Mall, clock: Any):
    ask()
    old = token_in(last_message())
    clock.shift(3600)
    ask()

    with pytest.raises(LinkGone):
        newsletter.confirm(old)
    newsletter.confirm(token_in(last_message()))
    assert queries.subscribers() == 1


def test_whoever_has_agreed_is_told_so_without_a_link_to_agree(mall: Mall, clock: Any):
    row = a_subscriber()
    clock.shift(3600)
    ask()

    text = last_message().letter.text
    assert "/buletin/konfirmasi/" not in text
    assert text.count(queries.stop_token(row)) == 1


def test_many_requests_from_one_network_are_refused(mall: Mall):
    for _time in range(20):
        newsletter.check_may_ask("192.0.2.1")
    with pytest.raises(TooManyAsked):
        newsletter.check_may_ask("192.0.2.1")
    newsletter.check_may_ask("192.0.2.2")


def test_many_requests_of_one_mall_are_refused(mall: Mall):
    for number in range(300):
        newsletter.check_may_ask(f"192.0.2.{number}")
    with pytest.raises(TooManyAsked):
        newsletter.check_may_ask("198.51.100.1")
    with in_mall(a_mall("parepare")):
        newsletter.check_may_ask("198.51.100.1")


def test_stopping_ends_it_and_takes_back_what_waits(mall: Mall):
    an_article()
    row = a_subscriber()
    send()
    newsletter.stop(queries.stop_token(row))
    newsletter.stop(queries.stop_token(row))

    row.refresh_from_db()
    assert (row.state, row.address, row.ended_at) == ("ended", BUDI, TEN)
    rows = Message.objects.order_by("pk").values_list("to", "state", "last_error")
    assert list(rows) == [("", "failed", "erased")] * 2
    assert Deed.objects.filter(verb="newsroom.unsubscribe").count() == 1


def test_an_address_is_erased_on_request_also_later(mall: Mall):
    row = a_subscriber()
    newsletter.stop(queries.stop_token(row))
    newsletter.stop(queries.stop_token(row), erase_address=True)
    newsletter.stop(queries.stop_token(row), erase_address=True)

    row.refresh_from_db()
    assert (row.state, row.address, row.token_hash) == ("ended", "", "")
    erased = Deed.objects.filter(verb="newsroom.unsubscribe").order_by("pk")
    assert [deed.detail for deed in erased] == [{"erased": False}, {"erased": True}]
    assert Message.objects.filter(to=BUDI).count() == 0


def test_an_erased_address_can_begin_anew(mall: Mall):
    first = a_subscriber()
    newsletter.stop(queries.stop_token(first), erase_address=True)
    second = a_subscriber()

    assert (second.pk != first.pk, queries.subscribers()) == (True, 1)


def test_no_address_is_kept_that_did_not_agree_or_left_a_month_ago(mall: Mall, clock: Any):
    a_subscriber(SITI)
    newsletter.stop(queries.stop_token(Subscription.objects.get()))
    ask()
    clock.shift(timedelta(days=30).total_seconds())
    a_subscriber("lain@contoh.id")

    rows = Subscription.objects.order_by("pk").values_list("address", "state")
    assert list(rows) == [("", "ended"), ("lain@contoh.id", "active")]


@pytest.mark.parametrize("token", ["", "1", "1-", "x-y", "²-1", "9" * 40 + "-a", "1-" + "0" * 43])
def test_a_made_up_token_stops_nothing(mall: Mall, token: str):
    a_subscriber()
    with pytest.raises(NoSuchSubscription):
        newsletter.stop(token)
    assert queries.subscribers() == 1


def test_an_issue_tells_what_no_issue_has_told(mall: Mall, clock: Any):
    a_subscriber()
    old = an_article(first_published_at=TEN - timedelta(days=31))
    first = an_article(first_published_at=TEN - timedelta(days=29))
    second = an_article(first_published_at=TEN)
    assert queries.stories_to_tell() == [second, first]
    issue = send()

    clock.shift(3600)
    late = an_article(first_published_at=TEN - timedelta(seconds=1))
    third = an_article(first_published_at=TEN + timedelta(hours=1))
    assert queries.stories_to_tell() == [third, late]
    stories = IssueStory.objects.order_by("position").values_list("issue", "article", "position")
    assert list(stories) == [(issue.pk, second.pk, 1), (issue.pk, first.pk, 2)]
    assert old.pk not in {row[1] for row in stories}


def test_a_story_taken_back_is_not_told(mall: Mall):
    taken_back(an_article())
    an_article(published=False)

    assert queries.stories_to_tell() == []


def test_stories_of_another_mall_are_not_told(mall: Mall):
    with in_mall(a_mall("parepare")):
        an_article()
    assert queries.stories_to_tell() == []


def test_everybody_who_agreed_gets_an_issue_once(mall: Mall, clock: Any):
    a_subscriber(BUDI)
    a_subscriber(SITI)
    ask("belum@contoh.id")
    left = a_subscriber("pergi@contoh.id")
    newsletter.stop(queries.stop_token(left))
    with in_mall(a_mall("parepare")):
        a_subscriber("seberang@contoh.id")
    an_article()
    issue = send()

    sent = Message.objects.filter(batch=issue.batch).order_by("pk")
    assert [message.to for message in sent] == [BUDI, SITI]
    assert (issue.number, issue.addressees, issue.base_url) == (1, 2, BASE)
    deed = Deed.objects.get(verb="newsroom.send_issue")
    assert (deed.thing, deed.detail) == (
        f"issue:{issue.pk}",
        {"number": 1, "stories": 1, "addressees": 2},
    )
    assert BUDI not in str(list(Deed.objects.values()))


def test_an_issue_sent_twice_is_refused_the_second_time(mall: Mall):
    a_subscriber()
    an_article()
    told = queries.keys_of(queries.stories_to_tell())
    send(told)

    with pytest.raises(NothingNew):
        send(told)
    an_article()
    with pytest.raises(OtherStories):
        send(told)
    assert Issue.objects.count() == 1
    assert send().number == 2


def test_an_issue_for_nobody_is_refused(mall: Mall):
    an_article()
    with pytest.raises(NobodyListens):
        send()
    assert (Issue.objects.count(), Message.objects.count()) == (0, 0)


def test_the_numbers_of_each_mall_are_its_own(mall: Mall):
    with in_mall(a_mall("parepare")):
        a_subscriber()
        an_article()
        assert send().number == 1
    a_subscriber()
    an_article()
    assert send().number == 1


def test_an_issue_outlives_its_stories(mall: Mall):
    a_subscriber()
    article = an_article(title="Contoh berita pertama")
    send()
    article.delete()

    story = IssueStory.objects.get()
    assert (story.article, story.title) == (None, "Contoh berita pertama")
