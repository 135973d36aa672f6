"""Papers and files as answers. Only for views that have looked who asks."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from gerai.papers import queries
from gerai.papers.models import Attachment, AttachmentKind, Paper

PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper_response(paper: Paper, form: str, request: HttpRequest | None = None) -> HttpResponse:
    """Answer with a paper as "pdf" (shown) or "docx" (saved).

    request: tells the address for the QR code where the mall has no host of its own
    """
    base = request.build_absolute_uri("/") if request else ""
    name = slugify(f"{paper.title[:80]} {paper.number} v{paper.version}") or f"surat-{paper.pk}"
    if form == "pdf":
        return _file(queries.pdf_of(paper, base), PDF, f"{name}.pdf", is_shown=True)
    if form == "docx":
        return _file(queries.docx_of(paper, base), DOCX, f"{name}.docx", is_shown=False)
    raise LookupError(form)


def attachment_response(attachment: Attachment) -> HttpResponse:
    """Answer with a file: PDF and pictures are shown, documents saved."""
    return _file(
        bytes(attachment.data),
        attachment.content_type,
        attachment.name,
        is_shown=attachment.file_kind != AttachmentKind.DOCUMENT,
    )


def _file(data: bytes, content_type: str, name: str, *, is_shown: bool) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    for header, value in {
        "Content-Disposition": content_disposition_header(not is_shown, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }.items():
        response.headers[header] = value
    return response
