"""One's own list of what to bring, as plain values."""

from hypothesis import given
from hypothesis import strategies as st

from gerai.website.checklist import (
    KEY_LENGTH,
    Answer,
    Need,
    answers,
    checklist,
    questions,
)

CARD = Need(1, "KTP-el yang rusak", "KTP-el rusak")
REPORT = Need(2, "surat hilang", "bila KTP-el hilang")
FORM = Need(3, "formulir F-1.02")
COPY = Need(4, "salinan laporan", "KTP-el hilang")
NEEDS = (CARD, REPORT, FORM, COPY)

texts = st.text(max_size=60)
need_lists = st.lists(st.tuples(texts, texts), max_size=8).map(
    lambda told: [Need(key, text, condition) for key, (text, condition) in enumerate(told)]
)


def test_each_condition_is_asked_once_in_the_order_of_the_standard():
    asked = questions(NEEDS)

    assert [(each.key, each.words, each.needs) for each in asked] == [
        ("ktp-el-rusak", "KTP-el rusak", (CARD,)),
        ("ktp-el-hilang", "KTP-el hilang", (REPORT, COPY)),
    ]
    assert asked[1].things == "surat hilang; salinan laporan"


def test_having_a_thing_is_asked_by_the_name_of_the_thing():
    passport, tax = Need(1, "paspor lama", "bila ada"), Need(2, "NPWP", "punya")

    assert [(each.key, each.asks_for) for each in questions([passport, tax])] == [
        ("punya-paspor-lama", "paspor lama"),
        ("punya-npwp", "NPWP"),
    ]


def test_a_remark_asks_nothing_and_stays_in_the_list():
    need = Need(1, "rumus sidik jari", "belum punya: diambil di tempat")

    assert questions([need]) == []
    assert checklist([need], [], {}).sure == (need,)


def test_like_conditions_get_keys_of_their_own():
    asked = questions([Need(1, "a", "WNA?"), Need(2, "b", "wna!"), Need(3, "c", "…")])

    assert [each.key for each in asked] == ["wna", "wna-2", "syarat"]


def test_answers_that_make_no_sense_count_as_none():
    asked = questions(NEEDS)

    told = {"ktp-el-rusak": "mungkin", "ktp-el-hilang": "ya", "lain": "ya"}

    assert answers(asked, told) == {"ktp-el-hilang": Answer.YES}


def test_the_list_holds_what_applies_what_may_and_what_falls_away():
    asked = questions(NEEDS)

    half = checklist(NEEDS, asked, {"ktp-el-hilang": Answer.YES})
    whole = checklist(NEEDS, asked, {"ktp-el-hilang": Answer.NO, "ktp-el-rusak": Answer.YES})

    assert [need.text for need in half.sure] == [
        "surat hilang",
        "formulir F-1.02",
        "salinan laporan",
    ]
    assert {need.condition for need in half.sure} == {""}
    assert (half.unsure, half.spared) == ((CARD,), ())
    assert [need.text for need in whole.sure] == ["KTP-el yang rusak", "formulir F-1.02"]
    assert (whole.unsure, whole.spared) == ((), (REPORT, COPY))


@given(need_lists, st.sampled_from(["", "ya", "tidak"]))
def test_every_need_is_somewhere_exactly_once(needs, answer):
    asked = questions(needs)
    parts = checklist(needs, asked, answers(asked, {each.key: answer for each in asked}))

    assert sorted(
        need.key for part in (parts.sure, parts.unsure, parts.spared) for need in part
    ) == [need.key for need in needs]
    assert len({each.key for each in asked}) == len(asked)
    assert all(len(each.key) <= KEY_LENGTH + 2 for each in asked)
