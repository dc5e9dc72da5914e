"""What every page of the People tab shows."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from breaches.incidents.models import Incident
from breaches.web import StaffRequest

TAB = "people"


def show(
    request: StaffRequest, incident: Incident, page: str, context: dict[str, Any]
) -> HttpResponse:
    """Answer with one page of the tab."""
    everything = {"incident": incident, "tab": TAB, **context}
    return render(request, f"breaches/matching/{page}.html", everything)
