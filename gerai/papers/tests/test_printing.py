"""PDF and Word files, opened by other programs than those that wrote them."""

import io
import re
import zipfile
from datetime import UTC, datetime

import mammoth
import pypdf
import pypdfium2
import pytest
import zxingcpp
from docx import Document

from gerai.papers import queries
from gerai.papers.blocks import (
    Bullets,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Sheet,
    Signature,
    Signatures,
    Table,
    text_lines,
)
from gerai.papers.pdf import breakable, pdf
from gerai.papers.tests.factories import a_full_sheet, a_letter, a_paper
from gerai.papers.word import docx

AT = datetime(2026, 11, 26, 3, tzinfo=UTC)
HOSTILE = '#eval("1+1") $x^2$ \\ #set page(width: 1pt) *tebal* _miring_ <b> & `a` @b = c // d'
EVERYTHING = (Heading, Paragraph, Facts, Bullets, Table, Picture, Signature, Signatures, PageBreak)


class Opened:
    """A PDF as another program sees it."""

    def __init__(self, data):
        with pypdfium2.PdfDocument(data) as document:
            self.pages = [self._read(page) for page in document]
        self.words = "\n".join(text for text, _picture in self.pages)

    def _read(self, page):
        text = page.get_textpage()
        words = text.get_text_range()
        text.close()
        picture = page.render(scale=3).to_pil()
        page.close()
        return words, picture


def words_of(text):
    return re.sub(r"[\s\u200b\ufffe\u0002]+", " ", text).strip()


def test_every_line_of_a_sheet_is_in_its_pdf():
    opened = Opened(pdf(a_full_sheet()))
    found = words_of(opened.words).replace(" :", ":")
    missing = [
        part
        for line in text_lines(a_full_sheet())
        for part in re.split(r" \| |(?<=^.) |(?<=^\d\.) ", line)
        if part not in found
    ]
    assert missing == []
    assert {type(block) for block in a_full_sheet().blocks} == set(EVERYTHING)


def test_pages_are_counted_and_none_is_blank():
    opened = Opened(pdf(a_full_sheet()))
    assert [re.findall(r"halaman \d+ dari \d+", text) for text, _picture in opened.pages] == [
        ["halaman 1 dari 2"],
        ["halaman 2 dari 2"],
    ]
    assert [picture.convert("L").getextrema()[0] < 60 for _text, picture in opened.pages] == 2 * [
        True
    ]


def test_the_pdf_is_tagged_titled_and_in_indonesian():
    reader = pypdf.PdfReader(io.BytesIO(pdf(a_full_sheet(), at=AT)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] in {"id", "id-ID"}
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a boolean of pypdf
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Laporan kunjungan"
    assert reader.metadata.creation_date == AT
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()


def test_a_landscape_sheet_lies():
    box = pypdf.PdfReader(io.BytesIO(pdf(a_full_sheet(is_landscape=True)))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)


def test_the_head_of_a_table_is_on_every_page_it_breaks_over():
    rows = tuple((str(n), f"Tamu contoh {n}") for n in range(1, 121))
    opened = Opened(pdf(Sheet("Daftar", (Table(("No", "NAMA TAMU"), rows),))))
    assert len(opened.pages) > 2
    assert [text.count("NAMA TAMU") for text, _picture in opened.pages] == [1] * len(opened.pages)
    assert re.findall(r"Tamu contoh (\d+)", opened.words) == [str(n) for n in range(1, 121)]


def test_what_people_wrote_is_never_markup():
    blocks = (
        Heading(HOSTILE),
        Paragraph(HOSTILE),
        Facts(((HOSTILE, HOSTILE),)),
        Bullets((HOSTILE,)),
        Table((HOSTILE,), ((HOSTILE,),)),
        Signature(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    )
    sheet = Sheet(HOSTILE, blocks, (HOSTILE,), Facts(((HOSTILE, "x"),)), (HOSTILE,), HOSTILE)
    opened = Opened(pdf(sheet))
    flat = re.sub(r"[\s\u200b]+", "", opened.words)
    assert flat.count(re.sub(r"\s+", "", HOSTILE)) == 14 + len(opened.pages)
    assert pypdf.PdfReader(io.BytesIO(pdf(sheet))).pages[0].mediabox.width > 590
    assert mammoth.extract_raw_text(io.BytesIO(docx(sheet))).value.count(HOSTILE) == 14


@pytest.mark.parametrize("write", [pdf, docx])
@pytest.mark.parametrize(
    "sheet",
    [
        Sheet("", ()),
        Sheet("\x00\x01", (Paragraph("\x00"), Heading(""), Bullets(()), Facts(()))),
        Sheet("😀", (Paragraph("😀 \ufffe \ud83d नमस्ते مرحبا 你好"),)),
        Sheet("A" * 10_000, (Heading("A" * 10_000), Table(("b" * 10_000,), (("c" * 10_000,),)))),
        Sheet("A", (Table((), ()), Table(("a", "b"), (("1",), ("1", "2", "3")), (1,)))),
        Sheet("A", (Table(("a",), (("1",),), (0, -3)), Heading("x", 9), Heading("y", -1))),
        Sheet("A", (PageBreak(), PageBreak(), Signatures(()), Signature("", "", "", ""))),
        Sheet("A", (Picture("bukan gambar"), Picture("iVBORw0KGgo=", "rusak", -4))),
        Sheet("A", (Table(("a",), (("baris\n" * 300,),)),)),
        Sheet("A", (Table(tuple("abcdefghijklmnopqrst"), (tuple("x" * 30 for _ in range(20)),)),)),
    ],
)
def test_odd_sheets_are_printed(sheet, write):
    data = write(sheet)
    assert data.startswith(b"%PDF-" if write is pdf else b"PK")
    assert write(sheet) == data


def test_ten_thousand_letters_without_a_space_stay_on_the_paper():
    letters = "".join(chr(97 + n % 26) for n in range(10_000))
    blocks = (Paragraph(letters), Table(("A", "B"), ((letters, "pendek"),), (1, 5)))
    opened = Opened(pdf(Sheet("A", blocks)))
    assert re.sub(r"[\s\u200b]+", "", opened.words).count("abcdefghijklmnopqrstuvwxyz") > 700
    for _text, picture in opened.pages:
        edge = picture.convert("L").crop((picture.width - 30, 0, picture.width, picture.height))
        assert edge.getextrema() == (255, 255)


def test_breakable_leaves_short_words_alone():
    assert breakable("satu dua", 4) == "satu dua"
    assert breakable("x" * 10, 9) == "x" * 8 + "\u200b" + "xx"
    assert breakable("abcde", 4) == "abcd\u200be"


def test_the_word_file_says_the_same():
    raw = mammoth.extract_raw_text(io.BytesIO(docx(a_full_sheet()))).value
    lines = [re.sub(r"^(• |\d+\. )", "", line) for line in text_lines(a_full_sheet())[:-1]]
    assert re.sub(r"\s+", "", raw) == re.sub(r"[\s|]+", "", "".join(lines))


def test_the_word_file_has_styles_heads_pictures_fields_and_properties():
    data = docx(a_full_sheet(is_landscape=True), at=AT)
    word = Document(io.BytesIO(data))
    section = word.sections[0]
    assert section.page_width > section.page_height
    assert [line.style.name for line in word.paragraphs if line.text][:7] == [
        "Normal", "Normal", "Title", "Heading 1", "Normal", "Heading 3", "List Bullet",
    ]  # fmt: skip
    assert len(word.element.body.xpath(".//w:tblHeader")) == 1
    assert len(word.inline_shapes) == 4
    fields = section.footer._element.xpath(".//w:instrText")
    assert [field.text for field in fields] == ["PAGE", "NUMPAGES"]
    told = word.core_properties
    assert (told.title, told.author, told.language, told.created.isoformat(), told.comments) == (
        "Laporan kunjungan",
        "PEMERINTAH KABUPATEN CONTOH",
        "id-ID",
        "2026-11-26T03:00:00+00:00",
        "",
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


def test_each_numbered_list_of_a_word_file_begins_with_one():
    lists = tuple(Bullets(("a", "b"), is_numbered=True) for _n in range(3))
    word = Document(io.BytesIO(docx(Sheet("A", lists))))
    used = [
        line._p.pPr.numPr.numId.val for line in word.paragraphs if line.style.name == "List Number"
    ]
    assert [used.count(each) for each in dict.fromkeys(used)] == [2, 2, 2]


def test_the_qr_code_on_a_printed_page_leads_to_the_check(mall):
    type(mall).objects.filter(pk=mall.pk).update(host="mpp.barru.example")
    mall.refresh_from_db()
    paper = a_paper(a_full_sheet(), is_verifiable=True)
    address = f"https://mpp.barru.example/surat/{paper.token}/"
    opened = Opened(queries.pdf_of(queries.paper_with(paper.pk)))
    read = [[code.text for code in zxingcpp.read_barcodes(page)] for _text, page in opened.pages]
    assert read == [[address], [address]]
    assert all(address in words_of(text) for text, _page in opened.pages)
    assert all(paper.fingerprint in text for text, _page in opened.pages)
    word = Document(io.BytesIO(queries.docx_of(paper)))
    assert address in "\n".join(line.text for line in word.sections[0].footer.paragraphs)


def test_without_an_address_the_check_is_told_in_words_only(mall):
    paper = a_paper(is_verifiable=True)
    opened = Opened(queries.pdf_of(paper))
    assert [zxingcpp.read_barcodes(page) for _text, page in opened.pages] == [[]]
    assert f"/surat/{paper.token}/" in opened.words
    known = Opened(queries.pdf_of(paper, "http://barru.localhost:8000/"))
    assert [code.text for code in zxingcpp.read_barcodes(known.pages[0][1])] == [
        f"http://barru.localhost:8000/surat/{paper.token}/"
    ]


def test_a_paper_that_is_not_to_be_checked_has_no_qr_code(mall):
    opened = Opened(queries.pdf_of(a_paper(), "http://barru.localhost:8000/"))
    assert zxingcpp.read_barcodes(opened.pages[0][1]) == []
    assert "/surat/" not in opened.words


def test_a_paper_is_printed_alike_every_time(mall):
    paper = a_paper(is_verifiable=True)
    assert queries.pdf_of(paper) == queries.pdf_of(queries.paper_with(paper.pk))
    assert queries.docx_of(paper) == queries.docx_of(queries.paper_with(paper.pk))


def test_a_sheet_that_was_not_issued_has_dots_for_its_number():
    assert "Nomor : …" in words_of(Opened(queries.pdf_of_sheet(a_letter())).words)
    assert (
        "{number}"
        not in mammoth.extract_raw_text(io.BytesIO(queries.docx_of_sheet(a_letter()))).value
    )
