"""The wording pages, from empty to approved, with both people who are needed."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from notifications.wording.models import TemplateVersion, VersionStatus
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_texts_are_brought_in_read_beside_a_preview_and_approved(client):
    client.force_login(make_user("caseworker"))
    assert b"Bring the starter texts in" in client.get(reverse("wording:list")).content
    client.post(reverse("wording:install"))
    version = TemplateVersion.objects.get(language="es")

    client.force_login(make_user("approver"))
    page = client.get(reverse("wording:detail", args=[version.pk])).content.decode()
    assert "<li>Su fecha de nacimiento</li>" in page
    client.post(reverse("wording:approve", args=[version.pk]))

    version.refresh_from_db()
    assert version.status == VersionStatus.ACTIVE


def written_by(author):
    call_command("install_wording", author.username)
    return {version.language: version for version in TemplateVersion.objects.all()}


def test_a_look_saves_nothing_and_escapes_what_was_typed(client):
    author = make_user("caseworker")
    version = written_by(author)["en"]
    client.force_login(author)
    typed = {"language": "en", "subject": "A", "body": "Dear <b>((name))</b>", "look": "1"}

    page = client.post(reverse("wording:write", args=[version.template_id]), typed)

    assert "Dear &lt;b&gt;Ada Doe&lt;/b&gt;" in page.content.decode()
    assert version.template.versions.filter(language="en").count() == 1


def test_a_translation_with_another_number_is_not_saved(client):
    author = make_user("caseworker")
    spanish = written_by(author)["es"]
    client.force_login(author)
    typed = {"language": "es", "subject": spanish.subject, "body": f"{spanish.body}\nSon 72 horas."}

    page = client.post(reverse("wording:write", args=[spanish.template_id]), typed)

    assert "the same numbers and addresses; look at 72" in page.content.decode()
    assert TemplateVersion.objects.filter(language="es").count() == 1


def test_a_second_person_may_send_a_text_back(client):
    version = written_by(make_user("caseworker"))["en"]
    client.force_login(make_user("approver"))

    client.post(reverse("wording:send_back", args=[version.pk]))

    version.refresh_from_db()
    assert version.status == VersionStatus.DRAFT
