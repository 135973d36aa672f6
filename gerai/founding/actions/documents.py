"""Documents from the workspace's data: issued, in versions."""

from gerai.directory.models import Agency
from gerai.founding import letters
from gerai.founding.actions.workspace import NotBegun, wait_for_turn
from gerai.founding.models import Founding
from gerai.founding.queries.documents import Draft
from gerai.founding.queries.dossier import agency_entry, dossier
from gerai.founding.stages import PaperKind
from gerai.papers import actions as papers
from gerai.papers.blocks import Sheet
from gerai.papers.models import Paper
from gerai.people import audit
from gerai.transactions import one_transaction


@one_transaction
def issue(draft: Draft, *, by: audit.Actor) -> Paper:
    """Write a document from what the workspace knows now; unchanged, it stays the same version.

    :raises NotBegun: there is no workspace
    """
    # What is read now becomes the newest version: nobody else's older reading comes after it.
    return papers.issue(_sheet(draft, wait_for_turn()), kind=draft.kind, thing=draft.thing, by=by)


def _sheet(draft: Draft, founding: Founding) -> Sheet:
    found = dossier(founding)
    match draft.key:
        case PaperKind.REQUEST_LETTER:
            return letters.request_letter(found)
        case PaperKind.URGENCY_STUDY:
            return letters.urgency_study(found)
        case "decree_team":
            return letters.team_decree(found)
        case "decree_mechanism":
            return letters.mechanism_decree(found)
        case PaperKind.PROGRAMME:
            return letters.programme(found)
        case _:
            return _agreement(found, draft.agency)


def _agreement(found: letters.Dossier, agency: Agency | None) -> Sheet:
    entry = agency_entry(agency) if agency is not None else None
    if entry is None:
        raise NotBegun
    return letters.agreement(found, entry)
