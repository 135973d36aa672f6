"""What a workspace writes: outlines in plain words, always in Indonesian.

A fact that is missing is a blank. A legal line is quoted only where the founder confirmed it.
"""

from gerai.founding.letters.agreement import agreement
from gerai.founding.letters.decrees import mechanism_decree, team_decree
from gerai.founding.letters.dossier import (
    BLANK,
    AgencyEntry,
    Dossier,
    FacilityEntry,
    LegalEntry,
    RiskEntry,
    RoleEntry,
    StageEntry,
    StatusEntry,
)
from gerai.founding.letters.inauguration import programme
from gerai.founding.letters.proposal import request_letter, urgency_study
from gerai.founding.letters.status import status

__all__ = [
    "BLANK",
    "AgencyEntry",
    "Dossier",
    "FacilityEntry",
    "LegalEntry",
    "RiskEntry",
    "RoleEntry",
    "StageEntry",
    "StatusEntry",
    "agreement",
    "mechanism_decree",
    "programme",
    "request_letter",
    "status",
    "team_decree",
    "urgency_study",
]
