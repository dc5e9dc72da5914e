"""Writing a wording, and having a second person approve it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Max

from breaches.audit import log
from breaches.audit.lifecycle import move, move_all
from breaches.errors import Refused
from notifications.wording import demand_texts, queries
from notifications.wording.fields import facts_in, fields_of, out_of_place, problems
from notifications.wording.models import (
    TO_RECIPIENTS,
    Purpose,
    Template,
    TemplateVersion,
    VersionStatus,
)
from notifications.wording.starters import INITIAL


class BadWording(Refused):
    """The text cannot be printed as it is."""


class NeedsSecondPerson(Refused):
    """The author cannot approve."""


class SourceReplaced(Refused):
    """A translation of a text that is not in use any more."""


class WrittenMeanwhile(Refused):
    """Somebody else saved a version at the same time."""


@dataclass(frozen=True)
class Draft:
    """A text as its author hands it in."""

    language: str
    subject: str
    body: str
    translation_of: TemplateVersion | None = None


def write_version(template: Template, draft: Draft, *, by: User, at: datetime) -> TemplateVersion:
    """Keep a new version and hand it in for approval.

    Raises BadWording, WrittenMeanwhile.
    """
    _check(draft, template.purpose)
    rows = TemplateVersion.objects.filter(template=template, language=draft.language)
    latest = rows.aggregate(Max("number"))["number__max"] or 0
    try:
        with transaction.atomic():
            version = TemplateVersion.objects.create(
                template=template,
                number=latest + 1,
                language=draft.language,
                subject=draft.subject,
                body=draft.body,
                sha256=sha256(f"{draft.subject}\n{draft.body}".encode()).hexdigest(),
                translation_of=draft.translation_of,
                author=by,
                status=VersionStatus.IN_REVIEW,
                status_at=at,
            )
            log.record(version, "wording.written", by=by, at=at)
    except IntegrityError as clash:
        raise WrittenMeanwhile("Somebody else has just saved a version; reload it.") from clash
    return version


def approve_version(version: TemplateVersion, *, by: User, at: datetime) -> None:
    """Put a version into use; the former one is retired, its translations become stale.

    Raises NeedsSecondPerson, SourceReplaced, IllegalMove, MovedMeanwhile.
    """
    if by.pk == version.author_id:
        raise NeedsSecondPerson("You wrote this text; a second person must approve it.")
    version.check_move(VersionStatus.ACTIVE)
    if queries.translates_a_replaced_text(version):
        raise SourceReplaced("The text this translates was replaced; translate the new one.")
    former = TemplateVersion.objects.filter(
        template=version.template, language=version.language, status=VersionStatus.ACTIVE
    ).first()
    with transaction.atomic():
        if former:
            translations = former.translations.filter(status=VersionStatus.ACTIVE)
            move_all(list(translations), VersionStatus.STALE, by=by, at=at)
            move(former, VersionStatus.RETIRED, by=by, at=at)
        move(version, VersionStatus.ACTIVE, by=by, at=at, approved_by=by, approved_at=at)


def send_back(version: TemplateVersion, *, by: User, at: datetime) -> None:
    """Return a version to its author. Raises IllegalMove, MovedMeanwhile."""
    move(version, VersionStatus.DRAFT, by=by, at=at)


def install_starters(*, by: User, at: datetime) -> list[TemplateVersion]:
    """Write the first notice in English and Spanish where there is none; return what is new."""
    template, is_new = Template.objects.get_or_create(
        purpose=Purpose.INITIAL, defaults={"name": "First notice to a person"}
    )
    if not is_new:
        return []
    english = write_version(template, Draft("en", *INITIAL["en"]), by=by, at=at)
    spanish = Draft("es", *INITIAL["es"], translation_of=english)
    return [english, write_version(template, spanish, by=by, at=at)]


def install_demands(*, by: User, at: datetime) -> list[TemplateVersion]:
    """Write the letters to recipients, in English, where there are none; return what is new."""
    new = []
    for purpose, text in demand_texts.TEXTS.items():
        template, is_new = Template.objects.get_or_create(
            purpose=purpose, defaults={"name": Purpose(purpose).label.capitalize()}
        )
        if is_new:
            new.append(write_version(template, Draft("en", *text), by=by, at=at))
    return new


def _check(draft: Draft, purpose: str) -> None:
    text = f"{draft.subject}\n{draft.body}"
    found = problems(draft.subject) + problems(draft.body)
    found += out_of_place(text, to_recipient=purpose in TO_RECIPIENTS)
    if not draft.subject.strip() or not draft.body.strip():
        found.append("The subject or the text is empty.")
    if draft.translation_of:
        found += _differences(draft.translation_of.body, draft.body)
    if found:
        raise BadWording(" ".join(found))


def _differences(source: str, body: str) -> list[str]:
    """Say what a translation must share with its source and does not."""
    found = []
    if odd := set(fields_of(source)) ^ set(fields_of(body)):
        found.append(f"A translation has the same fields; look at {', '.join(sorted(odd))}.")
    if facts_in(source) != facts_in(body):
        here = sorted(set(facts_in(source)) ^ set(facts_in(body)))
        found.append(
            f"A translation has the same numbers and addresses; look at {', '.join(here)}."
        )
    return found
