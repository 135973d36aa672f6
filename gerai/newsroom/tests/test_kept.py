"""Kept pages: made once, never old, everybody's own copy, nobody's private page."""

import gzip

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gerai.directory.actions.standards import change_service
from gerai.directory.tests.factories import a_mall, a_service, a_user
from gerai.live.kept import LONGEST_QUERY
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import moderation
from gerai.newsroom.actions.sites import set_rules
from gerai.newsroom.kept import kept
from gerai.newsroom.models import CommentRule, MallSite
from gerai.newsroom.tests.editing import desk_of, somebody
from gerai.newsroom.tests.factories import a_comment, an_article, an_open_site, taken_back
from gerai.people import audit
from gerai.people.roles import Role

# To find the mall, the version of its site, and whether its services have changed.
FEWEST = 3


def asked(client, path="/berita/", **extra):
    """Return an answer and how many questions the database was asked for it."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path, **extra)
    return answer, len(queries)


def text(answer):
    return answer.content.decode()


@pytest.fixture
def story(mall):
    return an_article(title="Zamrud", tag_line="batu")


def test_a_change_of_the_directory_is_seen_at_the_next_request(client, story):
    service = a_service()
    assert "Zamrud hijau" not in text(client.get("/data/hsds.json"))
    change_service(service, code=service.code, name="Zamrud hijau", by=audit.SYSTEM)
    assert "Zamrud hijau" in text(client.get("/data/hsds.json"))


# Made once


def test_a_second_reader_gets_what_was_made_for_the_first(client, story):
    first, many = asked(client)
    second, few = asked(Client(HTTP_HOST="barru.localhost"))
    assert (second.content, few) == (first.content, FEWEST)
    assert many > few
    assert first.headers["Content-Type"] == second.headers["Content-Type"]
    assert second["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/berita/",
        "/berita/kegiatan/",
        "/berita/topik/batu/",
        "/berita/atom.xml",
        "/berita/rss.xml",
        "/berita/feed.json",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-berita.xml",
        "/data/hsds.json",
        "/data/layanan.ttl",
        "/data/layanan.jsonld",
    ],
)
def test_pages_lists_feeds_and_maps_are_kept(client, story, path):
    asked(client, path)
    assert asked(client, path)[1] == FEWEST


def test_a_story_is_kept(client, story):
    path = f"/berita/kegiatan/{story.slug}/"
    asked(client, path)
    answer, few = asked(client, path)
    assert (few, text(answer).count("Zamrud") > 0) == (FEWEST, True)


def test_a_question_for_the_head_only_is_answered_without_a_body(client, story):
    whole = client.get("/berita/")
    head = client.head("/berita/")
    assert (head.content, head["ETag"]) == (b"", whole["ETag"])


# Still true?


def test_a_browser_that_has_it_is_told_so(client, story):
    mark = client.get("/berita/")["ETag"]
    again = client.get("/berita/", headers={"if-none-match": mark})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
    other = client.get("/berita/", headers={"if-none-match": 'W/"lain"'})
    assert (other.status_code, other["ETag"]) == (200, mark)


def test_a_browser_with_an_old_copy_gets_the_new_one(client, story):
    mark = client.get("/berita/")["ETag"]
    an_article(title="Rubi")
    answer = client.get("/berita/", headers={"if-none-match": mark})
    assert (answer.status_code, answer["ETag"] != mark) == (200, True)


def test_a_compressed_copy_keeps_its_mark(client, story):
    plain = client.get("/berita/")
    small = client.get("/berita/", headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    again = client.get(
        "/berita/", headers={"accept-encoding": "gzip", "if-none-match": small["ETag"]}
    )
    assert again.status_code == 304


# Never old


def test_a_new_story_is_seen_at_the_next_request(client, story):
    assert "Rubi" not in text(client.get("/berita/"))
    an_article(title="Rubi")
    assert "Rubi" in text(client.get("/berita/"))


def test_a_changed_story_is_seen_at_the_next_request(client, story):
    path = f"/berita/kegiatan/{story.slug}/"
    assert "Zamrud" in text(client.get(path))
    story.title = "Rubi"
    story.save_revision().publish()
    assert ("Rubi" in text(client.get(path)), "Zamrud" in text(client.get(path))) == (True, False)


def test_a_story_taken_back_is_gone_at_the_next_request(client, story):
    path = f"/berita/kegiatan/{story.slug}/"
    assert client.get(path).status_code == 200
    taken_back(story)
    assert client.get(path).status_code == 404
    assert "Zamrud" not in text(client.get("/berita/"))


def test_a_comment_is_seen_and_hidden_at_the_next_request(client, story):
    path = f"/berita/kegiatan/{story.slug}/"
    by = audit.Actor.person(a_user(Role.EDITOR))
    comment = a_comment(story, state="held", text="Kata warga.")
    assert "Kata warga." not in text(client.get(path))
    moderation.approve(comment, seen=comment.revision, by=by)
    assert "Kata warga." in text(client.get(path))
    comment.refresh_from_db()
    moderation.hide(comment, seen=comment.revision, by=by)
    assert "Kata warga." not in text(client.get(path))


def test_a_changed_rule_is_seen_at_the_next_request(client, story):
    path = f"/berita/kegiatan/{story.slug}/"
    before = text(client.get(path))
    set_rules(
        needs_second_person=True,
        comment_rule=CommentRule.CLOSED,
        comments_close_after_days=0,
        comment_edit_minutes=0,
        by=audit.SYSTEM,
    )
    assert text(client.get(path)) != before


def test_another_name_of_the_mall_is_seen_at_the_next_request(client, story, mall):
    asked(client)
    mall.name = "MPP Bernama Lain"
    mall.save()
    assert "MPP Bernama Lain" in text(client.get("/berita/"))


def test_a_change_in_another_mall_keeps_our_pages(client, story):
    asked(client)
    with in_mall(a_mall("parepare")):
        an_article()
    answer, few = asked(client)
    assert (few, "Zamrud" in text(answer)) == (FEWEST, True)


def test_a_page_is_kept_ten_minutes(client, story, time_machine):
    time_machine.move_to("2026-03-02T01:00:00+00:00", tick=False)
    MallSite.objects.update(version=99)
    asked(client)
    time_machine.move_to("2026-03-02T01:09:59+00:00", tick=False)
    assert asked(client)[1] == FEWEST
    time_machine.move_to("2026-03-02T01:10:01+00:00", tick=False)
    assert asked(client)[1] > FEWEST


# A copy of one's own


@pytest.mark.parametrize(
    "cookies",
    [
        {"django_language": "en"},
        {"gerai_theme": "dark"},
        {"gerai_text": "large"},
        {"gerai_keys": "off"},
    ],
)
def test_what_a_reader_chose_has_a_copy_of_its_own(client, story, cookies):
    plain, _ = asked(client)
    chosen = Client(HTTP_HOST="barru.localhost")
    chosen.cookies.load(cookies)
    own, many = asked(chosen)
    assert (own.content != plain.content or "gerai_keys" in cookies, many > FEWEST) == (True, True)
    assert asked(chosen)[1] == FEWEST
    assert asked(client)[0].content == plain.content


@pytest.mark.parametrize("cookies", [{"gerai_theme": "pink"}, {"lain": "x"}])
def test_what_means_nothing_shares_the_copy(client, story, cookies):
    asked(client)
    odd = Client(HTTP_HOST="barru.localhost")
    odd.cookies.load(cookies)
    assert asked(odd)[1] == FEWEST


def test_each_host_and_each_query_has_a_copy_of_its_own(client, story):
    asked(client)
    for path, host in (
        ("/berita/?hal=2", "barru.localhost"),
        ("/berita/", "barru.localhost:8000"),
        ("/berita/", "barru.contoh.id"),
    ):
        assert asked(client, path, HTTP_HOST=host)[1] > FEWEST
        assert asked(client, path, HTTP_HOST=host)[1] == FEWEST
    assert asked(client)[1] == FEWEST


def test_each_mall_has_a_copy_of_its_own(client, story):
    with in_mall(a_mall("parepare")):
        an_article(title="Seberang")
    here = text(client.get("/berita/"))
    there = text(client.get("/berita/", HTTP_HOST="parepare.localhost"))
    assert [word in page for page in (here, there) for word in ("Zamrud", "Seberang")] == [
        True,
        False,
        False,
        True,
    ]


# Nobody's private page


def test_somebody_signed_in_gets_a_page_of_their_own(client, story):
    asked(client)
    desk = desk_of(somebody("redaktur", Role.EDITOR))
    for _ in range(2):
        answer, many = asked(desk)
        assert (many > FEWEST, "redaktur" in text(answer)) == (True, True)
    assert "redaktur" not in text(client.get("/berita/"))


def test_somebody_with_a_message_gets_a_page_of_their_own(client, story):
    asked(client)
    told = Client(HTTP_HOST="barru.localhost")
    told.cookies["messages"] = "x"
    assert asked(told)[1] > FEWEST


def test_a_very_long_query_is_not_kept(client, story):
    long, longer = (f"/berita/?x={'a' * (LONGEST_QUERY - 2 + more)}" for more in (0, 1))
    for path, questions in ((long, True), (longer, False)):
        asked(client, path)
        assert (asked(client, path)[1] == FEWEST) is questions


def test_what_is_not_found_is_not_kept(client, story):
    for _ in range(2):
        answer, many = asked(client, "/berita/tiada/")
        assert (answer.status_code, many > FEWEST) == (404, True)
        assert "ETag" not in answer


def test_a_mall_without_a_site_keeps_nothing(client, mall):
    for _ in range(2):
        answer, _many = asked(client, "/berita/")
        assert (answer.status_code, "ETag" in answer) == (200, False)


@pytest.mark.parametrize("kind", ["cookie", "stream", "refusal", "post"])
def test_what_is_for_one_reader_only_is_made_anew(rf, mall, kind):
    an_open_site()
    made = []

    @kept
    def view(request):
        made.append(request)
        if kind == "stream":
            return StreamingHttpResponse(["a"])
        response = HttpResponse("a", status=403 if kind == "refusal" else 200)
        if kind == "cookie":
            response.set_cookie("a", "b")
        return response

    for _ in range(2):
        request = (rf.post if kind == "post" else rf.get)("/x/", HTTP_HOST="barru.localhost")
        assert "ETag" not in view(request)
    assert len(made) == 2


def test_an_answer_without_a_cookie_is_made_once(rf, mall):
    an_open_site()
    made = []

    @kept
    def view(request):
        """Say a."""
        made.append(request)
        return HttpResponse("a", content_type="text/plain")

    for _ in range(2):
        answer = view(rf.get("/x/", HTTP_HOST="barru.localhost"))
        assert (answer.content, answer["Content-Type"]) == (b"a", "text/plain")
    assert (len(made), view.__doc__) == (1, "Say a.")
    caches["pages"].clear()
    view(rf.get("/x/", HTTP_HOST="barru.localhost"))
    assert len(made) == 2
