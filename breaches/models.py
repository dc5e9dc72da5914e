"""Contents page: every table of this app, in the order the data flows."""

from breaches.audit.models import AuditEvent, ChainHead

__all__ = ["AuditEvent", "ChainHead"]
