"""Wordings: write, look at with sample values, approve as the second person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from breaches.access.gate import staff_may
from breaches.errors import Refused
from breaches.web import StaffRequest, attempt
from notifications.wording import actions, fields, queries, samples
from notifications.wording.actions import Draft
from notifications.wording.forms import VersionForm
from notifications.wording.models import Template, TemplateVersion


@require_GET
@staff_may("wording.view")
def overview(request: StaffRequest) -> HttpResponse:
    """List the kinds of notice and their versions."""
    kinds = [(one, queries.versions_of(one)) for one in queries.templates()]
    context = {"kinds": kinds, "lacks_starters": bool(kinds) and queries.lacks_starters()}
    return render(request, "notifications/wording/list.html", context)


@require_POST
@staff_may("wording.edit")
def install(request: StaffRequest) -> HttpResponse:
    """Bring the starter texts in."""
    new = actions.install_starters(by=request.user, at=timezone.now())
    new += actions.install_demands(by=request.user, at=timezone.now())
    messages.success(request, f"{len(new)} texts brought in. A second person must approve each.")
    return redirect("wording:list")


@require_GET
@staff_may("wording.view")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one version beside the letter it makes with sample values."""
    version = get_object_or_404(TemplateVersion.objects.select_related("template"), pk=pk)
    page = {
        "version": version,
        "language": version.language,
        **_preview(version.language, version.subject, version.body),
        "is_author": version.author_id == request.user.pk,
        "required": [(name, fields.FIELDS[name]) for name in fields.required_fields(version.body)],
    }
    return render(request, "notifications/wording/detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_may("wording.edit")
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a new version of one kind of notice, starting from `?from=`; or only look at it."""
    template = get_object_or_404(Template, pk=pk)
    form = VersionForm(request.POST or None, initial=_start(template, request.GET.get("from", "")))
    context = {"form": form, "template": template, "fields": fields.FIELDS}
    if request.method == "POST" and form.is_valid():
        if "look" not in request.POST and (version := _save(request, template, form)):
            return redirect("wording:detail", version.pk)
        if not form.errors:
            context |= {"language": form.cleaned_data["language"], **_preview(**form.cleaned_data)}
    return render(request, "notifications/wording/write.html", context)


@require_POST
@staff_may("wording.approve")
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a version into use as the second person."""
    version = get_object_or_404(TemplateVersion, pk=pk)
    attempt(
        request,
        lambda: actions.approve_version(version, by=request.user, at=timezone.now()),
        "Approved: new letters use this text.",
    )
    return redirect("wording:detail", pk)


@require_POST
@staff_may("wording.approve")
def send_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Return a version to its author."""
    version = get_object_or_404(TemplateVersion, pk=pk)
    attempt(
        request,
        lambda: actions.send_back(version, by=request.user, at=timezone.now()),
        "Sent back: its author can write the next version.",
    )
    return redirect("wording:detail", pk)


def _preview(language: str, subject: str, body: str) -> dict[str, Any]:
    values = samples.VALUES[language]
    return {"subject": fields.fill(subject, values), "blocks": fields.to_blocks(body, values)}


def _start(template: Template, origin: str) -> dict[str, str]:
    versions = TemplateVersion.objects.filter(template=template)
    found = versions.filter(pk=int(origin)).first() if origin.isdecimal() else None
    if found is None:
        return {}
    return {"language": found.language, "subject": found.subject, "body": found.body}


def _save(request: StaffRequest, template: Template, form: VersionForm) -> TemplateVersion | None:
    data = form.cleaned_data
    source = None if data["language"] == queries.SOURCE else queries.source_of(template)
    draft = Draft(**data, translation_of=source)
    try:
        version = actions.write_version(template, draft, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error("body", str(refusal))
        return None
    messages.success(request, "Handed in. A second person must approve it.")
    return version
