"""A log, the requests found in it, and what each client got."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from breaches.audit.leases import Leased
from breaches.downloads.locators import Locator, locator
from breaches.evidence.models import Evidence
from breaches.incidents.models import Exposure, Incident
from breaches.vault.models import Sealed


class LogStatus(models.TextChoices):
    RECEIVED = "RECEIVED", "waiting to be read"
    READING = "READING", "being read"
    READ = "READ", "read"
    REFUSED = "REFUSED", "not readable"


class ClientClass(models.TextChoices):
    UNKNOWN = "unknown", "not recognised"
    OWN = "own", "our own check"
    MONITOR = "monitor", "monitoring service"
    BOT = "bot", "robot"


class Decision(models.TextChoices):
    HIT = "hit", "counted as a request for the file"
    OTHER = "other", "about something else"


class LogSource(Leased):
    """One log file, asked about one exposure; where its reading stands and what it covers.

    `done` and `total` are bytes of the stored file.
    """

    CLEAR = {
        *("status", "packing", "damage", "problem", "coverage"),
        *("format_said", "format_name", "notes", "header"),
    }
    MOVES: ClassVar = {
        LogStatus.RECEIVED: {LogStatus.READING, LogStatus.REFUSED},
        LogStatus.READING: {LogStatus.READ, LogStatus.REFUSED},
        LogStatus.READ: {LogStatus.RECEIVED},
        LogStatus.REFUSED: {LogStatus.RECEIVED},
    }

    status = models.CharField(max_length=20, choices=LogStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="logs")
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="logs")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="logs")
    ignores_case = models.BooleanField(default=False, help_text="The server ignores capitals.")
    format_said = models.TextField(blank=True, help_text="as a person wrote it; empty: guessed")
    format_name = models.CharField(max_length=60, blank=True)
    notes = models.JSONField(default=list, help_text="what the format cannot say, as codes")
    header = models.TextField(blank=True, help_text="the column line in force where reading is")
    packing = models.CharField(max_length=10)
    damage = models.CharField(max_length=10, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    text_offset = models.PositiveBigIntegerField(default=0, help_text="of the unpacked text")
    line_count = models.PositiveBigIntegerField(default=0)
    coverage = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "exposure"], name="log_asked_once_per_exposure"
            )
        ]

    def __str__(self) -> str:
        return f"log {self.pk}"

    @property
    def locator(self) -> Locator:
        """Return the place this log is searched for."""
        return locator(self.exposure.locator, ignore_case=self.ignores_case)


class AccessEvent(Sealed):
    """One line about the file, raw and sealed; what is needed for counting beside it."""

    CLEAR = {
        *("key_name", "zone", "method", "client_class", "class_reason", "worth", "problem"),
        *("decision", "network", "agent", "line", "address_kind"),
    }

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    log_source = models.ForeignKey(LogSource, on_delete=models.PROTECT, related_name="events")
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="events")
    line_number = models.PositiveBigIntegerField()
    byte_offset = models.PositiveBigIntegerField(help_text="in the unpacked text")
    at = models.DateTimeField(null=True, help_text="UTC")
    zone = models.CharField(max_length=5, blank=True, help_text="as the server wrote it")
    method = models.CharField(max_length=10, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True)
    bytes = models.PositiveBigIntegerField(null=True)
    client_class = models.CharField(max_length=10, choices=ClientClass.choices)
    class_reason = models.CharField(max_length=80, blank=True)
    address_kind = models.CharField(max_length=20)
    aborted = models.BooleanField(default=False, help_text="the server says the client left")
    span_start = models.PositiveBigIntegerField(null=True, help_text="first byte of a part")
    span_end = models.PositiveBigIntegerField(null=True, help_text="one past its last byte")
    worth = models.CharField(max_length=10)
    network = models.CharField(max_length=32, help_text="blind index of the address or /64")
    agent = models.CharField(max_length=32, help_text="blind index of the User-Agent")
    line = models.CharField(max_length=32, help_text="blind index of the raw line")
    occurrence = models.PositiveIntegerField(default=1, help_text="nth such line of this log")
    is_repeat = models.BooleanField(default=False, help_text="an earlier log holds it")
    problem = models.CharField(max_length=10, blank=True)
    decision = models.CharField(max_length=10, blank=True, choices=Decision.choices)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["log_source", "line_number"], name="event_once_per_line"
            ),
            models.CheckConstraint(
                name="event_decided_by_somebody",
                condition=Q(decision="") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["exposure", "network"], name="event_by_client")]

    @property
    def span(self) -> tuple[int, int] | None:
        """Return the offsets of a part, if the log has them."""
        if self.span_start is None or self.span_end is None:
            return None
        return self.span_start, self.span_end

    def __str__(self) -> str:
        return f"line {self.line_number} of log {self.log_source_id}"


class Acquisition(Sealed):
    """What one client (user, else address or /64) of one class got of the file in the window."""

    CLEAR = {"key_name", "network", "operator", "client_class", "address_kind", "grade"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="acquisitions")
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="acquisitions")
    network = models.CharField(max_length=32, help_text="blind index of the address or /64")
    operator = models.CharField(max_length=32, help_text="blind index of the operator")
    client_class = models.CharField(max_length=10, choices=ClientClass.choices)
    address_kind = models.CharField(max_length=20)
    grade = models.CharField(max_length=1)
    bytes_lower = models.PositiveBigIntegerField(default=0)
    bytes_upper = models.PositiveBigIntegerField(null=True, help_text="null: no bound")
    over_count = models.PositiveBigIntegerField(help_text="bytes a log may claim too many")
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    requests = models.PositiveIntegerField(help_text="answered with content")
    actions = models.PositiveIntegerField()
    agents = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True, help_text="no request counts here any more")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exposure", "network", "client_class"], name="acquisition_per_client"
            )
        ]

    def __str__(self) -> str:
        return f"acquisition {self.pk}"


class NamedNetwork(Sealed):
    """A network that somebody said is ours, or a monitor's; the network itself is sealed."""

    CLEAR = {"key_name", "client_class", "network"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    client_class = models.CharField(max_length=10, choices=ClientClass.choices)
    network = models.CharField(max_length=32, help_text="blind index of the network")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "network"], name="network_named_once")
        ]

    def __str__(self) -> str:
        return f"named network {self.pk}"


class RegistryReply(Sealed):
    """What a registry was asked about one address, and its answer, byte for byte and sealed."""

    CLEAR = {"key_name", "network", "problem"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    network = models.CharField(max_length=32, help_text="blind index of the address or /64")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(help_text="when it is asked, or asked again")
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "network"], name="registry_asked_once")
        ]

    def __str__(self) -> str:
        return f"registry reply {self.pk}"


class Tally(models.Model):
    """On what facts an exposure was last counted; counted again when they change."""

    CLEAR: ClassVar[set[str]] = set()

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    exposure = models.OneToOneField(Exposure, on_delete=models.PROTECT, related_name="tally")
    file_size = models.PositiveBigIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"tally of exposure {self.exposure_id}"
