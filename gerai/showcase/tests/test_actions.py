"""Steering and arranging, through the actions."""

import pytest

from gerai.directory.tests.factories import a_mall, an_agency
from gerai.malls.scope import in_mall
from gerai.people.audit import SYSTEM
from gerai.people.models import Deed
from gerai.showcase.actions import decks, sessions
from gerai.showcase.models import Deck, Session, Slide, SlideKind, TourNote
from gerai.showcase.rules import USUAL, Command
from gerai.showcase.tests.factories import a_deck, a_session, order_of


def stored(session: Session) -> tuple[int, bool]:
    row = Session.objects.get(pk=session.pk)
    return row.position, row.is_black


def test_a_session_begins_at_the_first_slide(mall):
    session = a_session(guests="Pemerintah Kabupaten Contoh")

    assert stored(session) == (0, False)
    assert len(session.secret) >= 12
    assert [deed.verb for deed in Deed.objects.all()] == ["showcase.begin"]


def test_steps_lead_on_and_back(mall):
    session = a_session()

    assert sessions.steer(session, Command.NEXT, seen=0, count=5) == 1
    assert sessions.steer(session, Command.LAST, seen=1, count=5) == 4
    assert sessions.steer(session, Command.NEXT, seen=4, count=5) == 4
    assert sessions.steer(session, Command.BACK, seen=4, count=5) == 3
    assert stored(session) == (3, False)


def test_two_phones_that_press_next_on_one_slide_move_it_once(mall):
    session = a_session()
    first, second = (Session.objects.get(pk=session.pk) for _ in range(2))

    moved = sessions.steer(first, Command.NEXT, seen=0, count=5)
    stayed = sessions.steer(second, Command.NEXT, seen=0, count=5)

    assert (moved, stayed, stored(session)) == (1, 1, (1, False))


def test_a_page_that_was_left_behind_does_not_pull_the_screen_back(mall):
    session = a_session()
    sessions.go_to(session, 4, count=5)

    assert sessions.go_to(session, 1, seen=0, count=5) == 4
    assert sessions.go_to(session, 1, count=5) == 1


def test_a_slide_beyond_the_end_is_the_last_one(mall):
    assert sessions.go_to(a_session(), 99, count=5) == 4


@pytest.mark.parametrize(("command", "there"), [(Command.BACK, 3), (Command.NEXT, 4)])
def test_a_screen_that_stood_beyond_the_end_is_steered_from_the_last_slide(mall, command, there):
    session = a_session()
    sessions.go_to(session, 7, count=8)

    assert sessions.steer(session, command, seen=4, count=5) == there
    assert stored(session) == (there, False)


def test_a_slide_is_chosen_from_beyond_the_end(mall):
    session = a_session()
    sessions.go_to(session, 7, count=8)

    assert sessions.go_to(session, 1, seen=4, count=5) == 1
    assert sessions.go_to(session, 3, seen=4, count=5) == 1


def test_a_step_that_came_too_late_tells_that_the_screen_is_dark(mall):
    session = a_session()
    sessions.go_to(session, 2, count=5)
    sessions.blacken(session, is_black=True)

    assert sessions.steer(session, Command.NEXT, seen=0, count=5) == 2
    assert (session.position, session.is_black) == (2, True) == stored(session)


def test_a_step_brings_the_light_back(mall):
    session = a_session()
    sessions.blacken(session, is_black=True)
    assert stored(session) == (0, True)

    sessions.steer(session, Command.NEXT, seen=0, count=5)
    assert stored(session) == (1, False)


def test_nobody_steers_what_is_over(mall):
    session = a_session()
    sessions.end(session, by=SYSTEM)
    sessions.end(session, by=SYSTEM)

    for steer in (
        lambda: sessions.steer(session, Command.NEXT, seen=0, count=5),
        lambda: sessions.go_to(session, 1, count=5),
        lambda: sessions.blacken(session, is_black=True),
        lambda: sessions.renew_secret(session, by=SYSTEM),
    ):
        with pytest.raises(sessions.SessionOver):
            steer()
    assert [deed.verb for deed in Deed.objects.order_by("pk")] == ["showcase.begin", "showcase.end"]


def test_a_new_secret_replaces_the_old_one(mall):
    session = a_session()
    before = session.secret

    sessions.renew_secret(session, by=SYSTEM)

    assert Session.objects.get(pk=session.pk).secret == session.secret != before


def test_a_deck_begins_with_the_usual_slides(mall):
    assert order_of(a_deck()) == list(USUAL)


def test_a_new_slide_stands_before_the_closing_one(mall):
    deck = a_deck(kinds=["cover", "closing"])

    decks.add_slide(deck, kind=SlideKind.TEXT, by=SYSTEM)
    decks.add_slide(deck, kind=SlideKind.PHOTO, by=SYSTEM)

    assert order_of(deck) == ["cover", "text", "photo", "closing"]


def test_a_slide_without_others_and_one_after_others(mall):
    deck = a_deck(kinds=[])

    decks.add_slide(deck, kind=SlideKind.QUEUE, by=SYSTEM)
    decks.add_slide(deck, kind=SlideKind.DAY, by=SYSTEM)

    assert order_of(deck) == ["queue", "day"]


def test_a_full_deck_takes_no_more(mall):
    deck = a_deck(kinds=["text"] * decks.MOST_SLIDES)

    with pytest.raises(decks.TooManySlides):
        decks.add_slide(deck, kind=SlideKind.TEXT, by=SYSTEM)


def test_slides_change_places_and_the_ends_hold(mall):
    deck = a_deck(kinds=["cover", "queue", "day"])
    cover, _queue, day = Slide.objects.filter(deck=deck).order_by("position")

    decks.shift_slide(day, is_up=True, by=SYSTEM)
    assert order_of(deck) == ["cover", "day", "queue"]
    decks.shift_slide(cover, is_up=True, by=SYSTEM)
    assert order_of(deck) == ["cover", "day", "queue"]
    decks.shift_slide(cover, is_up=False, by=SYSTEM)
    assert order_of(deck) == ["day", "cover", "queue"]


def test_what_is_gone_is_refused(mall):
    deck = a_deck(kinds=["text"])
    slide = Slide.objects.get()
    decks.remove_slide(slide, by=SYSTEM)
    slide.pk = slide.pk or 1

    with pytest.raises(decks.SlideGone):
        decks.change_slide(slide, title="", text="", notes="", by=SYSTEM)
    with pytest.raises(decks.SlideGone):
        decks.shift_slide(slide, is_up=True, by=SYSTEM)
    decks.remove_deck(deck, by=SYSTEM)
    with pytest.raises(decks.SlideGone):
        decks.change_deck(deck, title="x", guests="", by=SYSTEM)


def test_a_session_outlives_its_deck(mall):
    deck = a_deck()
    session = a_session(deck=deck)

    decks.remove_deck(deck, by=SYSTEM)

    assert Session.objects.get(pk=session.pk).deck is None


def test_a_note_for_the_tour_is_kept_changed_and_forgotten(mall):
    agency = an_agency()

    decks.note_for_tour(agency, question="Buka Sabtu?", answer="Tidak.", by=SYSTEM)
    decks.note_for_tour(agency, question="Buka Sabtu?", answer="Ya.", by=SYSTEM)
    assert [note.answer for note in TourNote.objects.all()] == ["Ya."]

    with pytest.raises(decks.NothingTold):
        decks.note_for_tour(agency, question="Buka?", answer=" ", by=SYSTEM)
    decks.note_for_tour(agency, question="", answer="", by=SYSTEM)
    assert TourNote.objects.count() == 0


def test_decks_and_sessions_of_another_mall_are_not_seen(mall):
    with in_mall(a_mall("palopo")):
        a_deck()
        a_session()

    assert (Deck.objects.count(), Session.objects.count(), Slide.objects.count()) == (0, 0, 0)
