"""The same sheet as a Word file, for those who must go on writing."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

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
    picture_bytes,
    printable,
    signatures_of,
)
from gerai.papers.shape import (
    HIGHEST_MM,
    NO_PICTURE,
    PAGE_WORDS,
    SIGNATURE_MM,
    TEXT_MM,
    Check,
    fitted,
    parts_of,
    qr_png,
)

FONT: Final = "Times New Roman"
LANGUAGE: Final = "id-ID"
NO_MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)
SHORT_MM: Final = 210
LONG_MM: Final = 297
MARGIN_MM: Final = 22
NAME_MM: Final = 42
QR_MM: Final = 18


def docx(sheet: Sheet, *, check: Check | None = None, at: datetime | None = None) -> bytes:
    """Return a sheet as DOCX; the same sheet at the same moment gives the same bytes."""
    word = Document()
    _prepare(word, sheet, at or NO_MOMENT)
    _letterhead(word, sheet.letterhead)
    if not sheet.is_letter:
        _line(word, sheet.title, "Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    if sheet.about is not None:
        _facts(word, sheet.about, sheet)
    for each in sheet.to:
        _line(word, each).paragraph_format.space_after = Pt(0)
    if sheet.to:
        word.add_paragraph()
    for block in sheet.blocks:
        _block(word, block, sheet)
    _foot(word, sheet, check)
    return _packed(word)


def _prepare(word: Word, sheet: Sheet, at: datetime) -> None:
    section = word.sections[0]
    width, height = (LONG_MM, SHORT_MM) if sheet.is_landscape else (SHORT_MM, LONG_MM)
    section.orientation = WD_ORIENT.LANDSCAPE if sheet.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(18), Mm(24)
    for name, size in (
        ("Normal", 11),
        ("Title", 14),
        ("Heading 1", 13),
        ("Heading 2", 12),
        ("Heading 3", 11),
    ):
        _dress(word.styles[name], size)
    language = word.styles["Normal"].element.get_or_add_rPr()
    mark = OxmlElement("w:lang")
    for part in ("val", "eastAsia"):
        mark.set(qn(f"w:{part}"), LANGUAGE)
    language.append(mark)
    told = word.core_properties
    told.title = " ".join(printable(sheet.title).split())[:255]
    told.author = printable(sheet.letterhead[0])[:255] if sheet.letterhead else ""
    told.last_modified_by = told.comments = told.keywords = ""
    told.language = LANGUAGE
    told.created = told.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    told.revision = 1
    links = word.part.package.rels
    for key in [key for key, link in links.items() if link.reltype == RT.THUMBNAIL]:
        del links[key]  # a picture of the library's empty page


def _dress(style: Any, size: int) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for part in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{part}"), FONT)
    if style.type == WD_STYLE_TYPE.PARAGRAPH and style.name != "Normal":
        style.font.bold = True
        style.paragraph_format.keep_with_next = True
        for border in style.element.xpath("./w:pPr/w:pBdr"):
            border.getparent().remove(border)


def _line(place: Any, text: str, style: str | None = None) -> Line:
    line: Line = place.add_paragraph(style=style)
    _write(line, text)
    return line


def _write(line: Line, text: str, *, is_bold: bool = False) -> None:
    run = line.add_run(printable(text))
    run.bold = is_bold or None


def _letterhead(word: Word, lines: Sequence[str]) -> None:
    if not lines:
        return
    for place, text in enumerate(lines):
        line = word.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(0)
        run = line.add_run(printable(text))
        run.font.size = Pt((12, 14)[place] if place < len((12, 14)) else 9)
        run.bold = place == min(1, len(lines) - 1)
    line.paragraph_format.space_after = Pt(12)
    border = OxmlElement("w:pBdr")
    below = OxmlElement("w:bottom")
    for name, value in (
        ("val", "thinThickSmallGap"),
        ("sz", "18"),
        ("space", "4"),
        ("color", "000000"),
    ):
        below.set(qn(f"w:{name}"), value)
    border.append(below)
    line._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - no public way to a border
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _block(word: Word, block: Any, sheet: Sheet) -> None:
    match block:
        case Heading():
            _line(word, block.text, f"Heading {min(max(block.level, 1), 3)}")
        case Paragraph():
            _line(word, block.text)
        case Facts():
            _facts(word, block, sheet)
        case Bullets():
            _bullets(word, block)
        case Table():
            _table(word, block, sheet)
        case Picture():
            line = word.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _draw(line, block, TEXT_MM[sheet.is_landscape], HIGHEST_MM[sheet.is_landscape])
        case Signature() | Signatures():
            _signatures(word, signatures_of(block), sheet)
        case PageBreak():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _bullets(word: Word, block: Bullets) -> None:
    style = "List Number" if block.is_numbered else "List Bullet"
    number = _own_numbers(word) if block.is_numbered else None
    for item in block.items:
        line = _line(word, item, style)
        if number is not None:
            numbers = line._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
            numbers.get_or_add_ilvl().val = 0
            numbers.get_or_add_numId().val = number


def _own_numbers(word: Word) -> int:
    """Begin a list of its own, so that each counts from one."""
    numbering = word.part.numbering_part.element
    used = word.styles["List Number"].element.pPr.numPr.numId.val
    first = next(each for each in numbering.num_lst if each.numId == used)
    own = numbering.add_num(first.abstractNumId.val)
    own.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(own.numId)


def _facts(word: Word, block: Facts, sheet: Sheet) -> None:
    if not block.rows:
        return
    whole = TEXT_MM[sheet.is_landscape]
    grid = word.add_table(rows=0, cols=3)
    grid.autofit = False
    for name, value in block.rows:
        cells = grid.add_row().cells
        widths = (NAME_MM, 5, whole - NAME_MM - 5)
        for cell, text, width in zip(cells, (name, ":", value), widths, strict=True):
            cell.width = Mm(width)
            _write(cell.paragraphs[0], text)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    word.add_paragraph()


def _table(word: Word, block: Table, sheet: Sheet) -> None:
    rows = [block.head, *block.rows] if block.head else list(block.rows)
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return
    parts = parts_of(block.widths, columns)
    widths = [TEXT_MM[sheet.is_landscape] * part / sum(parts) for part in parts]
    grid = word.add_table(rows=len(rows), cols=columns, style="Table Grid")
    grid.autofit = False
    cells = grid._cells  # noqa: SLF001 - each other way walks over the whole table for a row
    for place, row in enumerate(rows):
        is_head = bool(block.head) and place == 0
        for column, width in enumerate(widths):
            value = row[column] if column < len(row) else ""
            _cell(cells[place * columns + column], value, width, is_head=is_head)
    if block.head:
        head = OxmlElement("w:tblHeader")
        grid.rows[0]._tr.get_or_add_trPr().append(head)  # noqa: SLF001
    word.add_paragraph()


def _cell(cell: _Cell, value: str | Picture, width: float, *, is_head: bool) -> None:
    cell.width = Mm(width)
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    if isinstance(value, Picture):
        _draw(line, value, int(width) - 4, HIGHEST_MM[True])
    else:
        _write(line, value, is_bold=is_head)


def _draw(line: Line, picture: Picture, widest_mm: int, highest_mm: int) -> None:
    data, width = fitted(picture_bytes(picture), picture.width_mm, widest_mm, highest_mm)
    caption = printable(picture.caption)
    if not data:
        _write(line, caption or NO_PICTURE)
        return
    run = line.add_run()
    drawn = run.add_picture(io.BytesIO(data), width=Mm(width))
    drawn._inline.docPr.set("descr", caption)  # noqa: SLF001 - the words for who cannot see it
    if caption:
        run.add_break()
        line.add_run(caption).font.size = Pt(9)


def _signatures(word: Word, all_of_them: Sequence[Signature], sheet: Sheet) -> None:
    if not all_of_them:
        return
    beside = 3 if sheet.is_landscape else 2
    columns = 2 if len(all_of_them) == 1 else min(beside, len(all_of_them))
    shift = 1 if len(all_of_them) == 1 else 0
    word.add_paragraph()
    rows = -(-(len(all_of_them) + shift) // columns)
    grid = word.add_table(rows=rows, cols=columns)
    for place, one in enumerate(all_of_them, start=shift):
        _sign(grid.cell(place // columns, place % columns), one)
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _sign(cell: _Cell, one: Signature) -> None:
    first = cell.paragraphs[0]
    lines = [each for each in (one.place_and_day, one.role) if each]
    for place, text in enumerate(lines):
        _center(first if place == 0 else cell.add_paragraph(), text)
    mark = cell.add_paragraph()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    data, width = b"", 0
    if one.picture:
        data, width = fitted(picture_bytes(one.picture), one.picture.width_mm, *SIGNATURE_MM)
    if data:
        mark.add_run().add_picture(io.BytesIO(data), width=Mm(width))
    else:
        mark.paragraph_format.space_after = Pt(54)
    _center(cell.add_paragraph(), one.name, is_bold=True)
    if one.number:
        _center(cell.add_paragraph(), one.number)


def _center(line: Line, text: str, *, is_bold: bool = False) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(2)
    _write(line, text, is_bold=is_bold)


def _foot(word: Word, sheet: Sheet, check: Check | None) -> None:
    foot = word.sections[0].footer
    line = foot.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, field in zip(PAGE_WORDS, ("PAGE", "NUMPAGES"), strict=True):
        line.add_run(f"{words} " if field == "PAGE" else f" {words} ")
        _field(line, field)
    if sheet.foot:
        _small(_line(foot, sheet.foot))
    if check is not None:
        if check.address:
            foot.add_paragraph().add_run().add_picture(
                io.BytesIO(qr_png(check.address)), width=Mm(QR_MM)
            )
        for each in check.lines:
            _small(_line(foot, each))
    _small(line)


def _small(line: Line) -> None:
    line.paragraph_format.space_after = Pt(0)
    for run in line.runs:
        run.font.size = Pt(8)


def _field(line: Line, name: str) -> None:
    """Write a field that Word counts itself, shown as 1 until it does."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("shown", "1"), ("end", "")):
        run = line.add_run(text if kind == "shown" else "")
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001
        elif not kind:
            told = OxmlElement("w:instrText")
            told.text = text
            run._r.append(told)  # noqa: SLF001


def _packed(word: Word) -> bytes:
    """Save with fixed times in the archive, where the library writes the present ones."""
    saved, packed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for entry in source.infolist():
            same = zipfile.ZipInfo(entry.filename, ZIP_DAY)
            same.compress_type = zipfile.ZIP_DEFLATED
            same.external_attr = 0o600 << 16
            target.writestr(same, source.read(entry))
    return packed.getvalue()
