"""The newsroom reads, publishes, answers; two at once; nothing of another mall."""

import pytest
from django.test import Client
from django.urls import reverse

from gerai.directory.tests.factories import a_mall, a_user
from gerai.malls.scope import in_mall
from gerai.newsroom.actions import moderation as actions
from gerai.newsroom.actions.comments import CannotAnswer
from gerai.newsroom.actions.moderation import CommentChanged
from gerai.newsroom.models import (
    BlockedSender,
    BlockedWord,
    Comment,
    CommentReport,
    EarlierText,
    MallSite,
)
from gerai.newsroom.queries import comments as queries
from gerai.newsroom.states import State, Verb, may_move
from gerai.newsroom.tests.factories import a_comment, an_article
from gerai.people.audit import Actor
from gerai.people.models import Deed
from gerai.people.roles import Role

ERASED = "[dihapus atas permintaan]"


@pytest.fixture
def article(mall):
    return an_article()


@pytest.fixture
def editor(mall):
    return a_user(Role.EDITOR)


@pytest.fixture
def by(editor):
    return Actor.person(editor)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def version():
    return MallSite.objects.get().version


def state_of(comment):
    return Comment.objects.get(pk=comment.pk).state


# Each decision, and who is faster

DECISIONS = {
    Verb.APPROVE: lambda c, seen, by: actions.approve(c, seen=seen, by=by),
    Verb.KEEP: lambda c, seen, by: actions.keep(c, seen=seen, by=by),
    Verb.REJECT: lambda c, seen, by: actions.reject(c, seen=seen, reason="Contoh", by=by),
    Verb.HIDE: lambda c, seen, by: actions.hide(c, seen=seen, by=by),
    Verb.EDIT: lambda c, seen, by: actions.edit(c, text="Baru.", seen=seen, by=by),
}


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("verb", list(DECISIONS))
def test_a_decision_moves_only_as_the_table_says(article, by, verb, state):
    comment = a_comment(article, state=state)
    if may_move(state, verb):
        DECISIONS[verb](comment, 0, by)
        deed = Deed.objects.get(thing=f"comment:{comment.pk}")
        assert (deed.verb, deed.by, deed.detail) == (f"newsroom.{verb}_comment", by.user, {})
    else:
        with pytest.raises(CommentChanged):
            DECISIONS[verb](comment, 0, by)
        assert (state_of(comment), Deed.objects.filter(verb__endswith="_comment").count()) == (
            state,
            0,
        )


@pytest.mark.parametrize("verb", list(DECISIONS))
def test_a_decision_on_words_that_changed_meanwhile_is_none(article, by, verb):
    start = State.PUBLISHED if verb in {Verb.KEEP, Verb.HIDE} else State.HELD
    comment = a_comment(article, state=start)
    Comment.objects.update(revision=1)
    with pytest.raises(CommentChanged):
        DECISIONS[verb](comment, 0, by)
    assert (state_of(comment), EarlierText.objects.count()) == (start, 0)


@pytest.mark.parametrize("first", [Verb.APPROVE, Verb.REJECT, Verb.EDIT])
@pytest.mark.parametrize("second", [Verb.APPROVE, Verb.REJECT, Verb.EDIT])
def test_of_two_moderators_the_slower_is_told(article, by, first, second):
    held = a_comment(article, state=State.HELD)
    mine, theirs = (Comment.objects.get(pk=held.pk) for _ in "12")
    DECISIONS[first](mine, 0, by)
    after = Comment.objects.values().get()
    with pytest.raises(CommentChanged):
        DECISIONS[second](theirs, 0, by)
    assert Comment.objects.values().get() == after


def test_what_is_approved_is_seen_at_once(article, by):
    comment = a_comment(article, state=State.HELD)
    before = version()
    actions.approve(comment, seen=0, by=by)
    assert [entry.comment for entry in queries.thread_of(article).entries] == [comment]
    assert (version(), Comment.objects.get().published_at is not None) == (before + 1, True)


def test_what_is_rejected_was_never_seen_and_makes_no_page_anew(article, by):
    comment = a_comment(article, state=State.HELD)
    before = version()
    actions.reject(comment, seen=0, reason="Iklan", by=by)
    assert (version(), Comment.objects.get().reason) == (before, "Iklan")


def test_hiding_takes_the_answers_along_and_approving_brings_them_back(article, by):
    comment = a_comment(article)
    answer = a_comment(article, parent=comment)
    actions.hide(comment, seen=0, by=by)
    assert queries.thread_of(article).count == 0
    actions.approve(Comment.objects.get(pk=comment.pk), seen=0, by=by)
    assert queries.thread_of(article).entries[0].answers == [answer]


def test_reports_are_read_with_the_decision(article, by):
    comment = a_comment(article, reports_unread=1)
    CommentReport.objects.create(
        mall=comment.mall, comment=comment, browser="b", reason="rude", at=comment.sent_at
    )
    assert queries.waiting_count() == 1
    actions.keep(comment, seen=0, by=by)
    assert queries.waiting_count() == 0
    assert CommentReport.objects.get().read_at is not None


def test_an_edit_is_shown_as_one_and_the_words_before_are_kept(article, by):
    comment = a_comment(article, text="Kata yang kasar.")
    actions.edit(comment, text="Kata yang sopan.", seen=0, by=by)
    comment = Comment.objects.get()
    assert (comment.text, comment.edited_by_desk, comment.revision) == ("Kata yang sopan.", True, 1)
    earlier = EarlierText.objects.get()
    assert (earlier.text, earlier.revision, earlier.replaced_by) == ("Kata yang kasar.", 0, by.user)


def test_every_edit_adds_to_what_was(article, by):
    a_comment(article, text="Satu.")
    for n, text in enumerate(["Dua.", "Tiga."]):
        actions.edit(Comment.objects.get(), text=text, seen=n, by=by)
    texts = EarlierText.objects.order_by("revision").values_list("revision", "text")
    assert list(texts) == [(0, "Satu."), (1, "Dua.")]


def test_the_newsroom_answers_below_the_comment_even_an_answer(article, by):
    above = a_comment(article)
    reader = a_comment(article, parent=above)
    written = actions.answer(reader, text="Terima kasih.", key="k" * 20, by=by)
    assert (written.parent, written.name, written.is_from_desk, written.state) == (
        above,
        "Redaksi",
        True,
        State.PUBLISHED,
    )


def test_the_same_answer_twice_is_one(article, by):
    above = a_comment(article)
    written = [actions.answer(above, text="Terima kasih.", key="k" * 20, by=by) for _ in "12"]
    assert (written[0], Comment.objects.count()) == (written[1], 2)


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_readers_do_not_see_is_not_answered(article, by, state):
    with pytest.raises(CannotAnswer):
        actions.answer(a_comment(article, state=state), text="A", key="k" * 20, by=by)


def test_erasing_leaves_nothing_of_a_person(article, by):
    comment = a_comment(article, name="Nama Contoh", text="Rahasia semula.", stamp="s" * 20)
    actions.edit(comment, text="Rahasia kedua.", seen=0, by=by)
    answer = a_comment(article, parent=comment)
    before = version()
    actions.erase(Comment.objects.get(pk=comment.pk), by=by)
    gone = Comment.objects.get(pk=comment.pk)
    assert (gone.state, gone.name, gone.text) == (State.ERASED, ERASED, ERASED)
    assert (gone.digest, gone.sender, gone.stamp, gone.reason) == ("", "", None, "")
    assert (EarlierText.objects.count(), version()) == (0, before + 1)
    deed = Deed.objects.get(verb="newsroom.erase_comment")
    assert (deed.thing, deed.detail) == (f"comment:{comment.pk}", {})
    found = [
        row
        for model in (Comment, EarlierText, Deed, CommentReport)
        for row in model.objects.values()
        if "Rahasia" in str(row) or "Nama Contoh" in str(row)
    ]
    assert found == []
    thread = queries.thread_of(article)
    assert [(e.comment.state, e.answers) for e in thread.entries] == [(State.ERASED, [answer])]


def test_what_was_never_published_does_not_come_to_light_by_erasing(article, by):
    held = a_comment(article, state=State.HELD)
    actions.erase(held, by=by)
    assert queries.thread_of(article).entries == []


def test_a_word_is_kept_once_however_it_is_written(mall, by):
    for word in ("Slot  Gacor", "slot gacor", "SLOT GACOR"):
        actions.add_word(word, by=by)
    assert queries.blocked_words() == ["slot gacor"]


def test_a_sender_is_blocked_once(article, by):
    comment = a_comment(article)
    assert actions.block(comment, by=by) == actions.block(comment, by=by)
    assert BlockedSender.objects.count() == 1


# Pages


def test_only_moderators_enter(mall, client):
    for role, status in ((Role.OFFICER, 403), (Role.WRITER, 403), (Role.EDITOR, 200)):
        client.force_login(a_user(role))
        assert client.get(reverse("moderation:home")).status_code == status
    client.logout()
    assert client.get(reverse("moderation:home")).status_code == 302


def test_an_empty_desk_says_so(desk, article):
    page = desk.get(reverse("moderation:home")).content.decode()
    assert "Semua komentar sudah dibaca" in page


def test_what_waits_longest_stands_first_with_why(desk, article):
    a_comment(article, state=State.HELD, name="Kedua", suspicions=["link"])
    first = a_comment(article, state=State.HELD, name="Pertama", suspicions=["no_proof"])
    Comment.objects.filter(pk=first.pk).update(sent_at="2026-01-01T00:00:00Z")
    page = desk.get(reverse("moderation:home")).content.decode()
    assert page.index("Pertama") < page.index("Kedua")
    assert (page.count("memuat tautan"), page.count("tanpa bukti kerja peramban")) == (1, 1)
    assert article.title in page
    assert page.count("<kbd>S</kbd>") == 1


@pytest.mark.parametrize(
    ("tab", "state"),
    [("terbit", State.PUBLISHED), ("tersembunyi", State.HIDDEN), ("ditolak", State.REJECTED)],
)
def test_each_tab_shows_its_own(desk, article, tab, state):
    for each in State:
        a_comment(article, state=each, name=f"Pengirim {each}")
    page = desk.get(reverse("moderation:home"), {"lihat": tab})
    assert [comment.name for comment in page.context["page"]] == [f"Pengirim {state}"]


@pytest.mark.parametrize("query", [{"hal": "x"}, {"hal": "9" * 30}, {"lihat": "x"}, {"hal": "-1"}])
def test_a_senseless_page_is_the_nearest(desk, article, query):
    assert desk.get(reverse("moderation:home"), query).status_code == 200


@pytest.mark.parametrize("state", list(State))
def test_a_comment_is_shown_in_every_state(desk, article, by, state):
    comment = a_comment(article, state=state, parent=a_comment(article))
    page = desk.get(reverse("moderation:comment", args=[comment.pk]))
    assert page.status_code == 200


def test_the_buttons_do_what_they_say(desk, article):
    comment = a_comment(article, state=State.HELD)
    for name, more, state in (
        ("approve", {"seen": 0}, State.PUBLISHED),
        ("edit", {"seen": 0, "text": "Disunting."}, State.PUBLISHED),
        ("answer", {"text": "Jawaban.", "key": "k" * 20}, State.PUBLISHED),
        ("hide", {"seen": 1}, State.HIDDEN),
        ("reject", {"seen": 1, "reason": "Contoh alasan"}, State.REJECTED),
        ("approve", {"seen": 1}, State.PUBLISHED),
        ("block", {}, State.PUBLISHED),
        ("erase", {}, State.ERASED),
    ):
        address = reverse(f"moderation:{name}", args=[comment.pk])
        assert desk.post(address, more).status_code == 302
        assert state_of(comment) == state
    assert Comment.objects.get(parent=comment).text == "Jawaban."
    assert BlockedSender.objects.count() == 1


def test_the_slower_of_two_moderators_reads_why(desk, article):
    comment = a_comment(article, state=State.HELD)
    address = reverse("moderation:approve", args=[comment.pk])
    desk.post(address, {"seen": 0})
    page = desk.post(address, {"seen": 0}, follow=True)
    assert "baru saja ditangani orang lain" in page.content.decode()


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "\x00"])
@pytest.mark.parametrize(
    ("name", "state"),
    [("approve", State.HELD), ("keep", State.PUBLISHED), ("hide", State.PUBLISHED)],
)
def test_nothing_is_decided_without_having_read(desk, article, name, state, seen):
    comment = a_comment(article, state=state, reports_unread=1)
    answer = desk.post(reverse(f"moderation:{name}", args=[comment.pk]), {"seen": seen})
    left = Comment.objects.get(pk=comment.pk)
    assert (answer.status_code, left.state, left.reports_unread) == (409, state, 1)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("reject", {"seen": 0, "reason": ""}),
        ("reject", {"seen": 0, "reason": "a" * 301}),
        ("edit", {"seen": 0, "text": ""}),
        ("edit", {"seen": 0, "text": "\u200b"}),
        ("edit", {"seen": 0, "text": "a\x00"}),
        ("answer", {"text": "", "key": "k" * 20}),
        ("answer", {"text": "A", "key": "k"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(desk, article, name, sent):
    comment = a_comment(article, state=State.HELD)
    page = desk.post(reverse(f"moderation:{name}", args=[comment.pk]), sent)
    assert (page.status_code, state_of(comment)) == (400, State.HELD)


def test_several_are_published_at_once_but_for_those_that_changed(desk, article):
    good, changed, done = (a_comment(article, state=State.HELD) for _ in "123")
    chosen = [f"{comment.pk}.0" for comment in (good, changed, done)]
    Comment.objects.filter(pk=changed.pk).update(revision=1)
    Comment.objects.filter(pk=done.pk).update(state=State.REJECTED, revision=1)
    page = desk.post(reverse("moderation:approve_several"), {"chosen": chosen}, follow=True)
    assert [state_of(comment) for comment in (good, changed, done)] == [
        State.PUBLISHED,
        State.HELD,
        State.REJECTED,
    ]
    assert "1 komentar diterbitkan." in page.content.decode()


@pytest.mark.parametrize(
    "chosen", [[], ["x"], ["1"], ["1.x"], [f"{'9' * 30}.0"], ["1.0.0"], ["\x00"], ["0.0"]]
)
def test_senseless_choices_publish_nothing(desk, article, chosen):
    comment = a_comment(article, state=State.HELD)
    answer = desk.post(reverse("moderation:approve_several"), {"chosen": chosen})
    assert (answer.status_code, state_of(comment)) == (302, State.HELD)


def test_words_are_added_and_removed(desk, mall):
    address = reverse("moderation:add_word")
    assert desk.post(address, {"word": "Judi"}).status_code == 302
    assert [desk.post(address, {"word": word}).status_code for word in ("", "\u200b")] == [400, 400]
    assert "judi" in desk.get(reverse("moderation:blocked")).content.decode()
    word = BlockedWord.objects.get()
    assert desk.post(reverse("moderation:remove_word", args=[word.pk])).status_code == 302
    assert BlockedWord.objects.count() == 0


def test_a_block_is_lifted(desk, article, by):
    blocked = actions.block(a_comment(article), by=by)
    page = desk.get(reverse("moderation:blocked")).content.decode()
    assert ("Cabut" in page, blocked.sender in page) == (True, False)
    desk.post(reverse("moderation:unblock", args=[blocked.pk]))
    assert BlockedSender.objects.count() == 0


def test_nothing_of_another_mall_is_reached_by_any_door(desk, article, by):
    with in_mall(a_mall("soppeng")):
        foreign = a_comment(an_article(), state=State.HELD)
        word = actions.add_word("judi", by=by)
        blocked = actions.block(foreign, by=by)
        before = Comment.objects.values().get()
    everything = {"seen": 0, "reason": "A", "text": "B", "key": "k" * 20}
    statuses = {
        name: desk.post(reverse(f"moderation:{name}", args=[foreign.pk]), everything).status_code
        for name in ("approve", "keep", "hide", "reject", "edit", "answer", "erase", "block")
    }
    assert set(statuses.values()) == {404}
    unread = {
        name: desk.post(reverse(f"moderation:{name}", args=[foreign.pk])).status_code
        for name in ("approve", "keep", "hide", "reject", "edit", "answer")
    }
    assert set(unread.values()) == {404}
    assert desk.get(reverse("moderation:comment", args=[foreign.pk])).status_code == 404
    assert desk.post(reverse("moderation:remove_word", args=[word.pk])).status_code == 404
    assert desk.post(reverse("moderation:unblock", args=[blocked.pk])).status_code == 404
    desk.post(reverse("moderation:approve_several"), {"chosen": [f"{foreign.pk}.0"]})
    assert list(desk.get(reverse("moderation:home")).context["page"]) == []
    with in_mall(foreign.mall):
        assert Comment.objects.values().get() == before
        assert (BlockedWord.objects.count(), BlockedSender.objects.count()) == (1, 1)


def test_moderators_forms_need_the_token_of_their_session(editor, article):
    strict = Client(HTTP_HOST="barru.localhost", enforce_csrf_checks=True)
    strict.force_login(editor)
    comment = a_comment(article, state=State.HELD)
    answer = strict.post(reverse("moderation:approve", args=[comment.pk]), {"seen": 0})
    assert (answer.status_code, state_of(comment)) == (403, State.HELD)


def test_the_list_costs_the_same_however_long_it_is(desk, article, django_assert_max_num_queries):
    for _ in range(12):
        a_comment(article, state=State.HELD, parent=a_comment(article))
    with django_assert_max_num_queries(14):
        desk.get(reverse("moderation:home"))
