"""A roster and an audit log of an invented case system, for the tests of this folder."""

from breaches.insiders import actions, rules
from breaches.insiders.actions import AccessOrder
from breaches.people import actions as people
from tests.factories import NOON, make_incident, make_upload, make_user

REGISTER = (
    "client_id,given_names,family_names,a_number,birth_date\n"
    "C1,Ada,Doe,A012345678,1990-01-02\n"
    "C2,Bo,Roe,A087654321,1985-03-04\n"
    "C3,Cy,Poe,A011111111,1970-05-06\n"
)
ROSTER = (
    "User ID,Name,Role,System,Granted at,Revoked at,Approved by,Training\n"
    "adv1,Invented Adviser One,read all,Cases,2025-02-10 09:00,2025-03-20 12:00,Head,none\n"
    "ADV2,Invented Adviser Two,administrator,Cases,02/12/2025 8:00 AM,,,\n"
    "adv3,Invented Adviser Three,read all,Cases,2025-02-15 09:00,2025-03-20 12:00,Head,1 day\n"
)
LOG = (
    "Timestamp,User,Action,A-Number,Ticket,Page,Query,Rows\n"
    "2025-02-12T14:05:06Z,adv1,OpenRecord,A012-345-678,,/case/overview,,1\n"
    "2025-02-12T14:05:06Z,adv1,OpenRecord,A012-345-678,,/case/overview,,1\n"
    "2025-02-13T10:00:00Z,adv2,View,12345678,T-9,/case/notes,,1\n"
    "2025-02-13T11:00:00Z,adv2,Bulk export,,T-9,/export,status=active,4000\n"
    "2025-02-09T10:00:00Z,adv1,View,C2,,/case/overview,,1\n"
    "2025-03-25T10:00:00Z,other,Search,A099999999,,/search,surname,3\n"
    "yesterday,adv2,View,A087654321,,/case/overview,,1\n"
)
COLUMNS = {
    kind: text.splitlines()[0].split(",") for kind, text in (("roster", ROSTER), ("log", LOG))
}


def make_register(text=REGISTER):
    """Take in a register of three people."""
    order = people.receive_register(
        make_upload(text.encode()), handed_over_by="Office", by=make_user(), at=NOON
    )
    people.import_register(order, at=NOON)
    return order.register


def make_file(kind, text, *, incident=None, by=None, name="access.csv", headings=None, **order):
    """Hand in a file and name its columns as they are guessed."""
    by = by or make_user()
    incident = incident or make_incident(by=by, kind="excess_access")
    wish = AccessOrder(make_upload(text.encode(), name), kind, "the agency", **order)
    file = actions.receive(incident, wish, by=by, at=NOON)
    columns = rules.suggest(kind, headings or COLUMNS[kind])
    actions.name_columns(file, columns, by=by, at=NOON)
    return file


def read_file(*args, **facts):
    """Hand in a file and read it."""
    file = make_file(*args, **facts)
    actions.read_file(file, at=NOON)
    return file


def make_access(**facts):
    """Return an incident with register, roster and audit log read."""
    make_register()
    roster = read_file("roster", ROSTER, **facts)
    read_file("log", LOG, incident=roster.incident, **facts)
    return roster.incident
