"""Forms of the workspace."""

from gerai.founding.forms.books import (
    DecisionFields,
    GuidanceFields,
    LegalFields,
    RiskFields,
    StaffRoleFields,
    TrialDayFields,
)
from gerai.founding.forms.steps import Evidence, NewStep, StepDays, StepFields
from gerai.founding.forms.workspace import Beginning, NewFounding, Particulars

__all__ = [
    "Beginning",
    "DecisionFields",
    "Evidence",
    "GuidanceFields",
    "LegalFields",
    "NewFounding",
    "NewStep",
    "Particulars",
    "RiskFields",
    "StaffRoleFields",
    "StepDays",
    "StepFields",
    "TrialDayFields",
]
