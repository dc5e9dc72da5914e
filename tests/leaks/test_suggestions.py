"""What a column probably holds, by its heading and by its cells."""

import pytest

from breaches.leaks.suggestions import suggest

HEADINGS = {
    "FirstName": "given_name",
    "lastName": "family_name",
    "DateOfBirth": "birth_date",
    "DATEOFBIRTH": "birth_date",
    "D.O.B.": "birth_date",
    "Birthday": "birth_date",
    "BirthDt": "birth_date",
    "Fecha de nacimiento": "birth_date",
    "DateBooked": "booking_date",
    "Status date": "case_status",
    "Death date": "deceased_on",
    "Fear interview date": "fear_screening",
    "Alien #": "a_number",
    "A#": "a_number",
    "Alien No.": "a_number",
    "Nombre completo": "full_name",
    "Primer apellido": "family_name",
    "Segundo apellido": "family_name",
    "Cell": "phone",
    "Teléfono": "phone",
    "Client e-mail address": "email",
    "Mother DOB": "relatives",
    "Spouse date of birth": "relatives",
    "Child's date of birth": "relatives",
    "Mother's maiden name": "maiden_name",
    "Unaccompanied child": "",
    "Passport expiry date": "",
    "Attorney name": "counsel_name",
    "Counsel DOB": "",
    "Attorney phone number": "",
    "Emergency contact phone": "",
    "Booking date / DOB": "",
    "Año": "",
}
COLUMNS = {
    "dates": (["1990-01-05", "1991-02-03"], ""),
    "dates with a time": (["2022-11-19 13:45:00", "2022-11-20T08:00:00Z"], ""),
    "dates without marks": (["19900105", "19910203"], ""),
    "ZIP+4": (["02134-1230", "02134-1231"], ""),
    "Social Security numbers": (["123-45-6789", "123-45-6780"], "ssn"),
    "hours": (["13:45", "08:00"], ""),
    "A-numbers": (["A123456789", "A12345678"], "a_number"),
    "A-numbers in threes": (["A 123 456 789", "A-123-456-789", "123-456-789"], "a_number"),
    "A-numbers without the letter": (["123456789", "12345678"], "a_number"),
}
FITTING = [
    ("Booking date", "2022-11-19 13:45:00", 1),
    ("DOB", "1990/01/05", 1),
    ("DOB", "19900105", 1),
    ("DOB", "1990-13-45", 0),
    ("A-Number", "1990-01-05", 0),
    ("Cell", "1990-01-05", 0),
    ("Cell", "202-555-0101", 1),
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_names_what_its_column_holds(heading):
    assert suggest(heading, ()).element == HEADINGS[heading]


@pytest.mark.parametrize("kind", COLUMNS)
def test_cells_tell_where_the_heading_does_not(kind):
    cells, element = COLUMNS[kind]

    assert suggest("Column1", cells).element == element


@pytest.mark.parametrize(("heading", "cell", "share"), FITTING)
def test_cells_fit_what_the_heading_says(heading, cell, share):
    assert suggest(heading, [cell]).fitting == share
