"""Files that come with a thing: kept in the database, given back with care."""

import base64
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gerai.malls.scope import in_mall
from gerai.papers import queries
from gerai.papers.actions import BadFile, BadPaper, attach, remove_attachment
from gerai.papers.blocks import Picture, picture_bytes
from gerai.papers.models import Attachment
from gerai.papers.reading import LARGEST
from gerai.papers.responses import attachment_response, paper_response
from gerai.papers.tests.factories import a_paper
from gerai.papers.tests.test_reading import a_docx, a_pdf, a_photo
from gerai.people.audit import SYSTEM, Actor
from gerai.people.models import Deed
from gerai.people.tests.factories import a_mall, a_user

HERE = {"thing": "visit:1", "kind": "letter", "by": SYSTEM}


def a_file(data=None, name="Surat permohonan.pdf"):
    return SimpleUploadedFile(name, a_pdf() if data is None else data)


def test_attach_keeps_the_file_with_who_and_what(mall):
    user = a_user(name="Petugas Contoh")
    told = {**HERE, "by": Actor.person(user)}
    file = attach(a_file(), **told, caption="  Permohonan ", allowed=("pdf",))
    again = queries.attachment_with(file.pk)
    assert bytes(again.data) == a_pdf()
    assert (again.name, again.caption, again.size, again.pages, again.file_kind) == (
        "Surat permohonan.pdf",
        "Permohonan",
        len(a_pdf()),
        1,
        "pdf",
    )
    assert (again.added_by, again.added_by_name) == (user, "Petugas Contoh")
    assert len(again.sha256) == 64
    deed = Deed.objects.get()
    assert (deed.verb, deed.thing, deed.detail) == (
        "papers.attach",
        f"attachment:{file.pk}",
        {"kind": "letter"},
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Berkas kosong. Pilih berkas lain."),
        (b"x" * (LARGEST + 5), "Berkas terlalu besar. Ukuran terbesar adalah 10 MB."),
        (a_photo(), "Jenis berkas ini tidak diterima. Yang diterima: PDF."),
        (a_pdf(pages=201), "Berkas paling banyak 200 halaman."),
        (b"%PDF-1.7", "Berkas rusak dan tidak dapat dibuka. Simpan ulang, lalu unggah lagi."),
    ],
)
def test_attach_says_why_a_file_is_refused(mall, data, words):
    with pytest.raises(BadFile) as refused:
        attach(a_file(data), **HERE, allowed=("pdf",))
    assert (refused.value.message, refused.value.status) == (words, 400)
    assert (Attachment.objects.count(), Deed.objects.count()) == (0, 0)


def test_attach_names_all_kinds_that_are_taken(mall):
    with pytest.raises(BadFile, match="PDF, gambar, DOCX, XLSX, PPTX, atau ODT"):
        attach(a_file(b"MZ"), **HERE)


def test_attach_refuses_what_is_no_key(mall):
    with pytest.raises(BadPaper):
        attach(a_file(), thing="visit 1", kind="letter", by=SYSTEM)


def test_attachments_are_found_by_thing_and_kind_without_their_bytes(mall):
    first, second = attach(a_file(), **HERE), attach(a_file(a_photo(), "a.jpg"), **HERE)
    attach(a_file(), **HERE | {"thing": "visit:2"})
    other = attach(a_file(), **HERE | {"kind": "photo"})
    assert list(queries.attachments_of("visit:1")) == [first, second, other]
    assert list(queries.attachments_of("visit:1", "photo")) == [other]
    assert [each.get_deferred_fields() for each in queries.attachments_of("visit:1", "photo")] == [
        {"data"}
    ]


def test_files_of_another_mall_are_not_found(mall):
    file = attach(a_file(), **HERE)
    with in_mall(a_mall(slug="lain")):
        assert queries.attachment_with(file.pk) is None
        assert list(queries.attachments_of("visit:1")) == []
        remove_attachment(file, by=SYSTEM)
    assert queries.attachment_with(file.pk) == file


def test_a_removed_file_is_gone_and_removed_once(mall):
    file = attach(a_file(), **HERE)
    pk = file.pk
    remove_attachment(file, by=SYSTEM)
    remove_attachment(Attachment(pk=pk, mall=mall, kind="letter"), by=SYSTEM)
    assert Attachment.objects.count() == 0
    assert Deed.objects.filter(verb="papers.remove_attachment").count() == 1


def test_an_attached_picture_can_be_set_into_a_sheet(mall):
    file = attach(a_file(a_photo("PNG", mode="RGBA"), "ttd.png"), **HERE, caption="Tanda tangan")
    picture = queries.picture_of(file, width_mm=40)
    assert picture == Picture(base64.b64encode(bytes(file.data)).decode(), "Tanda tangan", 40)
    with Image.open(io.BytesIO(picture_bytes(picture))) as drawn:
        assert drawn.format == "JPEG"
    with pytest.raises(ValueError, match="pdf"):
        queries.picture_of(attach(a_file(), **HERE))


@pytest.mark.parametrize(
    ("data", "name", "content_type", "how"),
    [
        (a_pdf(), "Surat.pdf", "application/pdf", 'inline; filename="Surat.pdf"'),
        (a_photo(), "Foto é.jpg", "image/jpeg", "inline; filename*=utf-8''Foto%20%C3%A9.jpg"),
        (
            a_docx(),
            "Bahan.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            'attachment; filename="Bahan.docx"',
        ),
    ],
)
def test_a_file_is_given_with_its_name_and_kept_by_nobody(mall, data, name, content_type, how):
    answer = attachment_response(attach(a_file(data, name), **HERE))
    assert dict(answer.items()) == {
        "Content-Type": content_type,
        "Content-Disposition": how,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


def test_a_paper_is_given_as_pdf_or_word(mall):
    paper = a_paper()
    shown, kept = paper_response(paper, "pdf"), paper_response(paper, "docx")
    name = f"jawaban-kunjungan-{paper.number.replace('/', '').lower()}-v1"
    assert (shown.content[:5], shown["Content-Disposition"]) == (
        b"%PDF-",
        f'inline; filename="{name}.pdf"',
    )
    assert (kept.content[:2], kept["Content-Disposition"]) == (
        b"PK",
        f'attachment; filename="{name}.docx"',
    )
    with pytest.raises(LookupError):
        paper_response(paper, "exe")
