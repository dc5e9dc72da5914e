"""Wordings: write, look at with sample values, approve as the second person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from breaches.access.gate import staff_may
from breaches.errors import Refused
from breaches.web import StaffRequest, answer_refusal
from notifications.wording import actions, fields, queries, samples
from notifications.wording.actions import Draft
from notifications.wording.forms import VersionForm
from notifications.wording.models import Template, TemplateVersion


@require_GET
@staff_may("wording.view")
def overview(request: StaffRequest) -> HttpResponse:
    """List the kinds of notice and their versions."""
    kinds = [(one, queries.versions_of(one)) for one in queries.templates()]
    return render(request, "notifications/wording/list.html", {"kinds": kinds})


@require_POST
@staff_may("wording.edit")
def install(request: StaffRequest) -> HttpResponse:
    """Bring the starter texts in."""
    new = actions.install_starters(by=request.user, at=timezone.now())
    messages.success(request, f"{len(new)} texts brought in. A second person must approve each.")
    return redirect("wording:list")


@require_GET
@staff_may("wording.view")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one version beside the letter it makes with sample values."""
    version = get_object_or_404(TemplateVersion.objects.select_related("template"), pk=pk)
    blocks = fields.to_blocks(version.body, samples.VALUES[version.language])
    page = {
        "version": version,
        "blocks": blocks,
        "is_author": version.author_id == request.user.pk,
        "required": [(name, fields.FIELDS[name]) for name in fields.required_fields(version.body)],
    }
    return render(request, "notifications/wording/detail.html", page)


@staff_may("wording.edit")
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a new version of one kind of notice, starting from `?from=`."""
    template = get_object_or_404(Template, pk=pk)
    text = request.GET.get("from", "")
    versions = TemplateVersion.objects.filter(template=template)
    source = versions.filter(pk=int(text)).first() if text.isdecimal() else None
    initial = (
        {"language": source.language, "subject": source.subject, "body": source.body}
        if source
        else {}
    )
    form = VersionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        draft = Draft(**form.cleaned_data, translation_of=source and source.translation_of)
        try:
            version = actions.write_version(template, draft, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error("body", str(refusal))
        else:
            messages.success(request, "Handed in. A second person must approve it.")
            return redirect("wording:detail", version.pk)
    page = {"form": form, "template": template, "fields": fields.FIELDS}
    return render(request, "notifications/wording/write.html", page)


@require_POST
@staff_may("wording.approve")
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a version into use as the second person."""
    version = get_object_or_404(TemplateVersion, pk=pk)
    try:
        actions.approve_version(version, by=request.user, at=timezone.now())
    except Refused as refusal:
        answer_refusal(request, refusal)
    else:
        messages.success(request, "Approved: new letters use this text.")
    return redirect("wording:detail", pk)
