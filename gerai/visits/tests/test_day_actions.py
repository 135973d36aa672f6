"""The day of a visit through its actions."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from gerai import clock
from gerai.malls.models import Mall
from gerai.papers.actions import BadFile
from gerai.papers.models import Attachment
from gerai.papers.tests.test_reading import a_pdf
from gerai.people.audit import SYSTEM
from gerai.people.models import Deed
from gerai.visits.actions import album, day, guest_book, impressions, preparing, questions
from gerai.visits.models import (
    Answer,
    Door,
    Guest,
    GuestBook,
    Impression,
    Photo,
    Presence,
    Visit,
)
from gerai.visits.states import State
from gerai.visits.tests.received import (
    a_book,
    a_day_visit,
    a_drawing,
    a_listed_guest,
    a_photo_file,
    a_received_visit,
)

pytestmark = pytest.mark.usefixtures("mall")


def test_a_book_is_laid_out_once():
    visit = a_day_visit()

    first, second = a_book(visit), a_book(visit)

    assert first == second
    assert GuestBook.objects.count() == 1
    assert Deed.objects.filter(verb="visits.open_book").count() == 1


@pytest.mark.parametrize("state", [State.ASKED, State.REFUSED, State.CANCELLED])
def test_who_was_not_accepted_has_no_book(state: State):
    with pytest.raises(day.NotNow):
        a_book(a_day_visit(state))


def test_receiving_notes_hour_and_person_and_happens_once():
    visit = a_day_visit()

    book = day.receive(visit, by=SYSTEM)

    assert Visit.objects.get().state == State.RECEIVED
    assert (book.received_by_name, book.left_at) == ("sistem", None)
    with pytest.raises(day.NotNow):
        day.receive(visit, by=SYSTEM)


def test_the_first_leave_counts():
    visit = a_received_visit()
    day.take_leave(visit, by=SYSTEM)
    left_at = GuestBook.objects.get().left_at

    day.take_leave(visit, by=SYSTEM)

    assert GuestBook.objects.get().left_at == left_at
    assert Deed.objects.filter(verb="visits.take_leave").count() == 1


def test_hours_are_corrected_only_to_what_can_be():
    visit = a_received_visit()
    now = clock.now()
    came, left = now - timedelta(hours=3), now - timedelta(hours=1)

    day.correct_hours(visit, received_at=came, left_at=left, by=SYSTEM)

    book = GuestBook.objects.get()
    assert (book.received_at, book.left_at) == (came, left)
    for wrong in ((left, came), (came, now + timedelta(hours=1)), (now + timedelta(hours=1), None)):
        with pytest.raises(day.HoursTurned):
            day.correct_hours(visit, received_at=wrong[0], left_at=wrong[1], by=SYSTEM)


def test_a_guest_signs_once_and_a_second_time_is_harmless():
    book = a_book()
    guest = a_listed_guest(book.visit)

    first = guest_book.check_in(
        book,
        door=Door.PHONE,
        guest=guest,
        title="Inspektur Contoh",
        signature=a_drawing(),
        photo_consent=False,
    )
    second = guest_book.check_in(book, door=Door.KIOSK, guest=guest, signs_on_paper=True)

    assert first == second
    assert (second.door, second.signs_on_paper, second.photo_consent) == ("phone", False, False)
    guest.refresh_from_db()
    assert (guest.title, guest.checked_in_at) == ("Inspektur Contoh", first.at)
    assert Deed.objects.filter(verb="visits.check_in").count() == 1


def test_somebody_not_on_the_list_is_added_and_found_again():
    book = a_book()
    told = {
        "name": "  Tamu   Baru ",
        "title": "Lurah Contoh",
        "institution": "Dinas Contoh",
        "signs_on_paper": True,
    }

    first = guest_book.check_in(book, door=Door.KIOSK, **told)
    again = guest_book.check_in(
        book, door=Door.PHONE, **{**told, "name": "TAMU BARU", "title": "Bupati Palsu"}
    )

    assert first == again
    assert [(guest.name, guest.title, guest.institution) for guest in Guest.objects.all()] == [
        ("Tamu Baru", "Lurah Contoh", "Dinas Contoh")
    ]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"name": "A"}, guest_book.NoSignature),
        ({"name": " ", "signs_on_paper": True}, guest_book.NamelessGuest),
        ({"name": "A", "signature": "data:image/png;base64,AAAA"}, guest_book.BadSignature),
    ],
)
def test_a_line_without_name_or_signature_is_refused(told: dict, refusal: type[Exception]):
    book = a_book()

    with pytest.raises(refusal):
        guest_book.check_in(book, door=Door.PHONE, **told)
    assert Guest.objects.count() == Presence.objects.count() == 0


def test_a_closed_book_takes_nobody():
    visit = a_received_visit()
    Visit.objects.update(state=State.CLOSED)
    book = GuestBook.objects.select_related("visit").get()

    with pytest.raises(guest_book.BookClosed):
        guest_book.check_in(book, door=Door.PHONE, name="A", signs_on_paper=True)
    with pytest.raises(guest_book.BookClosed):
        impressions.give_impression(
            book, key="a", words="Baik", rating=4, name="", may_publish=False
        )
    assert visit.guests.count() == 1


def test_the_desk_may_take_a_presence_back():
    a_received_visit()
    guest = Guest.objects.get()

    guest_book.undo_check_in(guest, by=SYSTEM)

    assert Presence.objects.count() == 0
    assert Guest.objects.get().checked_in_at is None


def test_travel_is_confirmed_with_both_hours_for_those_who_came():
    visit = a_received_visit()
    absent = a_listed_guest(visit)
    told = {"officer": "Kepala Contoh", "role": "Kepala Dinas Contoh", "by": SYSTEM}
    with pytest.raises(day.NotLeftYet):
        day.confirm_travel(visit, guest=None, **told)
    day.take_leave(visit, by=SYSTEM)
    with pytest.raises(day.NobodyThere):
        day.confirm_travel(visit, guest=absent, **told)

    whole = day.confirm_travel(visit, guest=None, **told)
    again = day.confirm_travel(visit, guest=None, **told)
    own = day.confirm_travel(visit, guest=Guest.objects.exclude(pk=absent.pk).get(), **told)

    assert whole == again
    assert (whole.kind, whole.is_verifiable, whole.version) == ("spd", True, 1)
    assert own.number not in {"", whole.number}


def test_questions_are_noted_one_by_one_with_answers_for_others():
    visit = a_received_visit()

    first = questions.note_question(
        visit, text=" Berapa  biayanya? ", answer="Sesuai APBD.", by=SYSTEM
    )
    second = questions.note_question(
        visit, text="Berapa biaya awalnya?", asked_by="Inspektur", by=SYSTEM
    )
    preparing.reuse_answer(second, first.answer, by=SYSTEM)
    second.refresh_from_db()

    assert (first.text, first.is_ahead, first.answer.text) == (
        "Berapa biayanya?",
        False,
        "Sesuai APBD.",
    )
    assert second.answer == first.answer
    assert [question.position for question in visit.questions.all()] == [1, 2]
    again = questions.note_question(visit, text=first.text, answer=" Dari APBD. ", by=SYSTEM)
    assert (again.answer, Answer.objects.get().text) == (first.answer, "Dari APBD.")
    with pytest.raises(questions.NoQuestion):
        questions.note_question(visit, text="  ", by=SYSTEM)


def test_pictures_lose_what_is_hidden_in_them():
    visit = a_received_visit()

    [photo] = album.add_photos(
        visit, [a_photo_file(has_place=True)], caption="Contoh", all_agree=False, by=SYSTEM
    )

    data = bytes(photo.attachment.data)
    assert b"Exif" not in data
    assert b"Kamera Contoh" not in data
    assert photo.all_agree is False
    album.remove_photo(photo, by=SYSTEM)
    assert Photo.objects.count() == 0


def test_a_paper_is_no_picture_and_takes_the_others_with_it():
    visit = a_received_visit()
    paper = SimpleUploadedFile("foto.jpg", a_pdf(), content_type="image/jpeg")

    with pytest.raises(BadFile) as refused:
        album.add_photos(visit, [a_photo_file(), paper], caption="", all_agree=True, by=SYSTEM)

    assert refused.value.status == 400
    assert (Photo.objects.count(), Attachment.objects.count()) == (0, 0)


def test_files_are_read_before_anything_is_locked():
    visit = a_received_visit()
    depth = len(connection.savepoint_ids)
    seen = []

    class Watched(SimpleUploadedFile):
        def read(self, *size: int) -> bytes:
            seen.append(len(connection.savepoint_ids))
            return super().read(*size)

    photo = Watched("foto.jpg", a_photo_file().read(), content_type="image/jpeg")
    album.add_photos(visit, [photo], caption="", all_agree=True, by=SYSTEM)

    assert seen == [depth]


def test_an_impression_is_shown_only_with_consent_and_words():
    book = a_book(a_received_visit())

    def said(key: str, **told: object) -> Impression:
        return impressions.give_impression(
            book,
            key=key,
            **{"words": "Bagus", "rating": 4, "name": "", "may_publish": True, **told},
        )

    agreed, same = said("a"), said("a")
    private, wordless = said("b", may_publish=False), said("c", words="")
    assert agreed == same
    impressions.show_impression(agreed, by=SYSTEM)
    for kept in (private, wordless):
        with pytest.raises(impressions.NoConsent):
            impressions.show_impression(kept, by=SYSTEM)
    with pytest.raises(impressions.NothingSaid):
        said("d", words=" ", rating=None)

    shown = Impression.objects.filter(shown_at__isnull=False)
    assert [each.pk for each in shown] == [agreed.pk]
    impressions.hide_impression(agreed, by=SYSTEM)
    assert shown.all().count() == 0
    impressions.erase_impression(agreed, by=SYSTEM)
    assert Impression.objects.count() == 2


def test_another_mall_sees_nothing_of_it(mall: Mall):
    from gerai.directory.tests.factories import a_mall
    from gerai.malls.scope import in_mall
    from gerai.visits.queries.day import book_with

    book = a_book()
    with in_mall(a_mall("palopo")):
        assert book_with(book.code) is None
    assert book_with(book.code) == book


def test_more_than_an_album_holds_is_refused_before_a_picture_is_drawn():
    visit = a_day_visit()
    uploads = [SimpleUploadedFile("x.jpg", b"no picture") for _ in range(album.MOST_PHOTOS + 1)]

    with pytest.raises(day.TooMany):
        album.add_photos(visit, uploads, caption="", all_agree=True, by=SYSTEM)

    assert (Photo.objects.count(), Attachment.objects.count()) == (0, 0)
