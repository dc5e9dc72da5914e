"""Every page is read by axe in light and dark, and fits a telephone. New ones find themselves."""

import pytest

from breaches.incidents.actions import Said, add_statement
from tests.browser.looking import faults_on
from tests.factories import NOON, make_affected, make_exposure, make_incident, make_user
from tests.test_every_page_is_guarded import GUARDED

GLOBAL = [f"/{path}" for path, _ in GUARDED if "<" not in path]
OF_AN_INCIDENT = [
    f"/{path}" for path, _ in GUARDED if path.count("<") == 1 and "<int:incident_id>" in path
]
DOOR = ("/account/login/", "/enter/spent/", "/account/signup/")
ACCOUNT = ("/account/2fa/", "/account/logout/", "/account/password/set/")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaints(page):
    """Collect what the browser itself complains of, such as a broken rule of the policy."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    return found


def paths_of(incident):
    return [path.replace("<int:incident_id>", str(incident.pk)) for path in OF_AN_INCIDENT]


def test_the_door(page, complaints):
    found = faults_on(page, DOOR)

    assert not found, "\n".join(found)
    assert not complaints, "\n".join(complaints)


def test_pages_of_nothing_yet(page, sign_in, complaints):
    user = make_user()
    incident = make_incident(by=user)
    sign_in(user)

    found = faults_on(page, [*GLOBAL, *ACCOUNT, *paths_of(incident)])

    assert not found, "\n".join(found)
    assert not complaints, "\n".join(complaints)


def test_pages_of_an_incident_with_facts(page, sign_in, complaints):
    user = make_user()
    incident = make_incident(by=user)
    exposure = make_exposure(incident=incident)
    make_affected(incident)
    said = Said(NOON.date(), "claimed", "Six downloads were seen.", "Counsel, letter of 3 March")
    add_statement(incident, said, by=user, at=NOON)
    sign_in(user)

    found = faults_on(
        page, [*paths_of(incident), f"/incidents/{incident.pk}/exposures/{exposure.pk}/"]
    )

    assert not found, "\n".join(found)
    assert not complaints, "\n".join(complaints)
