"""The presentation through its addresses."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from gerai import clock
from gerai.directory.tests.factories import a_mall, a_user, an_agency
from gerai.malls.scope import in_mall
from gerai.papers.actions import checked
from gerai.papers.models import Attachment
from gerai.people.models import Deed
from gerai.queue.tests.factories import TEN, a_house, a_ticket
from gerai.showcase.actions import decks
from gerai.showcase.models import Deck, Session, Slide, SlideKind, TourNote
from gerai.showcase.queries.decks import guest_token
from gerai.showcase.tests.factories import a_deck, a_session, order_of
from gerai.showcase.views import stage

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def host(mall):
    """Return the browser of somebody who receives guests."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user("host"))
    return browser


def a_picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    file.seek(0)
    file.name = "foto.jpg"
    return file


def looked_again(browser, address):
    return browser.get(address, headers={"X-Gerai-Refresh": "1"}).content.decode()


def regions(page):
    """Return the parts that a page renews, as they follow each other."""
    return re.findall(r'<\w+\b[^>]* id="([\w-]+)"[^>]* data-gerai-region', page)


def code_for_phones(page):
    return page.split('id="ponsel-kode"')[1].split("</svg>")[0]


def test_a_presentation_is_begun_for_named_guests(host):
    answer = host.post(reverse("showcase:begin"), {"guests": "Kabupaten Contoh"})

    session = Session.objects.get()
    assert answer.headers["Location"] == reverse("showcase:stage", args=[session.pk])
    page = host.get(answer.headers["Location"]).content.decode()
    assert page.count('<section class="slide ') == 12
    assert "Kabupaten Contoh" in page
    assert (session.kind, session.guests, session.deck) == ("deck", "Kabupaten Contoh", None)


def test_another_page_may_name_the_guests(host):
    page = host.get(reverse("showcase:home"), {"tamu": "Kabupaten Tetangga"}).content.decode()

    assert 'value="Kabupaten Tetangga"' in page
    assert host.get(reverse("showcase:home"), {"tamu": "x" * 900}).status_code == 200


def test_a_tour_is_begun_and_steered_like_a_deck(host):
    a_house()
    host.post(reverse("showcase:begin"), {"tur": "1"})
    session = Session.objects.get()

    page = host.get(reverse("showcase:stage", args=[session.pk])).content.decode()
    moved = host.post(
        reverse("showcase:move", args=[session.pk]), {"langkah": "next", "dari": 0}, **JSON
    )

    assert session.kind == "tour"
    assert page.count('<section class="slide slide-stop"') == 2
    assert moved.json() == {"position": 1, "black": False, "over": False}


def test_a_page_that_looks_again_gets_only_what_lives(host):
    with clock.simulated(TEN):
        session = a_session()
        a_ticket(a_house().line)
        page = host.get(
            reverse("showcase:stage", args=[session.pk]), headers={"X-Gerai-Refresh": "1"}
        ).content.decode()

    assert 'id="keadaan"' in page
    assert 'id="s5-hidup"' in page
    assert "1 orang menunggu saat ini" in page
    assert '<section class="slide ' not in page


def test_the_code_for_phones_is_drawn_anew_when_the_link_is_changed(host):
    session = a_session()
    address = reverse("showcase:stage", args=[session.pk])
    before = host.get(address).content.decode()
    host.post(reverse("showcase:renew", args=[session.pk]))

    first, again = host.get(address).content.decode(), looked_again(host, address)
    control = host.get(reverse("showcase:control", args=[session.pk])).content.decode()

    assert regions(first) == regions(again) == ["keadaan", "s5-hidup", "ponsel-kode"]
    assert code_for_phones(first) == code_for_phones(again) != code_for_phones(before)
    assert regions(control) == ["keadaan-darurat", "kendali", "sambungan"]


def test_a_page_that_looks_again_draws_no_codes_that_it_does_not_show(host, monkeypatch):
    drawn = []
    monkeypatch.setattr(stage, "qr", drawn.append)
    session = a_session()
    guests = reverse("showcase:guests", args=[guest_token(guests="")])

    assert regions(looked_again(host, guests)) == ["keadaan", "s5-hidup"]
    assert drawn == []
    looked_again(host, reverse("showcase:stage", args=[session.pk]))
    assert [address.split("/")[-2] for address in drawn] == [session.secret]


def test_a_phone_with_the_secret_steers_without_signing_in(client, mall):
    session = a_session(guests="Kabupaten Contoh")
    address = reverse("showcase:remote", args=[session.pk, session.secret])
    move = reverse("showcase:remote_move", args=[session.pk, session.secret])

    page = client.get(address).content.decode()
    step = client.post(move, {"langkah": "next", "dari": 0}, **JSON)
    plain = client.post(move, {"langkah": "go", "ke": 7})
    black = client.post(move, {"langkah": "black"}, **JSON)

    assert "Salindia 1 dari 12" in page
    assert step.json() == {"position": 1, "black": False, "over": False}
    assert plain.headers["Location"] == address
    assert black.json() == {"position": 7, "black": True, "over": False}


def test_a_phone_with_a_wrong_or_an_old_secret_steers_nothing(client, host, mall):
    session = a_session()
    old = reverse("showcase:remote", args=[session.pk, session.secret])
    host.post(reverse("showcase:renew", args=[session.pk]))
    with in_mall(a_mall("palopo")):
        foreign = a_session()

    wrong = [
        old,
        reverse("showcase:remote", args=[session.pk, "a" * 12]),
        reverse("showcase:remote", args=[foreign.pk, foreign.secret]),
    ]
    assert [client.get(each).status_code for each in wrong] == [404] * 3
    moved = [client.post(f"{each}pindah/", {"langkah": "next"}).status_code for each in wrong]
    assert moved == [404] * 3
    assert Session.objects.get().position == 0


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"langkah": "lompat"},
        {"langkah": "go"},
        {"langkah": "next", "dari": "-1"},
        {"ke": "x" * 99},
    ],
)
def test_a_step_that_is_none_is_answered_with_400(client, mall, typed):
    session = a_session()
    move = reverse("showcase:remote_move", args=[session.pk, session.secret])

    assert client.post(move, typed).status_code == 400
    assert Session.objects.get().position == 0


def test_a_presentation_that_is_over_says_so(host, client):
    session = a_session()
    host.post(reverse("showcase:end", args=[session.pk]))

    answers = [
        host.get(reverse("showcase:stage", args=[session.pk])),
        host.get(reverse("showcase:control", args=[session.pk])),
        host.post(reverse("showcase:move", args=[session.pk]), {"langkah": "next"}),
    ]
    assert [answer.status_code for answer in answers] == [410] * 3
    assert host.get(reverse("showcase:state", args=[session.pk])).json()["over"] is True
    assert (
        client.get(reverse("showcase:remote", args=[session.pk, session.secret])).status_code == 404
    )


def test_only_those_who_present_may_enter(client, mall):
    session, deck = a_session(), a_deck()
    slide = Slide.objects.filter(deck=deck).first()
    pages = [
        reverse("showcase:home"),
        reverse("showcase:tour"),
        reverse("showcase:notes"),
        reverse("showcase:stage", args=[session.pk]),
        reverse("showcase:state", args=[session.pk]),
        reverse("showcase:control", args=[session.pk]),
        reverse("showcase:deck", args=[deck.pk]),
        reverse("showcase:preview", args=[deck.pk]),
        reverse("showcase:slide", args=[slide.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [302] * len(pages)
    client.force_login(a_user("officer"))
    assert [client.get(page).status_code for page in pages] == [403] * len(pages)
    client.force_login(a_user("supervisor"))
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


def test_guests_look_by_themselves_with_a_link(host, client):
    deck = a_deck(guests="Nama di paparan")
    told = {"guests": "Kabupaten Contoh", "kind": "deck", "deck": deck.pk}
    made = host.post(reverse("showcase:invite"), told).content.decode()
    address = made.split('href="http://barru.localhost')[1].split('"')[0]

    page = client.get(address)

    assert page.status_code == 200
    text = page.content.decode()
    assert text.count('<section class="slide ') == 12
    assert ("Kabupaten Contoh" in text, "data-move-url" in text) == (True, False)
    assert client.get(reverse("showcase:guests", args=["palsu"])).status_code == 404


def test_guests_on_a_tour_do_not_read_officers_names(client, host):
    house = a_house()
    token = guest_token(guests="", kind="tour")

    theirs = client.get(reverse("showcase:guests", args=[token])).content.decode()
    ours = host.get(reverse("showcase:tour")).content.decode()

    assert (house.officer.name in theirs, house.officer.name in ours) == (False, True)


def test_a_deck_is_made_filled_and_removed(host):
    host.post(reverse("showcase:new_deck"), {"title": "Untuk rombongan", "guests": ""})
    deck = Deck.objects.get()
    opened = host.post(reverse("showcase:add_slide", args=[deck.pk]), {"kind": "text"})
    slide = Slide.objects.get(kind=SlideKind.TEXT)
    host.post(
        reverse("showcase:slide", args=[slide.pk]),
        {"title": "Pelajaran", "text": "- satu", "notes": "Pelan."},
    )
    host.post(reverse("showcase:shift_slide", args=[slide.pk]), {"naik": "1"})

    assert opened.headers["Location"] == reverse("showcase:slide", args=[slide.pk])
    assert order_of(deck)[-3:] == ["text", "stages", "closing"]
    page = host.get(reverse("showcase:preview", args=[deck.pk])).content.decode()
    assert (page.count("<li>satu</li>"), page.count("Pelan.")) == (1, 0)
    assert host.post(reverse("showcase:remove_slide", args=[slide.pk])).status_code == 302
    assert host.post(reverse("showcase:remove_deck", args=[deck.pk])).status_code == 302
    assert (Deck.objects.count(), Slide.objects.count()) == (0, 0)
    verbs = [deed.verb for deed in Deed.objects.order_by("pk")]
    assert verbs == [
        "showcase.make_deck",
        "showcase.add_slide",
        "showcase.change_slide",
        "showcase.shift_slide",
        "showcase.remove_slide",
        "showcase.remove_deck",
    ]


@pytest.mark.parametrize("typed", [{"title": ""}, {"title": "x" * 121}, {"title": "x\0"}])
def test_a_deck_without_a_fitting_title_is_asked_again(host, typed):
    answer = host.post(reverse("showcase:new_deck"), {"guests": "Tetap di sini", **typed})

    assert answer.status_code == 400
    assert 'value="Tetap di sini"' in answer.content.decode()
    assert Deck.objects.count() == 0


def test_an_unknown_kind_of_slide_is_refused(host):
    deck = a_deck(kinds=[])

    answer = host.post(reverse("showcase:add_slide", args=[deck.pk]), {"kind": "sulap"})

    assert (answer.status_code, Slide.objects.count()) == (400, 0)


def test_a_photo_stands_on_its_slide_and_is_given_to_guests_of_the_deck(host, client):
    deck = a_deck(kinds=["photo"])
    slide = Slide.objects.get()
    told = {"title": "", "text": "", "notes": "", "caption": "Rombongan di depan gedung"}

    host.post(reverse("showcase:slide", args=[slide.pk]), {**told, "photo": a_picture()})
    token = guest_token(deck=deck, guests="")
    page = client.get(reverse("showcase:guests", args=[token])).content.decode()
    address = page.split('<img src="')[1].split('"')[0]

    assert page.count('alt="Rombongan di depan gedung"') == 1
    assert client.get(address).headers["Content-Type"].startswith("image/")
    key = address.rstrip("/").rpartition("/")[2]
    assert host.get(reverse("showcase:photo", args=[key])).status_code == 200
    other = guest_token(deck=a_deck(), guests="")
    assert client.get(reverse("showcase:guest_photo", args=[other, key])).status_code == 404
    assert host.get(reverse("showcase:photo", args=[10**9])).status_code == 404


def test_a_photo_that_is_none_or_says_nothing_is_asked_again(host):
    a_deck(kinds=["photo"])
    address = reverse("showcase:slide", args=[Slide.objects.get().pk])
    text = io.BytesIO(b"bukan gambar")
    text.name = "foto.jpg"

    silent = host.post(address, {"title": "Tetap", "photo": a_picture()})
    broken = host.post(address, {"title": "Tetap", "caption": "Apa", "photo": text})

    assert (silent.status_code, broken.status_code) == (400, 400)
    assert [answer.content.decode().count('value="Tetap"') for answer in (silent, broken)] == [1, 1]
    assert Slide.objects.get().title == ""


def a_slide_with_a_photo(host) -> Slide:
    a_deck(kinds=["photo"])
    slide = Slide.objects.get()
    told = {"caption": "Rombongan di depan gedung", "photo": a_picture()}
    host.post(reverse("showcase:slide", args=[slide.pk]), told)
    return slide


def test_a_caption_alone_is_kept_with_the_same_photo(host):
    slide = a_slide_with_a_photo(host)
    before = Attachment.objects.get()
    address = reverse("showcase:slide", args=[slide.pk])

    changed = host.post(address, {"title": "Judul", "caption": "Rombongan di loket"})
    silent = host.post(address, {"title": "Tanpa keterangan", "caption": ""})

    after = Attachment.objects.get()
    assert (changed.status_code, silent.status_code) == (302, 400)
    assert (after.caption, after.sha256, bytes(after.data)) == (
        "Rombongan di loket",
        before.sha256,
        bytes(before.data),
    )
    assert (after.name, after.width, after.height) == (before.name, before.width, before.height)
    assert Slide.objects.get().title == "Judul"


def test_a_new_photo_takes_the_place_of_the_one_before(host):
    slide = a_slide_with_a_photo(host)

    told = {"caption": "Yang baru", "photo": a_picture()}
    host.post(reverse("showcase:slide", args=[slide.pk]), told)

    assert [each.caption for each in Attachment.objects.all()] == ["Yang baru"]


@pytest.mark.parametrize("gone", ["slide", "deck"])
def test_a_photo_goes_with_its_slide_or_deck(host, gone):
    slide = a_slide_with_a_photo(host)
    assert Attachment.objects.count() == 1

    pk = slide.pk if gone == "slide" else slide.deck_id
    host.post(reverse(f"showcase:remove_{gone}", args=[pk]))

    assert (Slide.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_slide_that_is_gone_meanwhile_takes_no_photo(host, monkeypatch):
    a_deck(kinds=["photo"])
    slide = Slide.objects.get()

    def gone(_upload, allowed):
        Slide.objects.all().delete()
        return checked(_upload, allowed)

    monkeypatch.setattr(decks, "checked", gone)
    told = {"title": "Tetap", "caption": "Rombongan", "photo": a_picture()}
    answer = host.post(reverse("showcase:slide", args=[slide.pk]), told)

    assert (answer.status_code, Attachment.objects.count()) == (400, 0)


def test_the_question_of_an_agency_is_kept(host):
    agency = an_agency()
    address = reverse("showcase:note", args=[agency.pk])

    half = host.post(address, {"question": "Buka Sabtu?"})
    whole = host.post(address, {"question": "Buka Sabtu?", "answer": "Tidak."})

    assert (half.status_code, whole.status_code) == (400, 302)
    assert TourNote.objects.get().question == "Buka Sabtu?"
    assert "Buka Sabtu?" in host.get(reverse("showcase:notes")).content.decode()


def test_nothing_of_another_mall_is_opened(host):
    with in_mall(a_mall("palopo")):
        deck, session = a_deck(), a_session()
        slide = Slide.objects.filter(deck=deck).first()

    pages = [
        reverse("showcase:stage", args=[session.pk]),
        reverse("showcase:state", args=[session.pk]),
        reverse("showcase:deck", args=[deck.pk]),
        reverse("showcase:preview", args=[deck.pk]),
        reverse("showcase:slide", args=[slide.pk]),
    ]
    assert [host.get(page).status_code for page in pages] == [404] * len(pages)
    assert host.post(reverse("showcase:begin"), {"deck": deck.pk}).status_code == 400
