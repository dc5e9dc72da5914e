"""An impounded address is found nowhere by whoever has no right to it.

It is planted in the register in several spellings, then every URL is walked, every search made,
every letter made and read, every log kept, and a page broken on purpose.
"""

import io
import logging
from datetime import timedelta
from itertools import product

import pytest
from pdfminer.high_level import extract_text

from breaches.access.rules import PROTECTOR, ROLES
from breaches.incidents.actions import add_to_team
from breaches.people import actions, queries
from breaches.people.models import (
    ContactPoint,
    Death,
    ImportChange,
    Person,
    PersonChange,
    RegisterImport,
)
from tests.factories import NOON, make_incident, make_user
from tests.people.registers import applied, handed_in, person
from tests.test_every_page_is_guarded import GUARDED

CANARY = "zyqxwv"
HOME = {"address_1": f"77 {CANARY} Street, Apt. 4", "address_2": "Salem, Oregon 97301"}
OTHERWISE = {"address_1": f"77 {CANARY.upper()} ST #4", "address_2": "Salem OR 97301"}

LATER = NOON + timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    """Give a register in which Ada's address was impounded after it had been written about."""
    handed_in([person(1, **HOME), person(2, address_1="1 Main Street"), person(3)])
    order = applied(handed_in([person(1, **HOME), person(2, **HOME), person(3)]))
    by = make_user()
    ada = queries.find(order.register, "C1").get()
    home = ada.contact_points.get()
    actions.change_row(home, "contact", _given(home, note=f"near {CANARY}"), by=by, at=NOON)
    later = NOON + timedelta(minutes=1)
    actions.change_row(home, "contact", _given(home, is_impounded=True), by=by, at=later)
    cousin = queries.find(order.register, "C3").get()
    dead = {"on": "", "next_of_kin": "Bo Doe", "kinship": "", "note": "", "source": "staff"}
    lines = list(HOME.values())
    actions.add_row(cousin, "death", {**dead, "next_of_kin_lines": lines}, by=by, at=NOON)
    handed_in([person(1, **OTHERWISE), person(2, **HOME), person(3, **OTHERWISE)])
    return order.register


def _given(row, **changes):
    names = ("kind", "is_safe", "is_impounded", "is_do_not_contact", "channels", "valid_from")
    kept = {name: getattr(row, name) for name in names}
    said = row.document
    texts = {"lines": said["lines"], "country": "", "note": said.get("note", ""), "source": "staff"}
    return {**kept, **texts, **changes}


def filled(path, ids):
    """Yield the path with every id that there is for each of its parts."""
    parts = [part.split(">")[0] for part in path.split("<")[1:]]
    for values in product(*(ids.get(part, ["1"]) for part in parts)):
        here = path
        for part, value in zip(parts, values, strict=True):
            here = here.replace(f"<{part}>", str(value), 1)
        yield f"/{here}"


def ids_there_are():
    """Return the keys of every row of the register by the part of an address they stand in."""
    rows = [*_keys(ContactPoint), *_keys(Death)]
    return {
        "int:pk": _keys(RegisterImport),
        "uuid:pk": _keys(Person),
        "uuid:row": rows,
        "uuid:change": [*_keys(PersonChange), *_keys(ImportChange)][:3],
        "slug:kind": ["contact", "death"],
    }


def _keys(model):
    return list(model._default_manager.values_list("pk", flat=True))


def words_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return extract_text(io.BytesIO(content))
    return content.decode("utf-8", "replace") + str(answer.headers)


def walk(client, routes, ids):
    """Return the addresses of pages that show the canary, and how many opened."""
    found, opened = [], 0
    for path, _ in routes:
        for here in filled(path, ids):
            answer = client.get(here)
            opened += answer.status_code == 200
            if CANARY in words_of(answer).casefold():
                found.append(here)
    return found, opened


def test_no_page_of_the_register_shows_it_and_no_log_line(client, register, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(make_user(*(role for role in ROLES if role != PROTECTOR)))
    routes = [route for route in GUARDED if route[0].startswith("register/")]

    found, opened = walk(client, routes, ids_there_are())

    assert found == []
    assert opened > 30
    assert CANARY not in caplog.text.casefold()


def test_whoever_has_the_right_sees_it(client, register):
    client.force_login(make_user("caseworker", PROTECTOR))

    page = client.get(f"/register/people/{queries.find(register, 'C1').get().pk}/").content.decode()

    assert CANARY in page
    assert "impounded" in page


@pytest.mark.parametrize("text", [CANARY, f"77 {CANARY} Street", "C1", "Ba Do"])
def test_no_search_shows_it_or_tells_that_it_is_there(client, register, text):
    client.force_login(make_user("caseworker"))

    answer = client.post("/register/find/", {"text": text})

    shown = answer.content.decode().casefold().replace(f'value="{text.casefold()}"', "")
    assert CANARY not in shown


def test_no_card_that_a_letter_is_made_from_holds_it(register):
    people = [queries.find(register, key).get() for key in ("C1", "C2", "C3")]

    cards = queries.cards(one.pk for one in people)

    assert CANARY not in str(cards).casefold()
    assert all(contact.is_impounded for contact in cards[people[1].pk].contacts)


def test_a_broken_page_says_it_neither_to_the_reader_nor_to_the_log(
    client, register, caplog, monkeypatch
):
    client.force_login(make_user("caseworker"))
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise RuntimeError("the history could not be opened")

    monkeypatch.setattr("breaches.people.views.persons.history_of", broken)
    answer = client.get(f"/register/people/{queries.find(register, 'C1').get().pk}/")

    assert answer.status_code == 500
    assert "Traceback" in caplog.text
    assert CANARY not in (answer.content.decode() + caplog.text).casefold()


def test_whoever_may_edit_but_not_see_it_is_told_so_and_may_still_end_it(client, register):
    client.force_login(make_user("caseworker"))
    home = ContactPoint.objects.get(is_impounded=True)
    here = f"/register/people/{home.person_id}/contact/{home.pk}/"

    page = client.get(here, follow=True).content.decode()
    client.post(f"{here}end/")

    assert "only those with the right" in page
    home.refresh_from_db()
    assert home.valid_to is not None


def test_whoever_may_not_see_it_cannot_undo_that_it_was_impounded(client, register):
    client.force_login(make_user("caseworker"))
    home = ContactPoint.objects.get(is_impounded=True)
    page, undo = _page_and_undo(home.person)

    assert undo not in client.get(page).content.decode()
    answer = client.post(undo, follow=True).content.decode()

    assert "only those with the right" in answer
    assert CANARY not in answer.casefold()
    home.refresh_from_db()
    assert home.is_impounded
    assert CANARY not in client.get(page).content.decode().casefold()


def test_whoever_has_the_right_undoes_it(client, register):
    client.force_login(make_user("caseworker", PROTECTOR))
    home = ContactPoint.objects.get(is_impounded=True)
    page, undo = _page_and_undo(home.person)

    assert undo in client.get(page).content.decode()
    client.post(undo)

    home.refresh_from_db()
    assert not home.is_impounded


@pytest.mark.parametrize("how", ["added so", "moved on"])
def test_nor_that_an_impounded_address_was_added_or_became_another(client, register, how):
    by, home = make_user(), ContactPoint.objects.get(is_impounded=True)
    person = home.person
    moved = _given(home, is_impounded=True, lines=[f"9 {CANARY} Road", "Salem OR 97301"])
    if how == "added so":
        actions.add_row(
            person, "contact", {**moved, "lines": [f"8 {CANARY} Road"]}, by=by, at=LATER
        )
    else:
        actions.change_row(home, "contact", moved, by=by, at=LATER)
    client.force_login(make_user("caseworker"))
    page, undo = _page_and_undo(person)
    impounded = ContactPoint.objects.filter(is_impounded=True)
    before = set(impounded.values_list("pk", "index", "sealed"))

    assert undo not in client.get(page).content.decode()
    client.post(undo)

    assert set(impounded.values_list("pk", "index", "sealed")) == before


def test_whoever_may_not_see_it_still_undoes_what_leaves_it_impounded(client, register):
    client.force_login(make_user("caseworker"))
    home = ContactPoint.objects.get(is_impounded=True)
    actions.end_row(home, "contact", by=make_user(), at=LATER)
    page, undo = _page_and_undo(home.person)

    assert undo in client.get(page).content.decode()
    client.post(undo)

    home.refresh_from_db()
    assert (home.valid_to, home.is_impounded) == (None, True)


def _page_and_undo(person):
    last = PersonChange.objects.filter(person=person, undone_at=None).latest("at", "pk")
    return f"/register/people/{person.pk}/", f"/register/people/{person.pk}/changes/{last.pk}/undo/"


def test_the_whole_of_an_incident_can_be_walked_without_meeting_it(client, register):
    user = make_user(*(role for role in ROLES if role != PROTECTOR))
    incident = make_incident()
    add_to_team(incident, user, by=make_user(), at=NOON)
    client.force_login(user)
    routes = [one for one in GUARDED if one[0].count("<") == 1 and "incident_id" in one[0]]

    found, opened = walk(client, routes, {"int:incident_id": [incident.pk]})

    assert found == []
    assert opened > 5
