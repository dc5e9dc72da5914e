"""Whoever signs in finds only doors that open: no link of any page leads to a refusal."""

import re

import pytest

from breaches.access.rules import ROLES
from notifications.wording.actions import install_starters
from tests.factories import NOON, make_affected, make_exposure, make_incident, make_user

LEAVES = ("/account/", "/static/")


def links_of(answer):
    """Return the addresses of this site that a page links to."""
    if not answer["Content-Type"].startswith("text/html"):
        return set()
    found = re.findall(r'<a [^>]*href="(/[^"#?]*)', answer.content.decode())
    return {link for link in found if not link.startswith(LEAVES)}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_link_that_a_role_sees_opens(client, role):
    user = make_user(role)
    incident = make_incident(team=[user])
    make_exposure(incident=incident)
    make_affected(incident)
    install_starters(by=make_user(), at=NOON)
    client.force_login(user)

    seen, todo = {}, {"/"}
    while todo:
        link = todo.pop()
        answer = client.get(link)
        seen[link] = answer.status_code
        if answer.status_code == 200:
            todo |= links_of(answer) - set(seen)

    assert len(seen) > 2
    assert {link: code for link, code in seen.items() if code != 200} == {}
