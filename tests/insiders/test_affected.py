"""Whose record was opened, or could be by the scope of an account, is affected, nobody else."""

import pytest
from django.urls import reverse

from breaches.insiders import actions, queries, tasks
from breaches.insiders.actions import ColumnsMissing
from breaches.insiders.models import SeenDecision
from breaches.matching.models import AffectedPerson
from breaches.people.models import CustodyPlacement, Facility, Person
from breaches.people.queries import cards
from tests.conftest import see
from tests.factories import NOON, make_user
from tests.insiders import offices

pytestmark = pytest.mark.django_db

SCOPES = (
    "User ID,Name,Role,System,Granted at,Revoked at,Approved by,Training,Facility\n"
    "adv1,Invented Adviser One,read all,Cases,2025-02-10 09:00,2025-03-20 12:00,Head,none,all\n"
    "adv2,Invented Adviser Two,clerk,Cases,2025-02-12 08:00,2025-03-20 12:00,,,North Unit; West\n"
    "adv3,Invented Adviser Three,clerk,Cases,2025-02-15 09:00,2025-03-20 12:00,Head,,south-unit\n"
)


def scoped(log=offices.LOG):
    """Return an incident whose roster names scopes, and its three people by their name."""
    offices.make_register()
    roster = offices.read_file("roster", SCOPES, headings=SCOPES.splitlines()[0].split(","))
    if log:
        offices.read_file("log", log, incident=roster.incident)
    people = {person.pk: person for person in Person.objects.all()}
    return roster.incident, {card.name.split()[0]: people[pk] for pk, card in cards(people).items()}


def held(person, name, *, since=None, until=None):
    facility, _ = Facility.objects.get_or_create(
        name=name, defaults={"also_called": "the north unit\nNorth-Unit", "mail_address": "x"}
    )
    row = CustodyPlacement(
        person=person, facility=facility, key_name=person.key_name, from_on=since, to_on=until
    )
    row.with_document({}).save()


def could(incident, person):
    return {one.account: one.reach for one in queries.could_see(incident, person)}


def test_a_scope_is_held_against_the_places_where_somebody_was_and_when():
    incident, people = scoped(log="")
    held(people["Ada"], "North")
    held(people["Bo"], "South Unit", until="2025-02-01")
    held(people["Bo"], "North", since="2025-04-01")

    assert could(incident, people["Ada"]) == {"adv1": "all records", "adv2": "held at North"}
    assert could(incident, people["Bo"]) == {"adv1": "all records"}
    assert set(could(incident, people["Cy"])) == {"adv1", "adv2", "adv3"}
    assert "can be ruled out" in could(incident, people["Cy"])["adv2"]


def names(incident):
    rows = AffectedPerson.objects.filter(incident=incident, withdrawn_at=None)
    return sorted(one.document["name"].split()[0] for one in rows)


def decide(incident, *elements, with_could=False):
    actions.decide_affected(incident, elements, with_could=with_could, by=make_user(), at=NOON)
    tasks.sweep_access()


def test_whoever_was_seen_is_affected_with_the_data_that_the_system_shows():
    incident, _ = scoped()

    decide(incident, "a_number", "birth_date", "nonsense")

    assert names(incident) == ["Ada", "Bo"]
    assert {tuple(one.elements) for one in AffectedPerson.objects.all()} == {
        ("a_number", "birth_date")
    }
    decide(incident, "a_number", "birth_date", with_could=True)
    assert names(incident) == ["Ada", "Bo", "Cy"]
    decide(incident, "a_number")
    assert names(incident) == ["Ada", "Bo"]
    assert AffectedPerson.objects.filter(changed_at=None).count() == 0


def test_a_log_that_is_read_later_brings_its_people_by_itself():
    incident, _ = scoped()
    decide(incident, "a_number")
    more = f"{offices.LOG.splitlines()[0]}\n2025-03-01T10:00:00Z,adv1,View,C3,,,,1\n"

    offices.read_file("log", more, incident=incident, name="more.csv")
    SeenDecision.objects.update(settled_at=NOON.replace(year=2020))
    tasks.sweep_access()

    assert names(incident) == ["Ada", "Bo", "Cy"]
    assert not queries.to_settle().exists()


def test_data_must_be_named():
    incident, _ = scoped()

    with pytest.raises(ColumnsMissing, match="which data"):
        actions.decide_affected(incident, ["x"], with_could=False, by=make_user(), at=NOON)


def test_it_is_decided_on_a_page(analyst):
    offices.make_register()
    file = offices.read_file("log", offices.LOG, by=analyst.user)
    page = reverse("insiders:affected", args=[file.incident_id])
    assert "Nobody is counted as affected yet" in see(analyst, "insiders:list", file.incident_id)

    assert "This field is required" in analyst.post(page, {"with_could": "on"}).content.decode()
    analyst.post(page, {"elements": ["a_number"]})
    tasks.sweep_access()

    assert names(file.incident) == ["Ada", "Bo"]
    assert "They are affected people" in see(analyst, "insiders:list", file.incident_id)
