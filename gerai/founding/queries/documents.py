"""Which documents the workspace writes, and which versions there are."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Agency
from gerai.founding.stages import PaperKind
from gerai.papers.models import Paper
from gerai.papers.queries import differences, papers_of

__all__ = [
    "COMMON",
    "Draft",
    "Written",
    "differences",
    "documents",
    "draft_with",
    "version_of",
    "written",
]

FOUNDING = "founding"


@dataclass(frozen=True)
class Draft:
    """A document that can be written. agency: whose agreement it is."""

    key: str
    name: str | Promise
    kind: str
    thing: str
    agency: Agency | None = None


@dataclass(frozen=True)
class Written:
    """A document with its versions, newest first."""

    draft: Draft
    versions: tuple[Paper, ...]


COMMON = (
    Draft(PaperKind.REQUEST_LETTER, _("Surat permohonan"), PaperKind.REQUEST_LETTER, FOUNDING),
    Draft(PaperKind.URGENCY_STUDY, _("Kerangka kajian urgensi"), PaperKind.URGENCY_STUDY, FOUNDING),
    Draft(
        "decree_team",
        _("Rancangan keputusan tim persiapan"),
        PaperKind.DECREE_DRAFT,
        f"{FOUNDING}:team",
    ),
    Draft(
        "decree_mechanism",
        _("Rancangan keputusan penyelenggaraan"),
        PaperKind.DECREE_DRAFT,
        f"{FOUNDING}:mechanism",
    ),
    Draft(PaperKind.PROGRAMME, _("Susunan acara peresmian"), PaperKind.PROGRAMME, FOUNDING),
)


def draft_with(key: str) -> Draft | None:
    """Return the document with a key; "agreement-12" is the agreement of an agency."""
    for draft in COMMON:
        if draft.key == key:
            return draft
    kind, _dash, number = key.partition("-")
    if kind != PaperKind.AGREEMENT or not number.isdecimal() or len(number) > len("9" * 12):
        return None
    agency = Agency.objects.filter(pk=int(number), is_active=True).first()
    return _agreement_of(agency) if agency is not None else None


def documents() -> list[Written]:
    """Return every document that can be written, with its versions."""
    agencies = Agency.objects.filter(is_active=True).order_by("short_name", "pk")
    return [written(draft) for draft in (*COMMON, *map(_agreement_of, agencies))]


def written(draft: Draft) -> Written:
    """Return one document with its versions."""
    versions = [paper for paper in papers_of(draft.thing) if paper.kind == draft.kind]
    return Written(draft, tuple(sorted(versions, key=lambda paper: -paper.version)))


def version_of(draft: Draft, version: int) -> Paper | None:
    """Return one version of a document."""
    return next((each for each in written(draft).versions if each.version == version), None)


def _agreement_of(agency: Agency) -> Draft:
    return Draft(
        key=f"{PaperKind.AGREEMENT}-{agency.pk}",
        name=_("Perjanjian dengan %(agency)s") % {"agency": agency.short_name},
        kind=PaperKind.AGREEMENT,
        thing=f"{FOUNDING}:agency.{agency.pk}",
        agency=agency,
    )
