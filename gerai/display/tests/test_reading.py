"""What is read out of a page: order, keys, words, languages; and that the page stays as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerai.display.reading import LONGEST_PIECE, Heard, heard, said

PAGE = """<main>
  <h1>Anda perlu apa?</h1>
  <nav data-gerai-unheard><a href="?huruf=A">A</a></nav>
  <ul>
    <li>
      <a class="tile" href="/1"><svg><title>x</title></svg>
        <span class="tile-name">BPJS Kesehatan</span>
        <span class="tile-note">3 orang menunggu</span></a>
    </li>
    <li><button name="group">Umum</button></li>
    <li><button disabled>Tidak ada</button></li>
  </ul>
  <p hidden>tersembunyi</p>
  <div aria-hidden="true"><p>struk</p></div>
  <p data-gerai-say="Nol: ulangi."><kbd>0</kbd> ulangi</p>
</main>
<footer>
  <a href="/" data-gerai-pad="-">Kembali</a> <a href="/x" aria-label="Nilai kami">★</a>
</footer>"""


def told(things: list[Heard]) -> list[tuple[str, str]]:
    return [(thing.key, words) for thing in things for _language, words in thing.pieces]


def test_a_page_is_read_in_its_order_with_its_keys() -> None:
    assert told(heard(PAGE, "id")) == [
        ("", "Anda perlu apa"),
        ("1", "Tekan satu, be pe je es Kesehatan. tiga orang menunggu"),
        ("2", "Tekan dua, Umum"),
        ("", "Tidak ada"),
        ("", "Nol. ulangi"),
        ("-", "Tekan kurang, Kembali"),
        ("3", "Tekan tiga, Nilai kami"),
    ]


def test_only_nine_choices_have_a_number() -> None:
    page = "".join(f'<a href="/{n}">Pilihan {n}</a>' for n in range(1, 13))

    keys = [thing.key for thing in heard(page, "id")]

    assert keys == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "", ""]


def test_words_of_another_language_are_said_in_it() -> None:
    things = heard('<p>Bring this: <span lang="id">KTP-el asli</span> today.</p>', "en")

    assert [thing.pieces for thing in things] == [
        (("en", "Bring this"), ("id", "ka te pe el asli"), ("en", "today"))
    ]


def test_a_choice_in_another_language_still_tells_its_key_in_that_of_the_page() -> None:
    (thing,) = heard('<a href="/x"><span lang="id">Paspor</span></a>', "en")

    assert thing.pieces == (("en", "Press one"), ("id", "Paspor"))


def test_long_words_are_cut_where_a_sentence_ends() -> None:
    text = "Satu kalimat yang tidak pendek sekali. " * 40

    (thing,) = heard(f"<p>{text}</p>", "id")

    assert len(thing.pieces) == 4
    assert all(len(words) <= LONGEST_PIECE for _language, words in thing.pieces)
    assert all(words.endswith("sekali") for _language, words in thing.pieces)


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("Rp15.000", "lima belas ribu rupiah"),
        ("Rp 1.250.000,00", "satu juta dua ratus lima puluh ribu rupiah"),
        ("Buka Senin pukul 08.00.", "Buka Senin pukul delapan"),
        ("Nomor A035 → Loket 2", "Nomor a, nol, tiga, lima. Loket dua"),
        ("Dinas Kependudukan Kab. Barru", "Dinas Kependudukan Kabupaten Barru"),
        ("2026", "dua ribu dua puluh enam"),
        ("paling lama 3 hari; gratis", "paling lama tiga hari. gratis"),
    ],
)
def test_figures_and_short_forms_are_said_in_full(shown: str, spoken: str) -> None:
    assert said(shown, "id") == spoken


def test_english_says_i_as_a_word() -> None:
    assert said("I have scanned it. II", "en") == "eye have scanned it. two"


WORDS = st.text("ab <>/&\"'=1\n;é", max_size=40)


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<a href='x'>", "</a>", "<br>", "<svg/>", "<li>"]) | WORDS
    )
)
def test_attributes_go_into_tags_whatever_the_page_is(pieces: list[str]) -> None:
    page = "".join(pieces)

    for thing in heard(page, "id"):
        assert page[thing.at] == ">"
        assert re.search(r"<(p|a|li)\b[^<]*$", page[: thing.at])
