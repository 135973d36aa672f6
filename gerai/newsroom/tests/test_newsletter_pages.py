"""The newsletter from the form to the mailbox and out again, through a real mail server."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.models import Mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import newsletter
from gerai.newsroom.models import Issue, Subscription
from gerai.newsroom.queries import newsletter as queries
from gerai.newsroom.tests.factories import an_article, an_open_site
from gerai.notices.models import Message
from gerai.notices.tests.post_office import PostOffice, a_post_office, use
from gerai.people.roles import Role

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BUDI = "budi@contoh.id"
SITI = "siti@contoh.id"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
BAD = "Alamat surel ini tidak lengkap atau salah tulis."
MISSING = "Isi alamat surel Anda."
TOLD = (BAD, MISSING)
LINK = re.compile(r"http://barru\.localhost(/buletin/\S+)")


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(TEN, tick=False) as stopped:
        yield stopped


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with a_post_office(settings) as opened:
        yield opened


@pytest.fixture
def site(mall: Mall) -> Mall:
    """Open the website of the mall."""
    an_open_site()
    return mall


@pytest.fixture
def editor(site: Mall) -> Client:
    """Return the browser of an editor."""
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user(Role.EDITOR))
    return browser


@pytest.fixture
def then(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[..., Any]:
    """Do something, then what it asked for later and is due."""

    def done(do: Callable[[], Any]) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            answer = do()
        while ready := list(DBTaskResult.objects.ready()):
            for row in ready:
                DBTaskResult.objects.filter(pk=row.pk).delete()
                with django_capture_on_commit_callbacks(execute=True):
                    row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        return answer

    return done


def a_subscriber(address: str = BUDI) -> Subscription:
    newsletter.ask(address, base_url="http://barru.localhost")
    letter = Message.objects.select_related("letter").order_by("-pk")[0].letter
    newsletter.confirm(letter.text.split("/buletin/konfirmasi/")[1].split("/")[0])
    Message.objects.all().delete()
    return Subscription.objects.get(address=address)


def stop_path(subscription: Subscription) -> str:
    return reverse("newsletter:stop", args=[queries.stop_token(subscription)])


def words_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def sent(editor: Client, **changed: str) -> Any:
    told = queries.keys_of(queries.stories_to_tell())
    body = {"subject": "Kabar Barru", "intro": "", "told": told, **changed}
    return editor.post(reverse("bulletins:send"), body)


def test_from_the_form_to_the_mailbox_and_out_again(
    client: Client, editor: Client, office: PostOffice, then: Callable[..., Any]
):
    answer = then(lambda: client.post("/buletin/", {"address": "Budi@Contoh.id"}))
    assert (answer.status_code, answer["Location"]) == (302, "/buletin/terkirim/")
    assert client.get("/buletin/terkirim/").status_code == 200
    assert office.to == [BUDI]
    confirm, _stop = LINK.findall(words_of(office.received[0]))

    assert client.get(confirm).status_code == 200
    assert queries.subscribers() == 0
    assert then(lambda: client.post(confirm)).status_code == 200
    assert queries.subscribers() == 1

    story = an_article(title="Contoh <layanan> baru", summary="Contoh & ringkasan.")
    page = editor.get("/kelola/buletin/pratinjau/").content.decode()
    assert page.count("Contoh &lt;layanan&gt; baru") == 2
    answer = then(lambda: sent(editor, subject="Kabar Barru", intro="Salam,\nredaksi"))
    assert (answer.status_code, answer["Location"]) == (302, "/kelola/buletin/")

    mail = office.received[1]
    address = f"http://barru.localhost/berita/kegiatan/{story.slug}/"
    assert (mail["To"], mail["Subject"]) == (BUDI, "Kabar Barru")
    assert (
        words_of(mail)
        .replace("\r\n", "\n")
        .startswith(
            "Salam,\nredaksi\n\nContoh <layanan> baru\nSenin, 23 November 2026\n\n"
            f"Contoh & ringkasan.\n\n{address}\n"
        )
    )
    html = mail.get_body(("html",)).get_content()
    assert html.count(f'<a href="{address}">Contoh &lt;layanan&gt; baru</a>') == 1
    assert "[[" not in html + words_of(mail)
    stop = LINK.findall(words_of(mail))[0]
    # A long address stands on a line of its own.
    assert mail["List-Unsubscribe"].strip() == f"<http://barru.localhost{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == "<buletin.barru.localhost>"
    assert html.count(f"http://barru.localhost{stop}") == 1

    assert client.get(stop).status_code == 200
    assert queries.subscribers() == 1
    assert Client(HTTP_HOST="barru.localhost").post(stop, ONE_CLICK).status_code == 200
    assert queries.subscribers() == 0
    an_article()
    assert then(lambda: sent(editor)).status_code == 409
    assert office.to == [BUDI, BUDI]


def test_stopping_by_one_click_needs_no_cookie_and_no_token_of_the_session(site: Mall):
    row = a_subscriber()
    program = Client(HTTP_HOST="barru.localhost", enforce_csrf_checks=True)

    assert program.post(stop_path(row), ONE_CLICK).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.address) == ("ended", BUDI)


def test_a_scanner_that_opens_every_link_changes_nothing(site: Mall, client: Client):
    newsletter.ask(SITI, base_url="http://barru.localhost")
    text = Message.objects.select_related("letter").get().letter.text
    for path in LINK.findall(text):
        for _time in range(2):
            assert client.get(path).status_code == 200
            assert client.head(path).status_code == 200
    row = Subscription.objects.get()
    assert (row.state, row.confirmed_at, row.ended_at) == ("asked", None, None)


def test_the_address_is_erased_by_its_button(site: Mall, client: Client):
    row = a_subscriber()
    page = client.post(stop_path(row), {"hapus": "alamat"}).content.decode()

    assert "alamat Anda sudah dihapus" in page
    row.refresh_from_db()
    assert (row.state, row.address) == ("ended", "")
    assert client.get(stop_path(row)).status_code == 200


def test_links_of_another_mall_are_unknown_here(site: Mall, client: Client):
    with in_mall(a_mall("parepare")):
        row = a_subscriber()
        newsletter.ask(SITI, base_url="http://parepare.localhost")
        text = Message.objects.select_related("letter").get().letter.text
        stop = stop_path(row)
    confirm = re.findall(r"/buletin/konfirmasi/\S+", text)[0]

    answers = [client.get(stop), client.post(stop), client.get(confirm), client.post(confirm)]
    assert [answer.status_code for answer in answers] == [404, 404, 410, 410]
    assert list(Subscription.objects.everywhere().values_list("state", flat=True)) == [
        "active",
        "asked",
    ]


def test_a_link_of_eight_days_ago_says_what_to_do(site: Mall, client: Client, clock: Any):
    newsletter.ask(BUDI, base_url="http://barru.localhost")
    text = Message.objects.select_related("letter").get().letter.text
    confirm = LINK.findall(text)[0]
    clock.shift(8 * 24 * 3600)

    for answer in (client.get(confirm), client.post(confirm)):
        assert answer.status_code == 410
        assert "sudah lewat tujuh hari" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", MISSING),
        ("budi", BAD),
        ("budi@", BAD),
        ("budi@contoh", BAD),
        ("budi@contoh.id, siti@contoh.id", BAD),
        ("budi@contoh.id\r\nBcc: siti@contoh.id", BAD),
        ("Budi &lt;budi@contoh.id&gt;", BAD),
        ("b" * 250 + "@contoh.id", BAD),
        ("budi\x00@contoh.id", BAD),
    ],
)
def test_a_bad_address_is_a_clear_no(site: Mall, client: Client, address: str, told: str):
    answer = client.post("/buletin/", {"address": address})

    assert answer.status_code == 400
    assert [word for word in TOLD if word in answer.content.decode()] == [told]
    assert (Subscription.objects.count(), Message.objects.count()) == (0, 0)


def test_the_answer_is_the_same_whether_an_address_is_known(site: Mall, client: Client):
    a_subscriber(BUDI)
    answers = [client.post("/buletin/", {"address": who}) for who in (BUDI, BUDI, SITI)]

    told = {(each.status_code, each["Location"], each.content) for each in answers}
    assert told == {(302, "/buletin/terkirim/", b"")}


def test_whoever_fills_in_the_hidden_field_is_thanked_and_forgotten(site: Mall, client: Client):
    answer = client.post("/buletin/", {"address": BUDI, "website": "http://contoh.id"})

    assert answer["Location"] == "/buletin/terkirim/"
    assert Subscription.objects.count() == 0


def test_the_form_says_what_one_agrees_to(site: Mall, client: Client):
    page = client.get("/buletin/").content.decode()
    assert str(newsletter.CONSENTS[newsletter.CONSENT_VERSION]) in page


def test_the_twenty_first_request_of_an_hour_is_refused(site: Mall, client: Client):
    for number in range(20):
        client.post("/buletin/", {"address": f"a{number}@contoh.id"})
    answer = client.post("/buletin/", {"address": BUDI})

    assert answer.status_code == 429
    assert Subscription.objects.count() == 20


def test_a_lie_about_the_host_puts_no_foreign_address_into_a_mail(db: None, client: Client):
    with in_mall(a_mall("barru", host="mpp.contoh.id")):
        an_open_site()
        client.post("/buletin/", {"address": BUDI}, headers={"host": "barru.jahat.example"})
        text = Message.objects.select_related("letter").get().letter.text
    assert set(re.findall(r"http://([^/\s]+)/", text)) == {"mpp.contoh.id"}


def test_what_cannot_be_sent_now_goes_when_the_server_is_up(
    editor: Client, settings: Any, then: Callable[..., Any], clock: Any
):
    a_subscriber(BUDI)
    a_subscriber(SITI)
    an_article()
    office = PostOffice()
    use(settings, office)
    then(lambda: sent(editor))
    page = editor.get("/kelola/buletin/").content.decode()
    assert figures(page) == [("1", "0", "2", "0")]

    office.open()
    office.refuses[SITI] = "550 nobody here"
    try:
        clock.shift(60)
        then(lambda: None)
    finally:
        office.close()
    assert office.to == [BUDI]
    page = editor.get("/kelola/buletin/").content.decode()
    assert figures(page) == [("1", "1", "0", "1")]
    assert BUDI not in page
    assert SITI not in page


def figures(page: str) -> list[tuple[str, ...]]:
    """Return stories, sent, waiting, failed of each issue of the list."""
    found = re.findall(r'<td class="figure"[^>]*>(\d+)</td>', page)
    return [tuple(found[n : n + 4]) for n in range(0, len(found), 4)]


def test_pressing_twice_sends_once(editor: Client, office: PostOffice, then: Callable[..., Any]):
    a_subscriber()
    an_article()
    told = queries.keys_of(queries.stories_to_tell())
    answers = [then(lambda: sent(editor, told=told)).status_code for _press in range(2)]

    assert answers == [302, 409]
    assert office.to == [BUDI]


def test_a_subject_of_two_lines_becomes_one(
    editor: Client, office: PostOffice, then: Callable[..., Any]
):
    a_subscriber()
    an_article()
    then(lambda: sent(editor, subject="Kabar\r\nBcc: lain@contoh.id"))

    assert office.to == [BUDI]
    assert office.received[0]["Subject"] == "Kabar Bcc: lain@contoh.id"
    assert office.received[0]["Bcc"] is None


def test_an_issue_without_a_subject_is_a_clear_no(editor: Client):
    a_subscriber()
    an_article()
    answer = sent(editor, subject=" ")

    assert answer.status_code == 400
    assert "Isi judul surelnya." in answer.content.decode()
    assert Issue.objects.count() == 0


def test_the_preview_shows_the_words_typed_and_sends_nothing(editor: Client):
    a_subscriber()
    an_article()
    answer = editor.post("/kelola/buletin/pratinjau/", {"subject": "Judul", "intro": "<b>Hai"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<p>&lt;b&gt;Hai</p>" in page
    assert (Issue.objects.count(), Message.objects.count()) == (0, 0)


def test_the_office_says_when_no_mail_server_is_set(editor: Client, settings: Any):
    told = "Server surel belum diatur"
    settings.EMAIL_HOST = ""
    assert told in editor.get("/kelola/buletin/").content.decode()
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", "kabar@contoh.id"
    assert told not in editor.get("/kelola/buletin/").content.decode()


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.WRITER])
def test_only_editors_send(site: Mall, role: Role | None):
    a_subscriber()
    an_article()
    browser = Client(HTTP_HOST="barru.localhost")
    browser.force_login(a_user(role))

    assert sent(browser).status_code == 403
    assert browser.get("/kelola/buletin/").status_code == 403
    assert browser.get("/kelola/buletin/pratinjau/").status_code == 403
    assert Issue.objects.count() == 0


def test_a_long_list_of_issues_asks_no_more_questions(
    editor: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
):
    a_subscriber()
    an_article()
    sent(editor)
    with django_assert_max_num_queries(20) as one:
        editor.get("/kelola/buletin/")
        questions = len(one)
    for _issue in range(2):
        an_article()
        sent(editor)
    assert Issue.objects.count() == 3
    with django_assert_num_queries(questions):
        editor.get("/kelola/buletin/")
