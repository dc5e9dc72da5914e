"""Which wording is in use."""

from django.db.models import F, QuerySet

from notifications.wording.models import (
    TO_RECIPIENTS,
    Purpose,
    Template,
    TemplateVersion,
    VersionStatus,
)

SOURCE = "en"


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


def lacks_starters() -> bool:
    """Say whether a text that the product brings along is not here."""
    brought = {Purpose.INITIAL, *TO_RECIPIENTS}
    return Template.objects.filter(purpose__in=brought).count() < len(brought)


def versions_of(template: Template) -> QuerySet[TemplateVersion]:
    """Return the versions of one kind of notice, the newest of each language first."""
    rows = TemplateVersion.objects.filter(template=template).select_related("author", "approved_by")
    return rows.order_by("language", "-number")


def source_of(template: Template) -> TemplateVersion | None:
    """Return the English text that a translation is made from: in use, or else waiting."""
    rows = TemplateVersion.objects.filter(template=template, language=SOURCE)
    rows = rows.filter(status__in=[VersionStatus.ACTIVE, VersionStatus.IN_REVIEW])
    return rows.order_by("status", "-number").first()


def translates_a_replaced_text(version: TemplateVersion) -> bool:
    """Say whether the text that `version` translates is not in use any more."""
    over = [VersionStatus.RETIRED, VersionStatus.STALE]
    return TemplateVersion.objects.filter(translations=version, status__in=over).exists()


def current(template: Template) -> list[TemplateVersion]:
    """Return what is in use, waits, or went stale, of one kind of notice."""
    over = [VersionStatus.RETIRED]
    return list(versions_of(template).exclude(status__in=over))


def waiting_for_approval() -> QuerySet[TemplateVersion]:
    """Return the texts that a second person has to read."""
    return TemplateVersion.objects.filter(status=VersionStatus.IN_REVIEW)


def stale() -> QuerySet[TemplateVersion]:
    """Return the translations of a text that has been replaced, and not redone since."""
    return TemplateVersion.objects.filter(status=VersionStatus.STALE).exclude(
        template__versions__status=VersionStatus.ACTIVE, template__versions__language=F("language")
    )
