"""What comes of a visit: report, thanks, follow-ups, draft, closing; figures of all visits."""

import io
from datetime import date, timedelta

import mammoth
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gerai import clock
from gerai.newsroom.models import Article, Picture
from gerai.newsroom.tests.factories import an_open_site
from gerai.notices.models import Message
from gerai.papers.queries import docx_of, pdf_of
from gerai.people.audit import SYSTEM, Actor
from gerai.people.roles import Role
from gerai.people.tests.factories import a_user
from gerai.visits.actions import after as actions
from gerai.visits.actions import album, day, impressions, questions
from gerai.visits.actions.day import NotNow
from gerai.visits.models import (
    FollowUp,
    FollowUpState,
    Guest,
    KnownMall,
    Relation,
    Side,
    Visit,
)
from gerai.visits.queries.after import missing_for_closing, open_follow_ups, report_pictures
from gerai.visits.queries.statistics import grouped, mall_map, statistics
from gerai.visits.states import State
from gerai.visits.tests.received import (
    a_book,
    a_day_visit,
    a_photo_file,
    a_received_visit,
    signed_in,
)

pytestmark = pytest.mark.usefixtures("mall")


def words_of_pdf(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def a_full_visit() -> Visit:
    """Make a visit with everything that a report may tell."""
    visit = a_received_visit()
    questions.note_question(visit, text="Berapa biayanya?", answer="Sesuai APBD.", by=SYSTEM)
    questions.note_question(visit, text="Siapa kepalanya?", by=SYSTEM)
    for key, may_publish, rating in (("a", True, 4), ("b", False, 3)):
        impressions.give_impression(
            a_book(visit),
            key=key,
            words=f"Kesan {key}",
            rating=rating,
            name="Tamu Contoh",
            may_publish=may_publish,
        )
    for name, all_agree in (("boleh", True), ("jangan", False)):
        album.add_photos(
            visit, [a_photo_file()], caption=f"Foto {name}", all_agree=all_agree, by=SYSTEM
        )
    actions.write_minutes(
        visit,
        basis="Surat Contoh nomor 1.",
        learned="Alur antrean.\n\nStandar pelayanan.",
        conclusion="Mal dapat ditiru.",
        by=SYSTEM,
    )
    actions.add_follow_up(
        visit,
        text="Kirim contoh perjanjian",
        owner_name="Penerima Contoh",
        side=Side.HOST,
        due_on=date(2022, 2, 20),
        by=SYSTEM,
    )
    day.take_leave(visit, by=SYSTEM)
    return visit


def test_the_report_tells_every_section_in_both_forms():
    visit = a_full_visit()

    paper = actions.issue_report(visit, by=SYSTEM)

    pdf = words_of_pdf(pdf_of(paper, "http://barru.localhost"))
    docx = mammoth.extract_raw_text(io.BytesIO(docx_of(paper))).value
    docx = " ".join(docx.split())
    for told in (
        "1. Dasar",
        "Surat Contoh nomor 1.",
        "2. Peserta",
        "1 orang hadir.",
        "3. Waktu dan tempat",
        "4. Susunan acara",
        "5. Pertanyaan dan jawaban",
        "Sesuai APBD.",
        "Belum dijawab.",
        "6. Yang dipelajari",
        "Standar pelayanan.",
        "7. Kesimpulan",
        "8. Tindak lanjut",
        "20 Februari 2022",
        "9. Kesan tamu",
        "3,5 dari 4 (2 tamu menilai)",
        "“Kesan a”, Tamu Contoh",
        "10. Foto",
        "Foto boleh",
    ):
        assert (told in pdf, told in docx) == (True, True), told
    assert [told in pdf + docx for told in ("Kesan b", "Foto jangan")] == [False, False]


def test_a_report_unchanged_is_the_same_and_changed_the_next_version():
    visit = a_full_visit()

    first, same = (actions.issue_report(visit, by=SYSTEM) for _ in range(2))
    actions.write_minutes(visit, basis="", learned="", conclusion="Lain.", by=SYSTEM)
    second = actions.issue_report(visit, by=SYSTEM)

    assert first == same
    assert (second.number, second.version) == (first.number, 2)


def test_a_report_is_drawn_before_anything_is_locked(monkeypatch):
    visit = a_full_visit()
    depth = len(connection.savepoint_ids)
    seen = []

    def watched(of: Visit):
        seen.append(len(connection.savepoint_ids))
        return report_pictures(of)

    monkeypatch.setattr(actions, "report_pictures", watched)
    actions.issue_report(visit, by=SYSTEM)

    assert seen == [depth]


def test_the_report_s_page_counts_pictures_without_reading_them(client):
    visit = a_full_visit()
    signed_in(client)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/kelola/kunjungan/{visit.pk}/laporan/")

    assert page.context["photo_count"] == 1
    assert [each["sql"] for each in asked if '"papers_attachment"."data"' in each["sql"]] == []


def test_nothing_is_written_before_they_came():
    visit = a_day_visit()

    with pytest.raises(NotNow):
        actions.write_minutes(visit, basis="", learned="", conclusion="", by=SYSTEM)
    for deed in (actions.issue_report, actions.draft_story):
        with pytest.raises(NotNow):
            deed(visit, by=SYSTEM)
    with pytest.raises(NotNow):
        actions.thank(visit, base_url="http://barru.localhost", by=SYSTEM)


def test_thanks_go_once():
    visit = a_full_visit()

    sent = [actions.thank(visit, base_url="http://barru.localhost", by=SYSTEM) for _ in range(3)]

    assert sent == [True, False, False]
    message = Message.objects.get()
    assert (message.to, message.key) == ("contoh@soppeng.example", f"visits:thanked:{visit.pk}")
    page = f"http://barru.localhost/kunjungan/hasil/{visit.secret}/"
    assert message.letter.text.count(f"\n{page}\n") == 1
    assert message.letter.is_secret


def test_follow_ups_move_and_the_open_ones_are_listed_by_day():
    visit = a_full_visit()
    later = actions.add_follow_up(
        visit,
        text="Undang lagi",
        owner_name="Tamu Contoh",
        side=Side.GUEST,
        due_on=date(2022, 1, 2),
        by=SYSTEM,
    )
    first = FollowUp.objects.get(text="Kirim contoh perjanjian")

    assert list(open_follow_ups()) == [later, first]
    actions.set_follow_up(later, state=FollowUpState.DONE, by=SYSTEM)
    assert list(open_follow_ups()) == [first]
    with pytest.raises(actions.NoFollowUp):
        actions.add_follow_up(
            visit, text=" ", owner_name="A", side=Side.HOST, due_on=date(2022, 1, 2), by=SYSTEM
        )


def test_the_newsroom_gets_a_draft_with_agreed_words_and_pictures_only():
    site = an_open_site()
    visit = a_full_visit()
    Guest.objects.update(title="Inspektur Contoh")
    writer = a_user(Role.HOST)

    article = actions.draft_story(visit, by=Actor.person(writer))

    kept = Article.objects.get(pk=article.pk)
    told = str(kept.body.get_prep_value())
    assert (kept.live, kept.shown_at, kept.owner_id) == (False, None, writer.pk)
    assert kept.get_parent().slug == "kunjungan"
    assert kept.title == "Rombongan Kabupaten Soppeng belajar di MPP Barru"
    assert [words in told for words in ("Kesan a", "Kesan b", "Inspektur Contoh")] == [
        True,
        False,
        True,
    ]
    assert [name in told for name in ("Asisten Contoh", Guest.objects.get().name)] == [False, False]
    [picture] = Picture.objects.all()
    assert picture == kept.lead_picture
    assert picture.collection == site.collection
    assert picture.credit == "Foto: MPP Barru"
    assert kept.lead_caption == "Foto boleh"
    assert kept.get_latest_revision().as_object().title == kept.title
    with pytest.raises(actions.DraftedAlready):
        actions.draft_story(visit, by=SYSTEM)
    assert Picture.objects.count() == 1


def test_a_visit_is_closed_when_nothing_is_missing():
    visit = a_received_visit()

    assert [str(each) for each in missing_for_closing(visit)] == [
        "jam tamu pulang",
        "kesimpulan dalam laporan",
        "laporan yang diterbitkan",
        "ucapan terima kasih",
    ]
    with pytest.raises(actions.StillMissing, match="jam tamu pulang"):
        actions.close(visit, by=SYSTEM)
    day.take_leave(visit, by=SYSTEM)
    actions.write_minutes(visit, basis="", learned="", conclusion="Baik.", by=SYSTEM)
    actions.issue_report(visit, by=SYSTEM)
    actions.thank(visit, base_url="http://barru.localhost", by=SYSTEM)
    actions.close(visit, by=SYSTEM)

    assert Visit.objects.get().state == State.CLOSED
    with pytest.raises(NotNow):
        actions.close(visit, by=SYSTEM)


def test_figures_count_who_came_and_what_they_founded():
    visit = a_full_visit()
    a_day_visit(State.ASKED)
    first = clock.local_day(visit.starts_at, "Asia/Makassar").year
    next_summer = clock.at(date(first + 1, 6, 15), 10, 0, "Asia/Makassar")
    second = a_day_visit(State.RECEIVED, starts_at=next_summer)
    KnownMall.objects.create(
        region_code="73.12",
        region_name="Kabupaten Soppeng",
        opened_on=clock.now().date() + timedelta(days=30),
        source="Contoh",
    )

    all_years = statistics()
    one_year = statistics(first)

    assert (all_years.visits, all_years.guests, all_years.rated, all_years.mean) == (2, 1, 2, 3.5)
    [region] = all_years.regions
    assert (region.visits, region.guests, region.founded.is_open) == (2, 1, True)
    assert (one_year.visits, one_year.question_count) == (1, 2)
    assert [(row.year, row.visits, row.guests) for row in all_years.years] == [
        (first, 1, 1),
        (first + 1, 1, 0),
    ]
    assert [(row.rating, row.count) for row in all_years.ratings] == [
        (4, 1),
        (3, 1),
        (2, 0),
        (1, 0),
    ]
    assert second.relation == visit.relation == Relation.objects.get()


def test_questions_in_other_words_are_counted_together():
    found = grouped(
        [
            "Berapa biaya pembangunan mal?",
            "Berapa biaya untuk pembangunan mal ini?",
            "Siapa yang menggaji petugas?",
        ]
    )

    assert [(row.text, row.count) for row in found] == [
        ("Berapa biaya pembangunan mal?", 2),
        ("Siapa yang menggaji petugas?", 1),
    ]


def test_the_map_tells_malls_and_guests_by_province():
    a_received_visit()
    for code in ("73.11", "73.12", "35.79"):
        KnownMall.objects.create(region_code=code, region_name=f"Contoh {code}", source="Contoh")

    drawn = mall_map()

    told = {row.code: (row.malls, row.visits) for row in drawn.provinces}
    assert (drawn.malls, len(drawn.tiles), told["73"], told["35"], told["11"]) == (
        3,
        38,
        (2, 1),
        (1, 0),
        (0, 0),
    )
