"""A reader's way: write, see it, change it, report another's."""

import json
from datetime import timedelta

import altcha
import pytest
import time_machine
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from gerai import clock
from gerai.directory.tests.factories import a_mall
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import comments as actions
from gerai.newsroom.models import Comment, CommentReport
from gerai.newsroom.queries.text import article_path
from gerai.newsroom.states import State
from gerai.newsroom.tests.factories import a_comment, an_article, site_rules, taken_back

TEXT = "Pelayanannya ramah dan cepat sekali."


@pytest.fixture
def article(mall):
    site_rules(comment_rule="trust")
    return an_article()


@pytest.fixture
def other_mall(mall):
    """Give the mall "soppeng" an article with a comment."""
    with in_mall(a_mall("soppeng")):
        site_rules(comment_rule="trust")
        article = an_article()
        return article, a_comment(article)


def solved(client):
    """Fetch a form's stamp and sum as challenge.js does, and solve it."""
    told = json.loads(client.get(reverse("comments:begin")).content)
    challenge = altcha.Challenge.from_dict(told["challenge"])
    proof = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()
    return {"stamp": told["stamp"], "proof": proof}


def write(client, article, *, by_script=True, **fields):
    typed = {"name": "Pembaca", "text": TEXT, "website": "", **fields}
    more = solved(client) if by_script else {}
    return client.post(reverse("comments:write", args=[article.pk]), {**more, **typed})


def below(article):
    return Template("{% load comments %}{% comments_of page %}").render(Context({"page": article}))


def own(client, article):
    write(client, article)
    return Comment.objects.get()


def test_a_comment_with_a_solved_sum_is_published_and_the_reader_led_to_it(client, article):
    response = write(client, article)
    comment = Comment.objects.get()
    assert comment.state == State.PUBLISHED
    assert (response.status_code, response.url) == (
        302,
        f"{article_path(article)}#komentar-{comment.pk}",
    )
    assert TEXT in below(article)


def test_without_script_a_comment_waits_and_the_reader_is_thanked(client, article):
    response = write(client, article, by_script=False)
    comment = Comment.objects.get()
    assert (comment.state, comment.suspicions) == (State.HELD, ["no_proof"])
    page = client.get(response.url)
    assert response.url == reverse("comments:comment", args=[comment.pk])
    assert (page.status_code, TEXT in page.content.decode()) == (200, True)
    assert TEXT not in below(article)


def test_the_form_sent_twice_is_one_comment(client, article):
    typed = {"name": "Pembaca", "text": TEXT, **solved(client)}
    answers = [client.post(reverse("comments:write", args=[article.pk]), typed) for _ in "12"]
    assert (Comment.objects.count(), answers[0].url) == (1, answers[1].url)


def test_what_stands_below_an_article_is_the_same_for_every_reader(client, article):
    a_comment(article)
    first = below(article)
    assert first == below(article)
    assert "csrfmiddlewaretoken" not in first
    assert 'name="stamp"><' in first


def test_the_stamp_and_sum_are_fresh_for_everybody_and_kept_by_nobody(client, article):
    first, second = (client.get(reverse("comments:begin")) for _ in "12")
    assert "no-store" in first.headers["Cache-Control"]
    assert first.json()["stamp"] != second.json()["stamp"]
    assert first.json()["challenge"]["signature"] != second.json()["challenge"]["signature"]


def test_a_form_without_a_session_needs_no_token(mall, article):
    strict = Client(HTTP_HOST="barru.localhost", enforce_csrf_checks=True)
    assert write(strict, article).status_code == 302


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://barru.localhost"}, 302),
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "http://jahat.example"}, 403),
        ({"Origin": "http://soppeng.localhost"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://barru.localhost.jahat.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_forms_of_this_site_are_taken(client, article, headers, status):
    response = client.post(
        reverse("comments:write", args=[article.pk]),
        {"name": "Pembaca", "text": TEXT},
        headers=headers,
    )
    assert response.status_code == status
    assert Comment.objects.count() == (status == 302)


def test_errors_show_the_form_again_with_everything_typed(client, article):
    response = write(client, article, name="", text="Tulisan saya yang panjang.")
    page = response.content.decode()
    assert response.status_code == 400
    assert "Tulisan saya yang panjang." in page
    assert "Tuliskan nama Anda." in page
    assert 'name="proof" value=' in page


def test_a_refusal_shows_the_form_again_with_everything_typed(client, article, monkeypatch):
    monkeypatch.setattr(actions, "OF_A_SENDER", 1)
    write(client, article, text="Komentar yang pertama.")
    response = write(client, article)
    assert (response.status_code, TEXT in response.content.decode()) == (429, True)
    assert Comment.objects.count() == 1


def test_what_falls_into_the_trap_is_refused_and_a_person_sees_why(client, article):
    response = write(client, article, website="https://contoh.example")
    page = response.content.decode()
    assert (response.status_code, Comment.objects.count()) == (400, 0)
    assert "Kosongkan isian ini, lalu kirim lagi." in page
    assert "comment-trap" not in page


@pytest.mark.parametrize(
    "name",
    ["Redaksi", "\uff21dmin", "re\u200bdaksi", "Admin MPP", "mpp  barru", " ", "\u200b"],
)
def test_nobody_takes_the_name_of_the_newsroom_or_none(client, article, name):
    assert write(client, article, name=name).status_code == 400
    assert Comment.objects.count() == 0


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_hostile_words_are_shown_as_words(client, article):
    write(client, article, text=SCRIPT, name="<b>Pembaca</b>")
    page = below(article)
    assert Comment.objects.get().text == SCRIPT
    assert (SCRIPT in page, "<b>Pembaca</b>" in page) == (False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_ten_thousand_letters_are_too_many_and_not_lost(client, article):
    response = write(client, article, text="a" * 10_000)
    assert (response.status_code, "a" * 10_000 in response.content.decode()) == (400, True)
    assert Comment.objects.count() == 0


def test_pictures_for_letters_are_kept_whole(client, article):
    family = "👨\u200d👩\u200d👧 terima kasih 🙏🏽"
    write(client, article, text=family)
    assert Comment.objects.get().text == family


def test_unseen_letters_are_left_out(client, article):
    write(client, article, text="Satu\u202e dua\x07\r\n\r\n\r\n\r\ntiga\tempat")
    assert Comment.objects.get().text == "Satu dua\n\ntiga empat"


@pytest.mark.parametrize("field", ["name", "text", "stamp", "proof", "website", "answers"])
@pytest.mark.parametrize("value", ["%00", "a%00b", "%ED%A0%80", "%FF%FE", "%F0%9F"])
def test_null_and_broken_letters_break_nothing(client, article, field, value):
    typed = {"name": "Pembaca", "text": "Contoh", field: value}
    body = "&".join(f"{name}={each}" for name, each in typed.items())
    address = reverse("comments:write", args=[article.pk])
    sent = client.post(address, body, content_type="application/x-www-form-urlencoded")
    assert sent.status_code in {302, 400}


@pytest.mark.parametrize("answers", ["0", "-1", "1.5", "x", "9" * 30, "[]"])
def test_a_senseless_comment_to_answer_is_refused(client, article, answers):
    assert write(client, article, answers=answers).status_code == 400
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("answers", ["", "x", "9" * 30, "999", "\u0663"])
def test_the_form_opens_whatever_it_is_told_to_answer(client, article, answers):
    page = client.get(reverse("comments:write", args=[article.pk]), {"balas": answers})
    assert page.status_code == 200


def test_an_answer_is_written_with_the_comment_in_sight(client, article):
    above = a_comment(article)
    page = client.get(reverse("comments:write", args=[article.pk]), {"balas": above.pk})
    assert above.text in page.content.decode()
    write(client, article, answers=above.pk)
    assert Comment.objects.get(parent=above).text == TEXT


def test_an_answer_to_what_has_gone_keeps_the_words(client, article):
    above = a_comment(article, state=State.HIDDEN)
    response = write(client, article, answers=above.pk)
    assert (response.status_code, TEXT in response.content.decode()) == (409, True)


def test_a_closed_article_shows_no_form(client, mall):
    article = an_article(takes_comments=False)
    assert "<form" not in below(article)
    assert client.get(reverse("comments:write", args=[article.pk])).status_code == 409
    assert write(client, article).status_code == 409


def test_an_article_taken_back_is_not_there(client, article):
    comment = a_comment(article)
    taken_back(article)
    for name, key in (("write", article.pk), ("comment", comment.pk), ("report", comment.pk)):
        assert client.get(reverse(f"comments:{name}", args=[key])).status_code == 404


def test_every_door_is_shut_for_another_malls_comment(client, article, other_mall):
    foreign_article, foreign = other_mall
    assert client.get(reverse("comments:write", args=[foreign_article.pk])).status_code == 404
    assert write(client, foreign_article).status_code == 404
    assert write(client, article, answers=foreign.pk).status_code == 409
    for name in ("comment", "revise", "withdraw", "report"):
        address = reverse(f"comments:{name}", args=[foreign.pk])
        assert client.get(address).status_code == 404
        if name != "comment":
            sent = {"reason": "rude", "name": "A", "text": "B"}
            assert client.post(address, sent).status_code == 404
    assert Comment.objects.everywhere().count() == 1
    assert CommentReport.objects.everywhere().count() == 0


@pytest.mark.parametrize("key", [0, 999_999, 10**30])
def test_an_unknown_comment_is_not_found(client, article, key):
    for name in ("write", "comment", "revise", "withdraw", "report"):
        assert client.get(f"/komentar/{key}/").status_code == 404
        assert client.get(reverse(f"comments:{name}", args=[key])).status_code == 404


# One's own comment


def test_the_browser_that_sent_it_changes_and_withdraws_it(client, article):
    comment = own(client, article)
    page = client.get(reverse("comments:comment", args=[comment.pk])).content.decode()
    assert reverse("comments:revise", args=[comment.pk]) in page
    address = reverse("comments:revise", args=[comment.pk])
    assert TEXT in client.get(address).content.decode()
    response = client.post(address, {"name": "Pembaca", "text": "Kalimat kedua."})
    assert response.url == f"{article_path(article)}#komentar-{comment.pk}"
    assert "diubah penulisnya" in below(article)
    address = reverse("comments:withdraw", args=[comment.pk])
    assert client.get(address).status_code == 200
    assert Comment.objects.get().state == State.PUBLISHED
    assert client.post(address).status_code == 302
    assert Comment.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("name", ["revise", "withdraw"])
def test_no_other_browser_does(client, article, name):
    comment = own(client, article)
    stranger = Client(HTTP_HOST="barru.localhost")
    address = reverse(f"comments:{name}", args=[comment.pk])
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"name": "A", "text": "B"}).status_code == 404
    assert Comment.objects.get().text == TEXT


def test_the_cookie_of_one_comment_opens_no_other(client, article):
    own(client, article)
    other = a_comment(article)
    cookie = client.cookies["gerai_comment"].value
    thief = Client(HTTP_HOST="barru.localhost", headers={"Cookie": f"gerai_comment={cookie}"})
    assert thief.get(reverse("comments:revise", args=[other.pk])).status_code == 404


def test_the_cookie_is_kept_from_scripts_and_goes_to_its_comment_only(client, article):
    comment = own(client, article)
    cookie = client.cookies["gerai_comment"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        "Lax",
        f"/komentar/{comment.pk}/",
    )


def test_the_same_words_from_another_browser_give_no_cookie(client, article):
    write(client, article, by_script=False)
    other = Client(HTTP_HOST="barru.localhost")
    write(other, article, by_script=False)
    assert (Comment.objects.count(), "gerai_comment" in other.cookies) == (1, False)


def test_after_the_minutes_the_words_typed_are_not_lost_silently(client, article):
    comment = own(client, article)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        address = reverse("comments:revise", args=[comment.pk])
        assert client.get(address).status_code == 409
        assert client.post(address, {"name": "A", "text": "B"}).status_code == 409


def test_others_are_led_to_a_published_comment_and_see_no_held_one(client, article):
    shown, held = a_comment(article), a_comment(article, state=State.HELD)
    response = client.get(reverse("comments:comment", args=[shown.pk]))
    assert response.url == f"{article_path(article)}#komentar-{shown.pk}"
    assert client.get(reverse("comments:comment", args=[held.pk])).status_code == 404


@pytest.mark.parametrize("state", list(State))
def test_a_reader_sees_what_became_of_their_comment(client, article, state):
    comment = own(client, article)
    Comment.objects.update(state=state)
    page = client.get(reverse("comments:comment", args=[comment.pk]))
    assert page.status_code == 200
    assert (TEXT in page.content.decode()) is (state in {State.HELD, State.PUBLISHED})


# Reports


def test_a_browser_reports_once(client, article):
    comment = a_comment(article)
    address = reverse("comments:report", args=[comment.pk])
    assert client.get(address).status_code == 200
    for reason in ("rude", "spam"):
        assert client.post(address, {"reason": reason}).status_code == 200
    assert CommentReport.objects.get().reason == "rude"


def test_a_browser_without_cookies_reports_once(article):
    address = reverse("comments:report", args=[a_comment(article).pk])
    for _ in "12":
        bare = Client(HTTP_HOST="barru.localhost", headers={"User-Agent": "contoh"})
        bare.post(address, {"reason": "rude"})
    assert CommentReport.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "x", "\x00"])
def test_a_report_needs_a_known_reason(client, article, reason):
    address = reverse("comments:report", args=[a_comment(article).pk])
    assert client.post(address, {"reason": reason}).status_code == 400
    assert CommentReport.objects.count() == 0


def test_readers_see_the_marks_of_the_newsroom(client, article):
    above = a_comment(article, edited_by_desk=True, revision=1)
    a_comment(article, parent=above, is_from_desk=True, name="Redaksi")
    page = below(article)
    assert (page.count("disunting redaksi"), page.count("Jawaban redaksi")) == (1, 1)


def test_a_thread_costs_the_same_however_long_it_is(article, django_assert_num_queries):
    for _ in range(3):
        a_comment(article, parent=a_comment(article))
    with django_assert_num_queries(3):
        below(article)
    for _ in range(5):
        a_comment(article, parent=a_comment(article))
    with django_assert_num_queries(3):
        below(article)
