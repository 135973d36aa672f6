"""Documents say what the workspace knows, leave blank what it does not, and count versions."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from gerai.directory.actions import agreements
from gerai.directory.models import AgreementState
from gerai.founding import letters
from gerai.founding.actions import books
from gerai.founding.actions.documents import issue
from gerai.founding.models import LegalSetting
from gerai.founding.queries.documents import differences, documents, draft_with, written
from gerai.founding.queries.dossier import dossier
from gerai.founding.tests.factories import BEGAN, CHIEF, MONDAY, a_founding, ready_to_open
from gerai.papers.blocks import text_lines
from gerai.papers.queries import docx_of, pdf_of, pdf_of_sheet, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def founding(mall):
    with time_machine.travel(MONDAY):
        yield a_founding()


def text_of(paper):
    return "\n".join(text_lines(sheet_of(paper)))


def test_every_document_opens_as_pdf_and_docx_in_a_second_program(founding):
    ready_to_open()
    drafts = [each.draft for each in documents()]
    assert [draft.key.partition("-")[0] for draft in drafts] == [
        "request_letter",
        "urgency_study",
        "decree_team",
        "decree_mechanism",
        "inauguration_programme",
        "agreement",
    ]
    for draft in drafts:
        paper = issue(draft, by=CHIEF)
        pages = PdfReader(BytesIO(pdf_of(paper))).pages
        shown = " ".join(page.extract_text() for page in pages)
        assert "bagian hukum" in " ".join(shown.split())
        told = docx.Document(BytesIO(docx_of(paper)))
        assert len(told.paragraphs) > 3


def test_unchanged_data_stay_one_version_and_a_change_makes_the_next_with_its_difference(founding):
    draft = draft_with("urgency_study")
    first = issue(draft, by=CHIEF)
    assert issue(draft, by=CHIEF).pk == first.pk

    ready_to_open()
    second = issue(draft, by=CHIEF)

    assert [paper.version for paper in written(draft).versions] == [2, 1]
    added = [line for kind, line in differences(first, second) if kind == "added"]
    assert any("Dinas Contoh" in line for line in added)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time there anyway")
def test_of_two_who_issue_at_once_the_second_reads_after_the_first(founding):
    with CaptureQueriesContext(connection) as asked:
        issue(draft_with("urgency_study"), by=CHIEF)
    told = [each["sql"] for each in asked if each["sql"].startswith("SELECT")]
    assert ("founding_founding" in told[0], "FOR UPDATE" in told[0]) == (True, True)


def test_a_legal_line_is_quoted_only_when_it_was_confirmed(founding):
    draft = draft_with("decree_mechanism")
    before = text_of(issue(draft, by=CHIEF))
    assert "89 Tahun 2021" not in before
    assert "[… Dasar penyelenggaraan mal: rumusan dari bagian hukum]" in before

    line = LegalSetting.objects.get(key="basis")
    books.rewrite(
        "legal_setting",
        line.pk,
        text="Peraturan Contoh Nomor 1",
        source="Naskah contoh",
        is_verified=True,
        by=CHIEF,
    )

    assert "Peraturan Contoh Nomor 1" in text_of(issue(draft, by=CHIEF))


def test_an_agreement_says_what_was_agreed_and_leaves_the_rest_blank(founding):
    service = ready_to_open()
    agreements.plan_agreement(
        service.agency,
        state=AgreementState.PROMISED,
        starts_on=BEGAN,
        ends_on=BEGAN + timedelta(days=364),
        duty_days=[0, 3],
        officers=2,
        agency_brings="Komputer dan pencetak kartu",
        by=CHIEF,
    )
    told = text_of(issue(draft_with(f"agreement-{service.agency_id}"), by=CHIEF))

    for line in (
        f"1. {service.name}",
        "Hari tugas: Senin, Kamis",
        "Petugas setiap hari: 2",
        "Komputer dan pencetak kartu",
        "Berlaku 23 November 2026 sampai 22 November 2027.",
        "Nomor pihak kesatu: […]",
    ):
        assert line in told, line


def test_the_letter_asks_in_the_name_of_the_head_of_the_region(founding):
    told = text_of(issue(draft_with("request_letter"), by=CHIEF))

    assert "Bupati Barru" in told
    assert "Contoh Bupati" in told
    assert "Yth. Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi" in told


@pytest.mark.parametrize(
    "key",
    [
        "",
        "lain",
        "agreement-",
        "agreement-x",
        "agreement-999999",
        "agreement-9999999999999999999999",
    ],
)
def test_an_unknown_document_is_none(founding, key):
    assert draft_with(key) is None


def test_the_status_for_the_head_of_the_region_is_one_page(founding):
    with time_machine.travel(MONDAY + timedelta(days=90)):
        sheet = letters.status(dossier(founding))
        pages = PdfReader(BytesIO(pdf_of_sheet(sheet))).pages

    assert len(pages) == 1
    assert "Kepala daerah menyatakan komitmen" in pages[0].extract_text()
