"""Uploaded files: what is taken, what is refused and why, what is left of a picture."""

import io
import zipfile

import pypdf
import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from gerai.papers import reading
from gerai.papers.blocks import Paragraph, Sheet
from gerai.papers.pdf import pdf
from gerai.papers.reading import Reason, Unfit, checked, checking, clean_name
from gerai.papers.reading import pdf as pdf_reading

ALL = ("pdf", "picture", "document")


def reason_of(data, allowed=ALL):
    with pytest.raises(Unfit) as refused:
        checked(data, "berkas", allowed=allowed)
    return refused.value.reason


def a_pdf(change=lambda writer: None, pages=1):
    writer = pypdf.PdfWriter()
    for _n in range(pages):
        writer.add_blank_page(100, 100)
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def with_entry(place, key, **entries):
    """Return a change that hangs a dictionary on the catalogue or on the first page."""

    def change(writer):
        told = DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})
        target = writer.root_object if place == "root" else writer.pages[0]
        target[NameObject(key)] = writer._add_object(told)

    return change


def link_that(**action):
    """Return a change that puts a link with an action on the first page."""

    def change(writer):
        told = DictionaryObject({NameObject(f"/{name}"): value for name, value in action.items()})
        link = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
                NameObject("/A"): told,
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    return change


def a_zip(files, **settings):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, **settings) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def a_docx(**more):
    return a_zip({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>", **more})


def saved(document):
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def a_photo(form="JPEG", size=(80, 60), mode="RGB", **settings):
    written = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(written, form, **settings)
    return written.getvalue()


def test_a_pdf_is_taken_as_it_is():
    data = a_pdf(pages=3)
    file = checked(data, "Surat permohonan.PDF", allowed=("pdf",))
    assert (file.kind, file.name, file.data, file.pages) == (
        "pdf", "Surat permohonan.pdf", data, 3,
    )  # fmt: skip


@pytest.mark.parametrize("data", [pdf(Sheet("A", (Paragraph("B"),))), a_pdf(pages=200)])
def test_plain_pdfs_are_taken(data):
    assert checked(data, "a", allowed=ALL).kind == "pdf"


def test_a_pdf_with_a_link_to_a_page_is_taken():
    data = a_pdf(link_that(S=NameObject("/URI"), URI=TextStringObject("https://a.example")))
    assert checked(data, "a", allowed=ALL).kind == "pdf"


JS = {"S": NameObject("/JavaScript"), "JS": TextStringObject("app.alert(1)")}


@pytest.mark.parametrize(
    "change",
    [
        with_entry("root", "/OpenAction", **JS),
        with_entry("root", "/OpenAction", S=NameObject("/Launch"), F=TextStringObject("a.exe")),
        with_entry("page", "/AA", O=DictionaryObject({NameObject("/S"): NameObject("/Launch")})),
        link_that(**JS),
        link_that(S=NameObject("/Launch"), F=TextStringObject("a.exe")),
        link_that(S=NameObject("/SubmitForm"), F=TextStringObject("https://a.example")),
        link_that(
            S=NameObject("/URI"), Next=DictionaryObject({NameObject("/JS"): NumberObject(1)})
        ),
        with_entry("root", "/AcroForm", XFA=ArrayObject([])),
        with_entry("root", "/Names", JavaScript=DictionaryObject()),
        lambda writer: writer.add_attachment("a.exe", b"MZ"),
    ],
)
def test_a_pdf_that_does_or_carries_something_is_refused(change):
    assert reason_of(a_pdf(change)) == Reason.ACTIVE


def test_a_locked_pdf_is_refused():
    assert reason_of(a_pdf(lambda writer: writer.encrypt("", "rahasia"))) == Reason.ENCRYPTED
    assert reason_of(a_pdf(lambda writer: writer.encrypt("rahasia"))) == Reason.ENCRYPTED


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\nbukan PDF\n%%EOF",
        a_pdf()[:120],
        a_pdf(pages=0),
        b"%PDF-1.7\n1 0 obj<</Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    ],
)
def test_a_broken_pdf_is_refused(data):
    assert reason_of(data) == Reason.BROKEN


def test_a_pdf_of_too_many_pages_is_refused():
    assert reason_of(a_pdf(pages=201)) == Reason.TOO_MANY_PAGES


def test_a_tree_of_pages_that_names_its_branches_again_is_refused():
    def change(writer):
        for _level in range(12):
            branch = writer._add_object(
                DictionaryObject(
                    {
                        NameObject("/Type"): NameObject("/Pages"),
                        NameObject("/Count"): NumberObject(10),
                        NameObject("/Kids"): ArrayObject(
                            [writer.root_object.raw_get("/Pages")] * 10
                        ),
                    }
                )
            )
            writer.root_object[NameObject("/Pages")] = branch

    assert reason_of(a_pdf(change)) == Reason.BROKEN


def test_a_pdf_of_too_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_reading, "MOST_INDIRECT", 3)
    assert reason_of(a_pdf()) == Reason.BOMB


def test_a_pdf_of_too_many_objects_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_reading, "MOST_OBJECTS", 3)
    assert reason_of(a_pdf()) == Reason.BOMB


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"x" * (reading.LARGEST + 1), Reason.TOO_LARGE),
        (b"<html>", Reason.OTHER_KIND),
        (b"MZ\x90", Reason.OTHER_KIND),
        (b"GIF89a", Reason.OTHER_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.OTHER_KIND),
        (b" %PDF-1.7", Reason.OTHER_KIND),
        (b"\xff\xd8\xffrusak", Reason.BROKEN),
        (b"\x89PNG\r\n\x1a\nrusak", Reason.BROKEN),
        (b"PK\x03\x04rusak", Reason.BROKEN),
    ],
)
def test_other_things_are_refused(data, reason):
    assert reason_of(data) == reason


@pytest.mark.parametrize(
    ("data", "allowed"),
    [(a_photo(), ("pdf",)), (a_docx(), ("pdf", "picture")), (a_pdf(), ("picture",))],
)
def test_a_kind_that_is_not_asked_for_is_refused(data, allowed):
    assert reason_of(data, allowed) == Reason.OTHER_KIND


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (saved(Document()), "docx"),
        (saved(Workbook()), "xlsx"),
        (a_zip({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "pptx"),
        (a_zip({"mimetype": checking.ODT, "content.xml": "<x/>"}), "odt"),
    ],
)
def test_documents_are_taken_as_they_are(data, ending):
    file = checked(data, "Bahan.exe", allowed=("document",))
    assert (file.kind, file.name, file.data) == ("document", f"Bahan.{ending}", data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (a_zip({"a.txt": "x"}), Reason.OTHER_KIND),
        (a_zip({"word/document.xml": "x"}), Reason.OTHER_KIND),
        (a_zip({"mimetype": "text/html", "content.xml": "x"}), Reason.OTHER_KIND),
        (a_docx(**{"word/vbaProject.bin": "x"}), Reason.ACTIVE),
        (a_docx(**{"word/embeddings/oleObject1.bin": "x"}), Reason.ACTIVE),
        (a_docx(**{"../a.xml": "x"}), Reason.BROKEN),
        (a_docx(**{"/a.xml": "x"}), Reason.BROKEN),
        (a_docx(**{"C:/a.xml": "x"}), Reason.BROKEN),
        (a_docx(**{"a.xml": b"\0" * (checking.LARGEST_UNPACKED + 1)}), Reason.BOMB),
        (a_docx(**{f"{n}.xml": "" for n in range(checking.MOST_ENTRIES)}), Reason.BOMB),
        (a_docx()[:-30], Reason.BROKEN),
    ],
)
def test_documents_that_are_none_or_dangerous_are_refused(data, reason):
    assert reason_of(data) == reason


def test_a_document_that_lies_about_its_size_is_refused():
    data = bytearray(a_docx(**{"a.xml": b"\0" * 100_000}))
    told = (100_000).to_bytes(4, "little")
    while told in data:
        at = data.index(told)
        data[at : at + 4] = (10).to_bytes(4, "little")
    assert reason_of(bytes(data)) == Reason.BROKEN


@pytest.mark.parametrize("data", [a_docx(), a_pdf(link_that(**JS)), a_photo("PNG", size=(3, 2))])
@pytest.mark.parametrize("letter", [0, 1, 0x30, 0xFF])
def test_no_broken_letter_stops_the_judge(data, letter):
    outcomes = set()
    for at in range(len(data)):
        changed = data[:at] + bytes([letter]) + data[at + 1 :]
        try:
            outcomes.add(checked(changed, "a", allowed=ALL).kind)
        except Unfit as unfit:
            outcomes.add(unfit.reason)
    assert Reason.BROKEN in outcomes


def test_a_picture_is_drawn_anew_without_what_it_tells_of_the_place():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Rumah Contoh"
    exif.get_ifd(0x8825)[1] = "S"
    file = checked(a_photo(exif=exif), "IMG_1.JPG", allowed=ALL)
    with Image.open(io.BytesIO(file.data)) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (60, 80), {})
    assert (file.width, file.height, file.name) == (60, 80, "IMG_1.jpg")
    assert b"Rumah" not in file.data
    assert b"Exif" not in file.data


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("PNG", "I;16"), ("WEBP", "RGBA"),
     ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "LA")],
)  # fmt: skip
def test_pictures_of_every_mode_become_jpeg(form, mode):
    file = checked(a_photo(form, mode=mode), "a", allowed=("picture",))
    with Image.open(io.BytesIO(file.data)) as drawn:
        assert (drawn.format, drawn.mode, drawn.size) == ("JPEG", "RGB", (80, 60))


def test_what_is_clear_becomes_white():
    file = checked(a_photo("PNG", mode="RGBA"), "a", allowed=("picture",))
    with Image.open(io.BytesIO(file.data)) as drawn:
        assert drawn.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_picture_is_made_smaller_and_a_bomb_is_refused():
    file = checked(a_photo(size=(4000, 1000)), "a", allowed=("picture",))
    assert (file.width, file.height) == (2560, 640)
    assert reason_of(a_photo("PNG", size=(10_000, 6_000), mode="1")) == Reason.BOMB
    assert reason_of(a_photo("PNG", size=(16_000, 16_000), mode="1")) == Reason.BOMB


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Surat.pdf", "Surat.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\a\\surat.docx", "surat.pdf"),
        ("", "berkas.pdf"),
        (".pdf", "berkas.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Rātna 😀.pdf", "Rātna 😀.pdf"),
    ],
)
def test_names_are_cleaned(name, clean):
    assert clean_name(name, "pdf") == clean
