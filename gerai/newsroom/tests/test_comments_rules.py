"""The table of states, and what makes a comment suspicious."""

import pytest

from gerai.newsroom.states import (
    ARRIVALS,
    GONE,
    MOVES,
    State,
    Verb,
    diagram,
    may_move,
    verbs_from,
)
from gerai.newsroom.suspicion import (
    Suspicion,
    digest,
    has_word,
    plain,
    shouts,
    suspicions_of,
)


def wide(text):
    """Return a text in the wide letters of East Asian typing."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


FRIENDLY = "Terima kasih, KTP-el saya selesai dalam dua puluh menit."


def test_every_verb_arrives_or_moves():
    assert set(ARRIVALS) | set(MOVES) == set(Verb)
    assert set(ARRIVALS) & set(MOVES) == set()


def test_what_is_erased_stays_erased():
    assert verbs_from(State.ERASED) == frozenset()
    assert verbs_from(State.WITHDRAWN) == frozenset({Verb.ERASE})


def test_nothing_that_has_gone_comes_back_to_readers():
    assert [end for state in GONE for end in _ends(state)] == [State.ERASED]


def _ends(state):
    return [moves[state] for moves in MOVES.values() if state in moves]


def test_readers_see_again_only_what_the_newsroom_lets_stand():
    leading = {verb for verb, moves in MOVES.items() if State.PUBLISHED in moves.values()}
    assert leading == {Verb.APPROVE, Verb.KEEP, Verb.REVISE, Verb.EDIT}
    assert [state for state in State if may_move(state, Verb.APPROVE)] == [
        State.HELD,
        State.HIDDEN,
        State.REJECTED,
    ]


def test_the_drawing_shows_every_move():
    drawn = diagram().splitlines()
    assert len(drawn) == 1 + len(ARRIVALS) + sum(map(len, MOVES.values())) + len(GONE)
    assert drawn[1] == "    [*] --> held: send"


def judged(text, *, name="Pembaca", words=(), proven=True, repeated=False):
    return suspicions_of(
        name=name, text=text, blocked_words=words, is_proven=proven, is_repeated=repeated
    )


def test_a_friendly_comment_raises_no_suspicion():
    assert judged(FRIENDLY, words=["judi"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "lihat https://contoh.example",
        "WWW.contoh.example",
        "buka bit.ly/abc",
        "buka situs contoh.COM",
        "contoh\u200b.com",
        wide("www.") + "contoh.example",
    ],
)
def test_a_link_is_suspicious(text):
    assert judged(text) == [Suspicion.LINK]


@pytest.mark.parametrize("text", ["Pukul 08.30 sudah buka.", "Selesai.Terima kasih", "S.Kom."])
def test_a_full_stop_is_no_link(text):
    assert judged(text) == []


def test_a_link_in_the_name_is_suspicious():
    assert judged(FRIENDLY, name="contoh.com") == [Suspicion.LINK]


@pytest.mark.parametrize(
    "text", ["main judi yuk", "JUDI!", wide("judi"), "ju\u200bdi", "jud1", "judi\nonline"]
)
def test_a_blocked_word_is_found_in_disguise(text):
    assert judged(text, words=["judi"]) == [Suspicion.WORD]


def test_a_blocked_word_inside_another_is_none():
    assert has_word("perjudian itu dilarang", ["judi"]) is False


def test_a_blocked_phrase_is_found_over_spaces():
    assert has_word("slot   \n gacor", ["Slot Gacor"]) is True


@pytest.mark.parametrize("word", ["", " ", "\u200b"])
def test_an_empty_word_blocks_nothing(word):
    assert has_word(FRIENDLY, [word]) is False


def test_a_word_with_marks_of_patterns_is_only_a_word():
    assert (has_word("a.c", ["a.c"]), has_word("abc", ["a.c"])) == (True, False)


def test_shouting_needs_many_letters():
    assert shouts("PELAYANANNYA SANGAT LAMBAT SEKALI") is True
    assert shouts("KTP, KK, BPJS, SIM") is False
    assert shouts("123 !!! 456") is False


def test_no_proof_is_suspicious():
    assert judged(FRIENDLY, proven=False) == [Suspicion.NO_PROOF]


def test_a_long_text_repeated_is_suspicious_and_a_short_one_is_not():
    assert judged(FRIENDLY, repeated=True) == [Suspicion.REPEATED]
    assert judged("Terima kasih!", repeated=True) == []


def test_all_suspicions_are_told():
    text = "JUDI ONLINE TERPERCAYA SELALU DI CONTOH.COM"
    found = judged(text, words=["judi"], proven=False, repeated=True)
    assert found == list(Suspicion)


def test_texts_that_look_alike_are_the_same():
    assert digest("Halo  Dunia\n") == digest(wide("halo") + "\u200b dunia")
    assert digest("Halo dunia") != digest("Halo, dunia")
    assert plain("👍🏽") == "👍🏽"
