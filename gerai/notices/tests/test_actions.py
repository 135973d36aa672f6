"""Messages go out once, through a real mail server, and leave no personal data behind."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.notices import actions, tasks
from gerai.notices.actions import Addressee, BadAddress, BrokenHead
from gerai.notices.models import Letter, Message, MessageState
from gerai.notices.queries import Counts, counts, has_mail_server, waiting
from gerai.notices.rules import TRIES
from gerai.notices.tests.post_office import PostOffice, a_post_office, use
from gerai.people.tests.factories import a_mall

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BUDI = "budi@contoh.id"
SITI = "siti@contoh.id"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(TEN, tick=False) as stopped:
        yield stopped


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with a_post_office(settings) as opened:
        yield opened


def send(key: str = "a", to: str = BUDI, **told: Any) -> None:
    actions.send(**{"to": to, "subject": "Kabar", "text": "Halo.", "key": key, **told})


def only() -> Message:
    return Message.objects.select_related("letter").get()


def test_a_message_goes_to_its_person_with_text_and_html(mall: Mall, office: PostOffice):
    send(
        subject="Kabar baik ✓ 3 berita",
        html="<p>Halo.</p>",
        headers={"List-Id": "<kabar.contoh.id>"},
    )
    assert actions.deliver() == 1

    mail = office.received[0]
    assert office.to == [BUDI]
    assert (mail["To"], mail["Subject"]) == (BUDI, "Kabar baik ✓ 3 berita")
    assert mail["From"].addresses[0].addr_spec == "kabar@contoh.id"
    assert mail["From"].addresses[0].display_name == mall.name
    assert mail["List-Id"] == "<kabar.contoh.id>"
    assert mail.get_body(("plain",)).get_content().strip() == "Halo."
    assert mail.get_body(("html",)).get_content().strip() == "<p>Halo.</p>"
    assert (only().state, only().tries, only().sent_at is not None) == ("sent", 1, True)


def test_a_key_goes_out_once(mall: Mall, office: PostOffice):
    send("a")
    send("a", to=SITI)
    actions.send_many(to=[Addressee(SITI, "a")], subject="Lagi", text="Lagi.", batch="b")

    assert (actions.deliver(), actions.deliver()) == (1, 0)
    assert office.to == [BUDI]


def test_a_key_is_of_its_mall(mall: Mall, office: PostOffice):
    send("a")
    with in_mall(a_mall("parepare")):
        send("a", to=SITI)
        assert actions.deliver() == 1
    assert office.to == [SITI]
    assert waiting() == 1


def test_what_is_asked_for_is_a_task_after_the_commit(
    mall: Mall, clock: Any, django_capture_on_commit_callbacks: Callable[..., Any]
):
    with django_capture_on_commit_callbacks(execute=True):
        send("a")
        send("b")

    asked = DBTaskResult.objects.values_list("task_path", "run_after", "args_kwargs")
    told = {"args": [], "kwargs": {"mall": mall.pk}}
    night = datetime(2026, 12, 23, 16, 5, tzinfo=UTC)
    assert sorted((path, at is not None, kwargs) for path, at, kwargs in asked) == [
        ("gerai.notices.tasks.deliver", True, told),
        ("gerai.notices.tasks.deliver", True, told),
        ("gerai.notices.tasks.forget", True, told),
    ]
    assert DBTaskResult.objects.get(task_path__endswith="forget").run_after == night


def test_the_tasks_enter_their_mall(mall: Mall, office: PostOffice):
    send()
    other = a_mall("parepare")

    assert tasks.deliver.call(mall=other.pk) == 0
    assert tasks.deliver.call(mall=mall.pk) == 1
    assert tasks.forget.call(mall=mall.pk) == 0


def test_many_get_one_letter_each_with_its_own_marks(mall: Mall, office: PostOffice):
    actions.send_many(
        to=[Addressee(BUDI, "1", {"x": "satu&1"}), Addressee(SITI, "2", {"x": "dua&2"})],
        subject="Buletin",
        text="Lihat [[x]]",
        html="<p>[[x]]</p>",
        headers={"X-Tautan": "<[[x]]>"},
        batch="b",
    )
    assert actions.deliver() == 2

    told = [
        (
            mail["To"],
            mail["X-Tautan"],
            mail.get_body(("plain",)).get_content().strip(),
            mail.get_body(("html",)).get_content().strip(),
        )
        for mail in office.received
    ]
    assert told == [
        (BUDI, "<satu&1>", "Lihat satu&1", "<p>satu&amp;1</p>"),
        (SITI, "<dua&2>", "Lihat dua&2", "<p>dua&amp;2</p>"),
    ]
    assert office.connections == 1
    assert Letter.objects.count() == 1
    assert counts(["b", "lain"]) == {"b": Counts(sent=2), "lain": Counts()}


@pytest.mark.parametrize("to", ["", "budi", "budi@", "a@b.id\nBcc: c@d.id", "a@b.id, c@d.id"])
def test_a_bad_address_is_refused(mall: Mall, to: str):
    with pytest.raises(BadAddress):
        send(to=to)


@pytest.mark.parametrize(
    "told",
    [
        {"subject": "Kabar\nBcc: lain@contoh.id"},
        {"headers": {"X": "a\r\nBcc: lain@contoh.id"}},
        {"headers": {"X\nBcc": "lain@contoh.id"}},
    ],
)
def test_a_head_of_two_lines_is_refused(mall: Mall, told: dict[str, Any]):
    with pytest.raises(BrokenHead):
        send(**told)
    assert Message.objects.count() == 0


def test_a_mark_of_two_lines_is_refused(mall: Mall):
    with pytest.raises(BrokenHead):
        actions.send_many(
            to=[Addressee(BUDI, "1", {"x": "a\nBcc: lain@contoh.id"})],
            subject="Buletin",
            text="",
            batch="b",
        )


def test_a_server_that_is_down_is_tried_again_with_growing_waits(
    mall: Mall, settings: Any, clock: Any
):
    office = PostOffice()
    use(settings, office)
    send()
    waits = []
    for _try in range(3):
        assert actions.deliver() == 0
        waits.append(only().due_at - TEN)
        clock.move_to(only().due_at)
    assert [wait.total_seconds() for wait in waits] == [60, 60 + 300, 60 + 300 + 1800]
    assert (only().state, only().last_error) == ("queued", "ConnectionRefusedError")

    office.open()
    try:
        assert actions.deliver() == 1
    finally:
        office.close()
    assert (only().state, only().tries, only().last_error) == ("sent", 4, "")
    assert office.to == [BUDI]


def test_a_server_that_is_down_costs_one_message_a_try_each_run(mall: Mall, settings: Any):
    use(settings, PostOffice())
    for key in "abc":
        send(key)

    actions.deliver()

    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_nothing_is_tried_before_its_time(mall: Mall, settings: Any, clock: Any):
    use(settings, PostOffice())
    send()
    actions.deliver()
    clock.shift(59)
    actions.deliver()

    assert only().tries == 1


def test_after_the_last_try_a_message_has_failed(mall: Mall, settings: Any, clock: Any):
    use(settings, PostOffice())
    send()
    for _try in range(TRIES + 2):
        actions.deliver()
        clock.move_to(max(only().due_at, TEN + timedelta(seconds=1)))

    assert (only().state, only().tries) == ("failed", TRIES)


def test_an_address_that_is_refused_for_good_fails_and_the_next_one_goes(
    mall: Mall, office: PostOffice
):
    office.refuses[BUDI] = "550 no such person"
    send("a", to=BUDI)
    send("b", to=SITI)
    assert actions.deliver() == 1

    failed = Message.objects.get(key="a")
    assert (failed.state, failed.last_error) == ("failed", "SMTPRecipientsRefused 550")
    assert office.to == [SITI]


def test_an_address_that_is_refused_for_now_is_tried_again(
    mall: Mall, office: PostOffice, clock: Any
):
    office.refuses[BUDI] = "451 later"
    send()
    actions.deliver()
    assert (only().state, only().last_error) == ("queued", "SMTPRecipientsRefused 451")

    office.refuses.clear()
    clock.shift(60)
    assert actions.deliver() == 1


def test_what_a_dead_worker_held_goes_after_the_lease(mall: Mall, office: PostOffice, clock: Any):
    send()
    held = actions._claim()
    assert held is not None
    assert actions.deliver() == 0

    clock.shift(actions.AFTER_A_CRASH.total_seconds())
    assert actions.deliver() == 1
    actions._note_trouble(held, actions.Trouble("x", is_for_good=True, is_of_server=False))
    assert only().state == "sent"


def test_a_run_asks_for_the_next_one_before_it_begins(
    mall: Mall,
    office: PostOffice,
    clock: Any,
    django_capture_on_commit_callbacks: Callable[..., Any],
):
    send()
    with django_capture_on_commit_callbacks(execute=True):
        actions.deliver()

    assert [task.run_after for task in DBTaskResult.objects.all()] == [TEN + actions.AFTER_A_CRASH]


def test_a_long_queue_goes_on_in_the_next_run(
    mall: Mall, office: PostOffice, django_capture_on_commit_callbacks: Callable[..., Any]
):
    send("a")
    send("b")
    with time_machine.travel(TEN + timedelta(days=365), tick=False) as clock:
        Message.objects.update(made_at=TEN + timedelta(days=365))
        office_takes = office.handle_DATA

        async def slow(*told: Any) -> str:
            clock.shift(actions.RUN.total_seconds())
            return await office_takes(*told)

        office.handle_DATA = slow
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.deliver() == 1
        assert DBTaskResult.objects.count() == 2
        assert actions.deliver() == 1


def test_without_a_server_messages_are_kept_and_looked_at_every_hour(
    mall: Mall,
    settings: Any,
    clock: Any,
    django_capture_on_commit_callbacks: Callable[..., Any],
):
    settings.EMAIL_HOST = ""
    send()
    assert has_mail_server() is False
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.deliver() == 0
        assert actions.deliver() == 0

    hour = TEN + timedelta(hours=1)
    assert (only().state, only().tries, only().due_at) == ("queued", 0, hour)
    assert [task.run_after for task in DBTaskResult.objects.all()] == [hour]


def test_a_server_without_a_sender_is_none(settings: Any):
    settings.EMAIL_HOST = "127.0.0.1"
    settings.DEFAULT_FROM_EMAIL = ""
    assert has_mail_server() is False
    settings.DEFAULT_FROM_EMAIL = "kabar@contoh.id"
    assert has_mail_server() is True


def test_what_waited_seven_days_is_given_up(mall: Mall, settings: Any, clock: Any):
    settings.EMAIL_HOST = ""
    send()
    clock.shift(timedelta(days=7, seconds=1).total_seconds())
    actions.deliver()

    assert (only().state, only().last_error) == ("failed", "gave up")


def test_a_secret_is_erased_as_soon_as_it_went(mall: Mall, office: PostOffice):
    send(is_secret=True)
    assert only().letter.text == "Halo."
    actions.deliver()

    assert (only().letter.text, only().letter.subject, only().to) == ("", "", BUDI)


def test_address_and_text_are_erased_after_thirty_days(mall: Mall, office: PostOffice, clock: Any):
    send("a")
    actions.deliver()
    send("b", to=SITI)
    clock.shift(timedelta(days=30).total_seconds())
    assert actions.forget() == 0
    clock.shift(1)
    assert actions.forget() == 2

    rows = Message.objects.order_by("key").values_list("key", "to", "state")
    assert list(rows) == [("a", "", "sent"), ("b", "", "failed")]
    letters = Letter.objects.values_list("subject", "text", "html", "headers")
    assert set(map(str, letters)) == {"('', '', '', {})"}


def test_an_address_is_erased_where_its_room_asks_for_it(mall: Mall, office: PostOffice):
    send("newsletter:1")
    send("lain:1")
    send("newsletter:2", to=SITI)
    assert actions.erase(to=BUDI, keys="newsletter:") == 1
    actions.deliver()

    assert sorted(office.to) == [BUDI, SITI]
    erased = Message.objects.select_related("letter").get(key="newsletter:1")
    assert (erased.to, erased.state, erased.letter.text) == ("", "failed", "")


def test_a_letter_of_many_is_kept_when_one_of_them_is_erased(mall: Mall, office: PostOffice):
    to = [Addressee(BUDI, "n:1"), Addressee(SITI, "n:2")]
    actions.send_many(to=to, subject="Buletin", text="Isi.", batch="n")
    actions.erase(to=BUDI, keys="n:")
    assert actions.deliver() == 1

    assert office.received[0].get_content().strip() == "Isi."


def test_the_database_keeps_the_states(mall: Mall):
    send()
    with pytest.raises(IntegrityError):
        Message.objects.update(state=MessageState.SENT)
