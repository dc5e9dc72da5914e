"""Every address that the post delivers to is understood; what is doubtful is said, not dropped."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from breaches.people.addresses import understood
from breaches.people.pub28.address import parse

# As written, and as Publication 28 writes it; the sections are its own.
# Lines are parted by a slash.
WRITTEN = """
1 Main Street, Apt. 4 / Springfield, Illinois 62701
    1 MAIN ST APT 4 / SPRINGFIELD IL  62701
12 North Oak Avenue / Suite 200 / Salem, OR 97301-1234
    12 N OAK AVE STE 200 / SALEM OR  97301-1234
Apt 4, 10 Elm Ct / Boston MA 02108
    10 ELM CT APT 4 / BOSTON MA  02108
742 Evergreen Ter #3 / Springfield IL 62701 / USA
    742 EVERGREEN TER # 3 / SPRINGFIELD IL  62701
12 Avenue B / New York, New York / 10009
    12 AVENUE B / NEW YORK NY  10009
100 County Rd 12 / Ely NV 89301
    100 COUNTY ROAD 12 / ELY NV  89301
5 North Street West / Springfield IL 62701
    5 NORTH ST W / SPRINGFIELD IL  62701
P.O. Box 650 / Pine Prairie, LA 70576
    PO BOX 650 / PINE PRAIRIE LA  70576
Post Office Box A / Salem OR 97301
    PO BOX A / SALEM OR  97301
Rural Route 2 Box 15 / Elgin, TX 78621
    RR 2 BOX 15 / ELGIN TX  78621
Highway Contract Route 1 Bx 9 / Elgin TX 78621
    HC 1 BOX 9 / ELGIN TX  78621
PSC 802 Box 74 / APO AE 09499
    PSC 802 BOX 74 / APO AE  09499
Unit 2050 Box 4190 / DPO, AP 96521
    UNIT 2050 BOX 4190 / DPO AP  96521
Urbanización Las Gladiolas / 150 Calle A / San Juan PR 00926
    URB LAS GLADIOLAS / 150 CALLE A / SAN JUAN PR  00926
care of Jane Roe / 1 Main St / Salem OR 97301
    C/O JANE ROE / 1 MAIN ST / SALEM OR  97301
General Delivery / Salem, Oregon 97301
    GENERAL DELIVERY / SALEM OR  97301
Example ICE Processing Center / 566 Veterans Drive / Pearsall, TX 78061
    EXAMPLE ICE PROCESSING CENTER / 566 VETERANS DR / PEARSALL TX  78061
12 Court Square, Salem OR 97301
    12 COURT SQ / SALEM OR  97301
45-12 21st Ave / Queens New York 11101
    45-12 21ST AVE / QUEENS NY  11101
1 Main St / Washington DC 20001
    1 MAIN ST / WASHINGTON DC  20001
"""
PAIRS = re.findall(r"^(\S.*)\n    (.*)$", WRITTEN, re.M)


@pytest.mark.parametrize(("written", "normal"), PAIRS)
def test_publication_28_writes_it_so(written, normal):
    found = parse(written.split(" / "))

    assert " / ".join(found.lines) == normal
    assert found.problems == ()
    assert parse(found.lines).lines == found.lines


@pytest.mark.parametrize(
    ("last", "offer"),
    [
        ("Newark NJ 7102", "07102"),
        ("San Juan PR 926", "00926"),
        ("Boston MA 21081234", "02108-1234"),
        ("Boston MA 2108-34", "02108-0034"),
        ("Salem OR 7301", ""),
    ],
)
def test_zeros_that_a_spreadsheet_took_are_offered_back_where_they_fit_the_state(last, offer):
    found = parse(["1 Main St", last])

    assert found.offer == offer
    assert found.problems


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["1 Main St", "Springfield IL 97301"], "does not lie in the state"),
        (["1 Main St", "Springfield IL"], "ZIP Code is missing"),
        (["Salem"], "no city, state and ZIP Code"),
        (["Springfield IL 62701"], "no street or box"),
        (["PSC 1 Box 2", "APO IL 62701"], "APO, FPO and DPO go with"),
    ],
)
def test_what_is_doubtful_is_said(lines, words):
    assert words in " ".join(parse(lines).problems)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["77 Oak Street, Apartment 4", "Salem, Oregon 97301"], ["77 OAK ST #4", "Salem OR 97301"]),
        (["c/o A. Roe", "77 Oak St", "Salem OR 97301"], ["77 Oak Street, Salem OR 97301-1234"]),
        (["1 Main St", "Newark NJ 7102"], ["1 Main Street", "Newark, New Jersey 07102"]),
    ],
)
def test_two_spellings_of_one_door_lead_to_the_same_place(one, other):
    assert understood(one).leads_to == understood(other).leads_to != ""


@pytest.mark.parametrize("lines", [["NFA"], ["No fixed address"], ["homeless"], ["Sin domicilio"]])
def test_no_fixed_address_is_a_state(lines):
    found = understood(lines)

    assert found.is_nowhere
    assert found.problems == ()


def test_an_address_abroad_keeps_its_own_order_and_ends_with_the_country_in_english():
    found = understood(["Calle 5 #4", "06500 Ciudad de México", "México"])

    assert found.normal == ("Calle 5 #4", "06500 Ciudad de México", "MEXICO")
    assert (found.country, found.problems) == ("MX", ())


def test_a_postcode_that_a_country_wants_is_missed():
    assert understood(["1 Rue X", "Paris"], "France").problems


def test_georgia_on_the_last_line_is_the_state_unless_the_column_says_otherwise():
    lines = ["1 Main St", "Atlanta", "Georgia"]

    assert understood(lines).country == "US"
    assert understood(lines, "Georgia").country == "GE"


@given(st.lists(st.text(max_size=30), max_size=6), st.text(max_size=20))
@example(["Calle Uno 1", "Ceuta"], "EA")
@example(["Base Uno"], "AQ")
def test_nothing_that_is_typed_breaks_it_or_is_lost(lines, country):
    found = understood(lines, country)

    assert found.lines == tuple(line.strip() for line in lines if line.strip())
