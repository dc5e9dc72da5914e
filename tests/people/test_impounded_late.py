"""An address that is impounded after everything was made: file read, letter set, run released.

Every address of every page is then opened by staff of every role but one, and every line that
was logged is read.
"""

import logging
from itertools import product
from uuid import UUID

import pytest
from django.apps import apps

from breaches.access.rules import PROTECTOR, ROLES
from breaches.audit.models import AuditEvent
from breaches.incidents.actions import add_to_team
from breaches.leaks.actions import confirm_mapping, inspect_file, receive_file, store_rows
from breaches.matching import actions as matching
from breaches.people import actions
from breaches.people.models import ContactPoint
from notifications.letters.actions import order_letters
from notifications.letters.models import Letter
from notifications.notices.actions import prepare_notices, route_notices
from notifications.printing.actions import build_run, freeze_run, mark_printed, release_run
from notifications.printing.models import PrintRun
from tests.factories import NOON, make_exposure, make_incident, make_upload, make_user
from tests.letters.makers import CONTACT, approved_wording, render_all
from tests.people.registers import handed_in, person
from tests.people.test_impounded import CANARY, _given, words_of
from tests.test_every_page_is_guarded import GUARDED

HOME = {"address_1": f"77 {CANARY} Street, Apt. 4", "address_2": "Salem, Oregon 97301"}
LEAKED = f"""\
A-Number,Family Name,Given Name,Address,City,State,ZIP,Notes,House,Way,see 77 {CANARY} st
A200000001,{{family}},{{given}},77 {CANARY.upper()} ST #4,SALEM,OR,97301,ok,,,
200002,Roe,Bo,1 Oak Road,Salem,OR,97301,=hides at 77 {CANARY.title()} Str. in Salem,,,
,,,,,,,,77,{CANARY} street,x
"""

NOBODY = "00000000-0000-4000-8000-000000000000"
SHOWN = (
    *("files/", "files/{file}/", "files/{file}/nameless/", "files/{file}/problems/"),
    *("files/lost/?element=address", "files/lost/?element=free_text"),
    *("runs/1/pdf/", "runs/1/manifest/"),
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(settings, tmp_path):
    """Give an incident whose one letter is in a released run when its address is impounded."""
    settings.SEALED_DIR = tmp_path / "sealed"
    approved_wording()
    by, printer = make_user(), make_user()
    ada = person(1, **HOME)
    handed_in([ada], by=by)
    incident = make_incident(contact=CONTACT, by=by)
    make_exposure(incident=incident)
    _leak(incident, ada, by)
    matching.match(matching.start_match(incident, by=by, at=NOON), at=NOON)
    route_notices(prepare_notices(incident, "initial", by=by, at=NOON), at=NOON)
    order_letters(incident, by=by, at=NOON)
    render_all()
    run = freeze_run(incident, by=by, at=NOON)
    build_run(run, at=NOON)
    release_run(PrintRun.objects.get(pk=run.pk), by=printer, at=NOON)
    home = ContactPoint.objects.get()
    actions.change_row(home, "contact", _given(home, is_impounded=True), by=by, at=NOON)
    return incident


def _leak(incident, ada, by):
    text = LEAKED.format(family=ada["family_names"], given=ada["given_names"])
    upload = make_upload(text.encode(), name=f"77 {CANARY} street.csv")
    file = receive_file(incident, upload, handed_over_by="IT", by=by, at=NOON)
    inspect_file(file, at=NOON)
    confirm_mapping(file, {one.key: one.element for one in file.columns.all()}, by=by, at=NOON)
    store_rows(file, at=NOON)


def ids_for(view, incident):
    """Return the keys of the rows of a page's own folder, by the kind of key."""
    folder = ".".join(view.__module__.split(".")[:2])
    ids = {"int": {1}, "uuid": {NOBODY}, "slug": {"contact"}, "str": {"1"}, "path": {"x"}}
    for model in apps.get_models():
        if model.__module__.startswith(f"{folder}."):
            for key in model._default_manager.values_list("pk", flat=True)[:2]:
                ids["uuid" if isinstance(key, UUID) else "int"].add(key)
    return ids | {"int:incident_id": {incident.pk}}


def filled(path, ids):
    """Yield the path with every id that there is for each of its parts."""
    parts = [part.split(">")[0] for part in path.split("<")[1:]]
    for values in product(*(ids.get(part, ids[part.split(":")[0]]) for part in parts)):
        here = path
        for part, value in zip(parts, values, strict=True):
            here = here.replace(f"<{part}>", str(value), 1)
        yield f"/{here}"


def tells(client, here):
    """Return whether a page tells the canary, and whether it opened."""
    answer = client.get(here)
    assert answer.status_code < 500, here
    return CANARY in words_of(answer).casefold(), answer.status_code == 200


def test_whoever_has_the_right_finds_it_and_nobody_else_on_any_page_in_any_file_or_log(
    client, told, caplog
):
    caplog.set_level(logging.INFO)
    staff, protector = make_user(*(role for role in ROLES if role != PROTECTOR)), make_user()
    for user in (staff, protector):
        add_to_team(told, user, by=make_user(), at=NOON)
    here, letter = f"/incidents/{told.pk}", Letter.objects.get()
    file = told.files.get().pk
    shown = [f"{here}/{page.format(file=file)}" for page in SHOWN]
    shown += [f"{here}/letters/{letter.pk}/{part}" for part in ("", "pdf/")]

    client.force_login(staff)
    found, opened = [], set()
    for path, view in GUARDED:
        for page in filled(path, ids_for(view, told)):
            is_told, is_open = tells(client, page)
            opened |= {path} if is_open else set()
            found += [page] if is_told else []
    found += [page for page in shown if tells(client, page)[0]]
    run = client.get(f"{here}/runs/1/").content.decode()
    withheld = client.get(f"{here}/letters/{letter.pk}/pdf/").content.decode()

    assert found == []
    assert len(opened) > 60
    assert "1 letter goes to an address that was impounded after this run was frozen" in run
    assert "impounded after the letter was made" in withheld
    assert CANARY not in caplog.text.casefold()
    assert CANARY not in str(list(AuditEvent.objects.values())).casefold()

    # Its file is shown to nobody until it is printed: the run is to be frozen anew.
    mark_printed(told.runs.get(), by=make_user(), at=NOON)
    client.force_login(protector)
    assert [page for page in shown if not tells(client, page)[0]] == []
