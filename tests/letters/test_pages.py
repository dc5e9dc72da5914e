"""The Letters tab, as a caseworker sees it."""

import pytest

from breaches.audit.models import AuditEvent
from notifications.letters.models import Letter, Status
from tests.factories import make_user
from tests.letters.makers import make_letters, make_ready, make_rendered, only_letter

pytestmark = pytest.mark.django_db


def signed_in(client, incident, *roles):
    user = make_user(*roles)
    incident.team.create(user=user, added_at=incident.status_at)
    client.force_login(user)
    return user


def test_letters_are_ordered_with_one_button(client):
    incident = make_ready({"name": "Ada Doe"}, {"name": "Bo Roe"})
    signed_in(client, incident, "caseworker")
    assert b"Order 2 letters" in client.get(f"/incidents/{incident.pk}/letters/").content

    answer = client.post(f"/incidents/{incident.pk}/letters/order/", follow=True)

    assert b"2 letters ordered." in answer.content
    assert b"Making letters" in answer.content
    assert Letter.objects.count() == 2


def test_an_approver_reads_letters_and_orders_none(client):
    incident = make_ready()
    signed_in(client, incident, "approver")

    assert client.get(f"/incidents/{incident.pk}/letters/").status_code == 200
    assert client.post(f"/incidents/{incident.pk}/letters/order/").status_code == 403


def test_without_notices_the_page_says_what_to_do(client):
    incident = make_ready({"lines": []})
    signed_in(client, incident)

    assert b"No letters yet" in client.get(f"/incidents/{incident.pk}/letters/").content


def test_the_list_says_why_a_letter_is_held(client):
    incident = make_rendered({"name": "王 Example"}, {"name": "Bo Roe"})
    signed_in(client, incident)

    page = client.get(f"/incidents/{incident.pk}/letters/?hold=missing_glyph").content.decode()

    held = Letter.objects.get(status=Status.HELD)
    assert "U+738B" in page
    assert held.reference in page
    assert Letter.objects.get(status=Status.RENDERED).reference not in page


def test_a_letter_is_shown_as_picture_beside_its_words_and_that_is_written_down(client):
    incident = make_rendered({"name": "Ada <b>Doe</b>", "lines": ["1 Main St", "Salem OR 97301"]})
    letter = only_letter(incident)
    user = signed_in(client, incident)
    base = f"/incidents/{incident.pk}/letters/{letter.pk}/"

    page, picture = client.get(base), client.get(f"{base}picture/")

    assert "Dear Ada &lt;b&gt;Doe&lt;/b&gt;:" in page.content.decode().replace(",", ":")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    events = AuditEvent.objects.filter(subject_id=str(letter.pk), actor=str(user.pk))
    assert {"letter.read", "letter.opened"} <= set(events.values_list("event", flat=True))


def test_the_pdf_comes_under_a_name_that_says_nothing(client):
    incident = make_rendered({"name": "Ada Doe"})
    letter = only_letter(incident)
    signed_in(client, incident)

    answer = client.get(f"/incidents/{incident.pk}/letters/{letter.pk}/pdf/")

    assert answer["Content-Disposition"] == f'attachment; filename="{letter.reference}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF")


def test_a_letter_that_is_not_made_has_no_pdf(client):
    incident = make_letters()
    letter = only_letter(incident)
    signed_in(client, incident)
    base = f"/incidents/{incident.pk}/letters/{letter.pk}/"

    assert client.get(f"{base}pdf/").status_code == 404
    assert b"not made yet" in client.get(base).content


def test_a_letter_of_another_incident_is_not_there(client):
    letter = only_letter(make_rendered())
    mine = make_ready()
    signed_in(client, mine)

    assert client.get(f"/incidents/{mine.pk}/letters/{letter.pk}/").status_code == 404
    assert client.get(f"/incidents/{mine.pk}/letters/{letter.pk}/pdf/").status_code == 404


def test_a_reference_read_out_over_the_telephone_finds_its_letter(client):
    incident = make_rendered()
    letter = only_letter(incident)
    signed_in(client, incident)
    spoken = letter.reference.lower().replace("-", " ")

    found = client.get(f"/incidents/{incident.pk}/letters/find/", {"reference": spoken})
    slip = client.get(
        f"/incidents/{incident.pk}/letters/find/", {"reference": spoken[:-1]}, follow=True
    )

    assert found["Location"].endswith(f"/letters/{letter.pk}/")
    assert b"slip in it" in slip.content
