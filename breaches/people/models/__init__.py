"""The tables of the register, in the order they lean on each other."""

from breaches.people.models.custody import CustodyPlacement, Facility, OnEnvelope
from breaches.people.models.history import (
    ChangeKind,
    Decision,
    ImportChange,
    Merge,
    PersonChange,
    Relation,
)
from breaches.people.models.person import Identifier, NameKey, Person
from breaches.people.models.register import (
    WORKING,
    ImportColumn,
    ImportProblem,
    ImportStatus,
    Register,
    RegisterImport,
)
from breaches.people.models.standing import (
    ContactKind,
    ContactPoint,
    Death,
    Form,
    GuardianKind,
    Guardianship,
    Representation,
    Scope,
    Source,
)

__all__ = [
    "WORKING",
    "ChangeKind",
    "ContactKind",
    "ContactPoint",
    "CustodyPlacement",
    "Death",
    "Decision",
    "Facility",
    "Form",
    "GuardianKind",
    "Guardianship",
    "Identifier",
    "ImportChange",
    "ImportColumn",
    "ImportProblem",
    "ImportStatus",
    "Merge",
    "NameKey",
    "OnEnvelope",
    "Person",
    "PersonChange",
    "Register",
    "RegisterImport",
    "Relation",
    "Representation",
    "Scope",
    "Source",
]
