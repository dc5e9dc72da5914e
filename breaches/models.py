"""Contents page: every table of this app, in the order the data flows."""

from breaches.access.models import EntryLink, RoleHolder
from breaches.audit.models import AuditEvent, ChainHead
from breaches.evidence.models import CustodyEvent, Evidence
from breaches.incidents.models import Exposure, Incident, IncidentSet, Statement, TeamMember
from breaches.leaks.models import ColumnMapping, SourceFile, SourceRow
from breaches.matching.models import AffectedPerson, Candidate, Judgement, MatchRun
from breaches.people.models import (
    ContactPoint,
    Identifier,
    ImportProblem,
    Person,
    Register,
    RegisterImport,
    Representation,
)
from breaches.vault.models import SealedFile

__all__ = [
    "AffectedPerson",
    "AuditEvent",
    "Candidate",
    "ChainHead",
    "ColumnMapping",
    "ContactPoint",
    "CustodyEvent",
    "EntryLink",
    "Evidence",
    "Exposure",
    "Identifier",
    "ImportProblem",
    "Incident",
    "IncidentSet",
    "Judgement",
    "MatchRun",
    "Person",
    "Register",
    "RegisterImport",
    "Representation",
    "RoleHolder",
    "SealedFile",
    "SourceFile",
    "SourceRow",
    "Statement",
    "TeamMember",
]
