"""The door of every page about one incident."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from breaches.access.gate import may
from breaches.access.rules import PERMISSIONS
from breaches.incidents.models import Incident, IncidentStatus
from breaches.web import View


def on_team(permission: str) -> Callable[[View], View]:
    """Open a page of an incident to its team.

    The view gets the incident for its `incident_id`. Whoever is not on the team learns
    nothing, not even that the incident exists: 404. A member without `permission`: 403.
    Of an ended incident only the audit log can be read; all else is 410.
    """
    if permission not in PERMISSIONS:
        raise KeyError(permission)

    def guard(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(
            request: HttpRequest, incident_id: int, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            user = cast("User", request.user)
            incident = Incident.objects.filter(pk=incident_id, team__user=user).first()
            if incident is None:
                raise Http404
            if not may(user, permission):
                raise PermissionDenied
            if incident.status == IncidentStatus.ENDED and permission != "audit.view":
                context = {"incident": incident}
                return render(request, "breaches/incidents/ended.html", context, status=410)
            return view(request, incident, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # read by the guard test
        return guarded

    return guard
