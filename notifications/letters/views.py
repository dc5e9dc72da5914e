"""The Letters tab: how far the letters are, what holds them up, and each one beside its wording."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from breaches.errors import Refused
from breaches.incidents.gate import on_team
from breaches.incidents.models import Incident
from breaches.web import StaffRequest, answer_refusal, page_of
from notifications.letters import actions, preview, queries, rules, tasks
from notifications.letters.models import Hold, Letter, Status
from notifications.wording import fields

TAB = "letters"
WITHHELD = (
    "The address on this letter was impounded after the letter was made. Take it out of its print "
    "run by cancelling the run, and order the letters again: it is then held until somebody says "
    "where it may go. Only those with the right to see impounded addresses can open it as it is."
)


@require_GET
@on_team("letter.view")
def overview(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Show how many letters stand where, what holds some, and the list."""
    status, hold = request.GET.get("status", ""), request.GET.get("hold", "")
    page = page_of(request, queries.chosen(incident, status=status, hold=hold))
    context = {
        **_progress(incident),
        "tab": TAB,
        "page": page,
        "to_order": queries.to_order(incident).count(),
        "held": queries.held_by_reason(incident),
        "status": status,
        "hold": Hold(hold).label if hold in Hold.values else "",
    }
    return render(request, "notifications/letters/list.html", context)


@require_GET
@on_team("letter.view")
def progress(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Answer the progress bar."""
    return render(request, "notifications/letters/progress.html", _progress(incident))


@require_POST
@on_team("letter.order")
def order(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Order a letter for each notice that may go out."""
    try:
        count = actions.order_letters(incident, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        tasks.sweep_letters.delay_on_commit()
        messages.success(request, f"{count} letters ordered.")
    return redirect("letters:list", incident_id=incident.pk)


@require_GET
@on_team("letter.view")
def find(request: StaffRequest, incident: Incident) -> HttpResponse:
    """Go to the letter whose reference somebody reads out."""
    text = request.GET.get("reference", "")
    letter = queries.with_reference(incident, rules.tidy_reference(text))
    if letter:
        return redirect("letters:detail", incident_id=incident.pk, pk=letter.pk)
    slip = "" if rules.is_reference(text) else " It has a slip in it: ask for it once more."
    messages.error(request, f"No letter of this incident has that reference.{slip}")
    return redirect("letters:list", incident_id=incident.pk)


@require_GET
@on_team("letter.view")
def detail(request: StaffRequest, incident: Incident, pk: UUID) -> HttpResponse:
    """Show one letter as it was ordered, its picture beside its wording."""
    letter = _seen(request, _letter(incident, pk))
    document = actions.read_letter(letter, by=request.user, at=timezone.now())
    version, values = letter.version, document["values"]
    context = {
        "incident": incident,
        "tab": TAB,
        "letter": letter,
        "document": document,
        "subject": fields.fill(version.subject, values),
        "body": mark_safe(fields.to_html(version.body, values)),  # noqa: S308  # escapes each value
    }
    return render(request, "notifications/letters/detail.html", context)


@require_GET
@on_team("letter.view")
def picture(request: StaffRequest, incident: Incident, pk: UUID) -> HttpResponse:
    """Answer the first page as a picture."""
    content = _content(request, _letter(incident, pk))
    return HttpResponse(preview.first_page(content), content_type="image/png")


@require_GET
@on_team("letter.view")
def download(request: StaffRequest, incident: Incident, pk: UUID) -> HttpResponse:
    """Hand out the PDF, under a name that says nothing of the person."""
    return _pdf(request, _letter(incident, pk))


@require_GET
@on_team("recipient.view")
def demand(request: StaffRequest, incident: Incident, pk: UUID) -> HttpResponse:
    """Hand out the PDF of a letter to a recipient, to those who send it by another way."""
    letter = queries.letter_of(incident, pk)
    if letter is None:
        raise Http404
    return _pdf(request, letter)


def _letter(incident: Incident, pk: UUID) -> Letter:
    return get_object_or_404(queries.letters_of(incident), pk=pk)


def _pdf(request: StaffRequest, letter: Letter) -> HttpResponse:
    response = HttpResponse(_content(request, letter), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{letter.reference}.pdf"'
    return response


def _seen(request: StaffRequest, letter: Letter) -> Letter:
    """Return a letter, unless the address on it was impounded since and they have no right."""
    if queries.withheld(queries.letters_of(letter.incident).filter(pk=letter.pk), request.user):
        raise PermissionDenied(WITHHELD)
    return letter


def _content(request: StaffRequest, letter: Letter) -> bytes:
    try:
        return actions.open_pdf(_seen(request, letter), by=request.user, at=timezone.now())
    except actions.NoPdf as missing:
        raise Http404 from missing


def _progress(incident: Incident) -> dict[str, object]:
    counts = queries.counts(incident)
    total = sum(counts.values())
    return {
        "incident": incident,
        "counts": counts,
        "total": total,
        "done": total - counts[Status.ORDERED],
        "troubles": queries.troubles(incident),
    }
