"""What a person types when a log is taken in."""

from ipaddress import ip_network
from typing import Any, cast

from django import forms

from breaches.downloads.intake import LogImport, NetworkLine
from breaches.downloads.models import ClientClass
from breaches.downloads.queries import web_exposures
from breaches.incidents.models import Exposure, Incident

MOST_NETWORKS = 500


class NetworksField(forms.CharField):
    """Networks, one a line, each with an optional reason after a space."""

    def __init__(self, client_class: str, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)
        self.client_class = client_class

    def clean(self, value: Any) -> list[NetworkLine]:
        """Return the networks, or say which line is none."""
        text = super().clean(value) or ""
        rows = [(number, line.split(maxsplit=1)) for number, line in _numbered(text)]
        if len(rows) > MOST_NETWORKS:
            raise forms.ValidationError(f"Name at most {MOST_NETWORKS} networks at a time.")
        return [self._network(number, parts) for number, parts in rows]

    def _network(self, number: int, parts: list[str]) -> NetworkLine:
        try:
            ip_network(parts[0], strict=False)
        except ValueError as fault:
            raise forms.ValidationError(
                f"Line {number} does not begin with an address or network such as 192.0.2.0/24."
            ) from fault
        return NetworkLine(parts[0], self.client_class, "".join(parts[1:])[:200])


def _numbered(text: str) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


OURS = "Networks of our own checks"
OURS_HELP = "One a line, such as 192.0.2.0/24, with a reason after a space if you like."
MONITORS = "Networks of monitoring services"


class NetworksForm(forms.Form):
    """Networks whose requests are set aside, visibly."""

    own = NetworksField(ClientClass.OWN, label=OURS, help_text=OURS_HELP)
    monitors = NetworksField(ClientClass.MONITOR, label=MONITORS, help_text="One a line.")

    @property
    def networks(self) -> list[NetworkLine]:
        """Return all networks typed."""
        return [*self.cleaned_data["own"], *self.cleaned_data["monitors"]]


class PostedFileField(forms.ModelChoiceField):
    """A choice among exposures by their web address."""

    def label_from_instance(self, obj: Exposure) -> str:
        """Return the address a person knows the file by."""
        return obj.locator


def format_field() -> forms.CharField:
    """Return the field in which a person says how lines are written."""
    return forms.CharField(
        required=False,
        max_length=4000,
        label="Format of the lines",
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=(
            "Leave empty to have it found. Otherwise the LogFormat or log_format line of the "
            "server's configuration, w3c, or a JSON mapping."
        ),
    )


class FormatForm(forms.Form):
    """How a log that is here already is to be read."""

    format_said = format_field()


class LogForm(NetworksForm):
    """One log and what it is asked about."""

    log = forms.FileField(
        label="Log file",
        help_text=(
            "Access log of a web server, CDN, object store or load balancer; plain, gzip, "
            "bzip2 or zstd, or a zip of such files."
        ),
    )
    exposure = PostedFileField(
        queryset=Exposure.objects.none(), label="Posted file", empty_label=None
    )
    handed_over_by = forms.CharField(max_length=200, label="Handed over by")
    ignores_case = forms.BooleanField(
        required=False,
        label="The server ignores capitals in addresses (Windows, macOS)",
    )
    format_said = format_field()
    field_order = (
        "log",
        "exposure",
        "handed_over_by",
        "ignores_case",
        "format_said",
        "own",
        "monitors",
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Exposure]", self.fields["exposure"])
        choice.queryset = web_exposures(incident)

    @property
    def order(self) -> LogImport:
        """Return what was handed in."""
        return LogImport(
            upload=self.cleaned_data["log"],
            exposure=self.cleaned_data["exposure"],
            handed_over_by=self.cleaned_data["handed_over_by"],
            ignores_case=self.cleaned_data["ignores_case"],
            networks=self.networks,
            format_said=self.cleaned_data["format_said"],
        )
