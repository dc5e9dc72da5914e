"""What a new version of a file adds, changes and removes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from breaches.audit import log
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.leaks import queries, versions
from breaches.web import StaffRequest, page_of

KINDS = {"added": "added", "changed": "changed", "removed": "no longer there"}


@require_GET
@on_team("file.view")
def changes(request: StaffRequest, incident: Incident, pk: int) -> HttpResponse:
    """Show what a file changes against the version before it."""
    file = get_object_or_404(queries.files_of(incident), pk=pk)
    kind = request.GET.get("kind", "added")
    kind = kind if kind in KINDS else "added"
    found = versions.changes_in(file)
    rows = {"added": found.added, "changed": found.changed, "removed": found.removed}[kind]
    page = page_of(request, rows.order_by("source_file", "table", "row_number"))
    log.record(file, "changes.opened", by=request.user, at=timezone.now(), page=page.number)
    context = {"incident": incident, "tab": "files", "file": file, "found": found, "page": page}
    figures = [(code, words, found.people[code]) for code, words in KINDS.items()]
    context |= {"kind": kind, "figures": figures, "words": KINDS[kind]}
    context["lines"] = versions.changed_lines(
        page.object_list, file, request.sight, is_changed=kind == "changed"
    )
    return render(request, "breaches/leaks/changes.html", context)
