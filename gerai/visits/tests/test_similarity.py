"""Which earlier answers are suggested."""

from gerai.visits.similarity import gist_of, most_alike

KNOWN = [
    ("biaya", gist_of("Dari mana biaya pendirian mal?")),
    ("listrik", gist_of("Siapa yang membayar listrik dan internet di gedung?")),
    ("petugas", gist_of("Berapa petugas yang ditempatkan setiap instansi?")),
]


def test_the_same_question_in_other_words_finds_its_answer():
    assert most_alike("Pembiayaan mendirikan mal bersumber dari mana?", KNOWN)[:1] == ["biaya"]
    assert most_alike("Listrik serta internet dibayar siapa?", KNOWN)[:1] == ["listrik"]
    assert most_alike("Jumlah petugas tiap instansi?", KNOWN)[:1] == ["petugas"]


def test_a_question_about_something_else_finds_nothing():
    assert most_alike("Apakah ada ruang menyusui?", KNOWN) == []
    assert most_alike("???", KNOWN) == []
