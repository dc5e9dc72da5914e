"""Contents page: every table of this app, in the order the data flows."""

from breaches.access.models import EntryLink, RoleHolder
from breaches.audit.models import AuditEvent, ChainHead
from breaches.evidence.models import CustodyEvent, Evidence
from breaches.incidents.models import Exposure, Incident, IncidentSet, Statement, TeamMember
from breaches.vault.models import SealedFile

__all__ = [
    "AuditEvent",
    "ChainHead",
    "CustodyEvent",
    "EntryLink",
    "Evidence",
    "Exposure",
    "Incident",
    "IncidentSet",
    "RoleHolder",
    "SealedFile",
    "Statement",
    "TeamMember",
]
