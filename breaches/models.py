"""Contents page: every table of this app, in the order the data flows."""

from breaches.access.models import EntryLink, RoleHolder
from breaches.audit.models import AuditEvent, ChainHead
from breaches.clawback.models import CaseClock, CaseEvent, ClawbackCase, Proposal
from breaches.downloads.models import AccessEvent, Acquisition, LogSource, NamedNetwork, Tally
from breaches.evidence.models import CustodyEvent, Evidence
from breaches.incidents.models import Exposure, Incident, IncidentSet, Statement, TeamMember
from breaches.leaks.models import (
    CellProblem,
    ColumnMapping,
    ElementSet,
    MappingProfile,
    SourceFile,
    SourceRow,
    SourceTable,
)
from breaches.matching.models import (
    AffectedPerson,
    Candidate,
    Gate,
    Judgement,
    MatchModel,
    MatchRun,
    RegisterIndex,
)
from breaches.people.models import (
    ContactPoint,
    Identifier,
    ImportProblem,
    NameKey,
    Person,
    Register,
    RegisterImport,
    Representation,
)
from breaches.recipients.models import Demand, Recipient, Response
from breaches.vault.models import SealedFile

__all__ = [
    "AccessEvent",
    "Acquisition",
    "AffectedPerson",
    "AuditEvent",
    "Candidate",
    "CaseClock",
    "CaseEvent",
    "CellProblem",
    "ChainHead",
    "ClawbackCase",
    "ColumnMapping",
    "ContactPoint",
    "CustodyEvent",
    "Demand",
    "ElementSet",
    "EntryLink",
    "Evidence",
    "Exposure",
    "Gate",
    "Identifier",
    "ImportProblem",
    "Incident",
    "IncidentSet",
    "Judgement",
    "LogSource",
    "MappingProfile",
    "MatchModel",
    "MatchRun",
    "NameKey",
    "NamedNetwork",
    "Person",
    "Proposal",
    "Recipient",
    "Register",
    "RegisterImport",
    "RegisterIndex",
    "Representation",
    "Response",
    "RoleHolder",
    "SealedFile",
    "SourceFile",
    "SourceRow",
    "SourceTable",
    "Statement",
    "Tally",
    "TeamMember",
]
