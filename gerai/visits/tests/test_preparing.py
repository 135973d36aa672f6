"""Programme, delegation, questions, materials, the letter."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from gerai.papers.queries import docx_of, pdf_of
from gerai.people import audit
from gerai.visits.actions import answer_letter, deciding, preparing, settings
from gerai.visits.models import Answer, Guest, Material, ProgrammeItem, Question, Slot, Visit
from gerai.visits.queries import guests
from gerai.visits.queries.desk import Step, programme_pattern
from gerai.visits.reading.lists import Row
from gerai.visits.similarity import gist_of
from gerai.visits.tests.factories import BASE, a_request, a_room, accepted, at

BY = audit.SYSTEM


@pytest.fixture(autouse=True)
def _here(open_mall):
    return open_mall


def office(name, *rest):
    return reverse(f"visits_office:{name}", args=rest)


def lines(*steps):
    told = {}
    for n, (title, minutes) in enumerate(steps):
        told |= {f"b{n}-title": title, f"b{n}-minutes": str(minutes), f"b{n}-place": ""}
    return told


def test_the_programme_moves_the_end_and_what_is_taken():
    room = a_room()
    visit = accepted(room=room)
    preparing.set_programme(visit, [Step("Sambutan", 30), Step("Berkeliling", 150)], by=BY)
    assert (visit.ends_at, visit.sequence) == (at(hour=12), 1)
    assert [item.starts_at for item in ProgrammeItem.objects.filter(visit=visit)] == [
        at(),
        at(minute=30),
    ]
    assert Slot.objects.filter(room=room).count() == 6
    accepted(room=room, starts_at=at(hour=12))
    with pytest.raises(deciding.RoomTaken):
        preparing.set_programme(visit, [Step("Panjang", 181)], by=BY)
    assert ProgrammeItem.objects.filter(visit=visit).count() == 2
    assert Slot.objects.filter(visit=visit, room=room).count() == 6


@pytest.mark.parametrize("steps", [[], [Step("Sehari penuh", 721)], [Step("x", 1)] * 41])
def test_a_programme_of_nothing_or_too_much_is_refused(steps):
    with pytest.raises(preparing.BadProgramme):
        preparing.set_programme(accepted(), steps, by=BY)


def test_lines_move_without_a_script_and_nothing_typed_is_lost(desk):
    visit = accepted()
    told = lines(("Satu", 10), ("Dua", 20), ("", 30))

    def titles(deed):
        page = desk.post(office("programme", visit.pk), told | {"tindakan": deed})
        assert page.status_code == 200
        return [line["title"].value() for line in page.context["programme"].lines]

    assert titles("turun-0") == ["Dua", "Satu", ""]
    assert titles("naik-1") == ["Dua", "Satu", ""]
    assert titles("naik-0") == ["Satu", "Dua", ""]
    assert titles("hapus-1") == ["Satu", ""]
    assert titles("tambah") == ["Satu", "Dua", "", ""]
    assert titles("hapus-99") == titles("naik-x") == ["Satu", "Dua", ""]
    assert ProgrammeItem.objects.filter(visit=visit).count() == 6
    assert (
        desk.post(office("programme", visit.pk), told | {"tindakan": "simpan"}).status_code == 400
    )
    good = lines(("Satu", 10), ("Dua", 20)) | {"tindakan": "simpan"}
    assert desk.post(office("programme", visit.pk), good).status_code == 302
    visit.refresh_from_db()
    assert visit.ends_at == at(minute=30)


def test_the_pattern_is_the_malls_own(desk):
    told = lines(("Sambutan", 20), ("Foto", 10)) | {"tindakan": "simpan"}
    assert desk.post(office("pattern"), told).status_code == 302
    assert [(step.title, step.minutes) for step in programme_pattern()] == [
        ("Sambutan", 20),
        ("Foto", 10),
    ]
    assert accepted().ends_at == at(minute=30)


def test_a_list_again_changes_only_what_is_new_in_it():
    visit = a_request(institution="Dinas Contoh")
    rows = [Row(2, "Contoh Dua", "Staf", "", ""), Row(3, "Contoh Tiga", "", "Dinas Lain", "")]
    assert preparing.import_guests(visit, rows, by=BY) == preparing.Taken(2, 0, 0)
    assert preparing.import_guests(visit, rows, by=BY) == preparing.Taken(0, 0, 2)
    better = [
        Row(2, "CONTOH  dua", "Kepala", "", "dua@contoh.id"),
        Row(3, "Contoh Tiga", "", "", ""),
    ]
    assert preparing.import_guests(visit, better, by=BY) == preparing.Taken(1, 1, 0)
    assert list(Guest.objects.order_by("pk").values_list("name", "title", "institution")) == [
        ("Contoh Pimpinan", "Kepala Dinas (contoh)", "Dinas Contoh"),
        ("Contoh Dua", "Kepala", "Dinas Contoh"),
        ("Contoh Tiga", "", "Dinas Lain"),
        ("Contoh Tiga", "", "Dinas Contoh"),
    ]
    many = [Row(n, f"Contoh {n}") for n in range(500)]
    with pytest.raises(preparing.TooManyGuests):
        preparing.import_guests(visit, many, by=BY)
    assert Guest.objects.count() == 4


def test_an_answer_given_once_is_suggested_and_used_again(desk):
    first = a_request(questions=("Siapa yang membayar listrik di gedung?",))
    second = a_request(questions=("Listrik di gedung dibayar siapa?", "Ada ruang menyusui?"))
    question = Question.objects.get(visit=first)
    desk.post(office("answer", first.pk, question.pk), {"text": "Pemerintah daerah (contoh)."})
    page = desk.get(office("questions", second.pk))
    asked = page.context["questions"]
    answer = Answer.objects.get()
    assert [each.suggestions for each in asked] == [(answer,), ()]
    desk.post(office("answer", second.pk, asked[0].question.pk), {"pakai": answer.pk})
    assert list(Question.objects.filter(answer=answer).values_list("visit", flat=True)) == [
        first.pk,
        second.pk,
    ]
    wrong = desk.post(office("answer", second.pk, asked[1].question.pk), {"text": " "})
    assert wrong.status_code == 400
    assert desk.post(office("answer", second.pk, question.pk), {"text": "x"}).status_code == 404


def test_each_question_of_the_library_is_stemmed_once(monkeypatch):
    for number in range(3):
        preparing.keep_answer(None, question_text=f"Berapa loket {number}?", text="Dua.", by=BY)
    visit = a_request(questions=("Berapa loket?", "Di mana loket?"))
    read = []

    def watched(text):
        read.append(text)
        return gist_of(text)

    monkeypatch.setattr(guests, "gist_of", watched)
    asked = guests.questions_to_answer(visit)

    assert [len(each.suggestions) for each in asked] == [3, 3]
    assert read == [f"Berapa loket {number}?" for number in range(3)]


def test_the_library_is_written_and_searched(desk):
    told = {"question_text": "Berapa instansi?", "text": "Delapan belas (contoh)."}
    desk.post(office("library"), told)
    assert desk.post(office("library"), told).status_code == 400
    answer = Answer.objects.get()
    desk.post(office("library_answer", answer.pk), told | {"text": "Dua puluh (contoh)."})
    answer.refresh_from_db()
    assert answer.text == "Dua puluh (contoh)."
    assert list(desk.get(office("library"), {"cari": "listrik"}).context["answers"]) == []
    assert list(desk.get(office("library"), {"cari": "instansi"}).context["answers"]) == [answer]


def test_a_material_is_a_file_or_a_guide(desk):
    told = {"title": "Paparan", "kind": "slides", "available_until": "2026-12-31"}
    assert desk.post(office("materials"), told).status_code == 400
    bad = SimpleUploadedFile("x.exe", b"MZ")
    assert desk.post(office("materials"), told | {"file": bad}).status_code == 400
    assert Material.objects.count() == 0
    from gerai.visits.tests.test_public import a_pdf

    assert desk.post(office("materials"), told | {"file": a_pdf()}).status_code == 302
    material = Material.objects.get()
    assert desk.get(office("material", material.pk)).content[:5] == b"%PDF-"
    desk.post(office("withdraw", material.pk))
    assert Material.objects.count() == 0


def text_of(paper):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(paper))).pages)


def test_the_answer_letter_says_when_and_where_under_a_number_that_stays():
    settings.set_rules(signatory_role="Kepala Dinas (contoh)", signatory_name="Contoh Nama", by=BY)
    visit = accepted(room=a_room(name="Ruang Rapat Contoh"), words="Parkir di timur.")
    paper = answer_letter.issue_answer(visit, by=BY)
    again = answer_letter.issue_answer(visit, by=BY)
    assert paper == again
    text = " ".join(text_of(paper).split())
    for told in (
        paper.number,
        "Kamis, 10 Desember 2026",
        "09.00 - 11.30 WITA",
        "Ruang Rapat Contoh",
        "Parkir di timur.",
        "Kepala Dinas (contoh)",
    ):
        assert told in text
    words = "\n".join(each.text for each in Document(io.BytesIO(docx_of(paper))).paragraphs)
    assert "Kamis, 10 Desember 2026" in words
    deciding.move(
        visit,
        starts_at=at(hour=13),
        room=visit.room,
        host=visit.host,
        base_url=BASE,
        by=BY,
    )
    newer = answer_letter.issue_answer(visit, by=BY)
    assert (newer.number, newer.version) == (paper.number, 2)


def test_a_refusal_has_a_letter_and_an_open_request_none():
    visit = a_request()
    with pytest.raises(answer_letter.NotAnswered):
        answer_letter.issue_answer(visit, by=BY)
    Visit.objects.filter(pk=visit.pk).update(
        state="refused", refusal_reason="Penuh", refusal_words="Silakan Januari."
    )
    visit.refresh_from_db()
    text = " ".join(text_of(answer_letter.issue_answer(visit, by=BY)).split())
    assert "Alasan: Penuh. Silakan Januari." in text
    assert "belum dapat menerima" in text


def test_what_guests_type_is_not_read_as_a_blank():
    visit = accepted(a_request(leader_name="Contoh [[mal]] #set page()"))
    assert "Contoh [[mal]] #set page()" in text_of(answer_letter.issue_answer(visit, by=BY))


def test_the_pages_of_a_visit_open(desk):
    visit = accepted(a_request(questions=("Satu?",)))
    answer_letter.issue_answer(visit, by=BY)
    for name in (
        "visit",
        "move",
        "programme",
        "guests",
        "questions",
        "visit_materials",
        "calendar",
    ):
        assert desk.get(office(name, visit.pk)).status_code == 200
    assert desk.get(office("letter", visit.pk)).status_code == 404
