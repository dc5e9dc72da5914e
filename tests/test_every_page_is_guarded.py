"""A page that forgets its guard fails here, not in production.

Walks every URL as a stranger, and as each role on an incident that is not theirs.
"""

import pytest
from django.urls import URLPattern, get_resolver

from breaches.access.rules import ROLES
from tests.factories import make_incident, make_user

# Whoever comes in is not known yet.
OPEN = ("account/", "enter/", "static/")
VALUES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "1",
    "slug": "requests",
    "str": "x",
    "path": "x",
}


def routes(resolver=None, prefix=""):
    for item in (resolver or get_resolver()).url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            yield path, item.callback
        else:
            yield from routes(item, path)


GUARDED = [(path, view) for path, view in routes() if not path.startswith(OPEN)]
IDS = [path or "home" for path, _ in GUARDED]


def filled(path, incident_id="1"):
    for part in path.split("<")[1:]:
        converter, _, name = part.split(">")[0].rpartition(":")
        value = incident_id if name == "incident_id" else VALUES[converter or "str"]
        path = path.replace(f"<{part.split('>')[0]}>", str(value))
    return f"/{path}"


@pytest.mark.parametrize(("path", "view"), GUARDED, ids=IDS)
def test_every_page_names_its_permission(path, view):
    assert getattr(view, "permission", None), f"/{path} has neither staff_may nor on_team"


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "view"), GUARDED, ids=IDS)
def test_a_stranger_is_sent_to_sign_in(client, path, view):
    for answer in (client.get(filled(path)), client.post(filled(path))):
        assert answer.status_code in {302, 405}
        if answer.status_code == 302:
            assert answer["Location"].startswith("/account/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_foreign_incident_is_not_there_for_any_role(client, role):
    incident = make_incident()
    client.force_login(make_user(role))

    for path, _ in GUARDED:
        if "<int:incident_id>" in path:
            here = filled(path, incident_id=incident.pk)
            assert client.get(here).status_code in {404, 405}, here
            assert client.post(here).status_code in {404, 405}, here
