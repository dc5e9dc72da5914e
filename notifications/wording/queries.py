"""Which wording is in use."""

from django.db.models import QuerySet

from notifications.wording.models import Template, TemplateVersion, VersionStatus


def active_version(purpose: str, language: str) -> TemplateVersion | None:
    """Return the approved wording of one purpose in one language, or None."""
    rows = TemplateVersion.objects.filter(template__purpose=purpose, status=VersionStatus.ACTIVE)
    return rows.filter(language=language).first()


def active_by_language(purpose: str) -> dict[str, TemplateVersion]:
    """Return the approved wordings of one purpose by language."""
    rows = TemplateVersion.objects.filter(template__purpose=purpose, status=VersionStatus.ACTIVE)
    return {row.language: row for row in rows}


def templates() -> QuerySet[Template]:
    """Return every kind of notice with its versions."""
    return Template.objects.prefetch_related("versions").order_by("pk")


def versions_of(template: Template) -> QuerySet[TemplateVersion]:
    """Return the versions of one kind of notice, the newest of each language first."""
    rows = TemplateVersion.objects.filter(template=template).select_related("author", "approved_by")
    return rows.order_by("language", "-number")
