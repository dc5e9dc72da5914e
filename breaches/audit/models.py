"""What happened, to what, by whom. No foreign keys: the log outlives its subjects."""

from typing import Any

from django.db import models


class AuditEvent(models.Model):
    """One link of a chain: ids, codes and field names, never a value."""

    CLEAR = {"chain", "actor", "event", "subject", "subject_id", "data", "mac"}

    chain = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=20, help_text="user id, or system")
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_one_per_seq")]
        indexes = [models.Index(fields=["subject", "subject_id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.event}"

    @property
    def body(self) -> dict[str, Any]:
        """Return what the MAC covers."""
        return {
            "chain": self.chain,
            "at": self.at.isoformat(),
            "actor": self.actor,
            "event": self.event,
            "subject": self.subject,
            "subject_id": self.subject_id,
            "data": self.data,
        }


class ChainHead(models.Model):
    """The last link of a chain; locked while one more is added."""

    CLEAR = {"chain", "mac"}

    chain = models.CharField(max_length=40, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain}@{self.seq}"
