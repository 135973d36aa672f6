"""Which documents the workspace writes, and which versions there are."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gerai.directory.models import Agency
from gerai.founding.stages import PaperKind
from gerai.papers.models import Paper
from gerai.papers.queries import differences

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
    """Return every document that can be written, with its versions but without their content."""
    agencies = Agency.objects.filter(is_active=True).order_by("short_name", "pk")
    drafts = [*COMMON, *map(_agreement_of, agencies)]
    versions: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    papers = Paper.objects.filter(thing__in=[draft.thing for draft in drafts])
    for paper in papers.defer("content").order_by("-version"):
        versions[paper.thing, paper.kind].append(paper)
    return [Written(draft, tuple(versions[draft.thing, draft.kind])) for draft in drafts]


def written(draft: Draft) -> Written:
    """Return one document with its versions."""
    found = Paper.objects.filter(thing=draft.thing, kind=draft.kind).order_by("-version")
    return Written(draft, tuple(found))


def version_of(draft: Draft, version: int) -> Paper | None:
    """Return one version of a document."""
    found: Paper | None = Paper.objects.filter(
        thing=draft.thing, kind=draft.kind, version=version
    ).first()
    return found


def _agreement_of(agency: Agency) -> Draft:
    return Draft(
        key=f"{PaperKind.AGREEMENT}-{agency.pk}",
        name=_("Perjanjian dengan %(agency)s") % {"agency": agency.short_name},
        kind=PaperKind.AGREEMENT,
        thing=f"{FOUNDING}:agency.{agency.pk}",
        agency=agency,
    )
