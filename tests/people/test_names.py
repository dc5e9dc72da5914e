"""A name is kept as given, and comes apart as its bearer's own habit has it."""

import pytest

from breaches.people.countries import country, language, like_a_country, like_a_language
from breaches.people.parts import FAMILY_THEN_GIVEN, parts_of


@pytest.mark.parametrize(
    ("facts", "code", "surnames"),
    [
        ({"given": "Ana", "family": "García Márquez"}, "MX", ("García", "Márquez")),
        ({"given": "Ana", "family": "de la Cruz Pérez"}, "GT", ("de la Cruz", "Pérez")),
        ({"given": "Ana", "family": "García", "second_family": "Ruiz"}, "SV", ("García", "Ruiz")),
        ({"given": "Ana", "family": "Van Houten"}, "US", ("Van Houten",)),
        ({"full": "Ana de la Cruz"}, "", ("de la Cruz",)),
        ({"full": "Doe, Ana Maria"}, "", ("Doe",)),
        ({"full": "Nguyen Van An"}, "VN", ("Nguyen",)),
        ({"full": "Suharto"}, "ID", ()),
    ],
)
def test_surnames_with_their_particles(facts, code, surnames):
    assert parts_of(facts, code).surnames == surnames


def test_a_comma_and_an_eastern_name_put_the_family_first():
    assert parts_of({"full": "Doe, Ana"}).order == FAMILY_THEN_GIVEN
    assert parts_of({"given": "Xiaolong", "family": "Li", "native": "李小龙"}).order == (
        FAMILY_THEN_GIVEN
    )


def test_a_single_name_is_whole():
    found = parts_of({"full": "Suharto"})

    assert (found.given, found.is_single) == ("Suharto", True)


@pytest.mark.parametrize(
    ("facts", "patronymic"),
    [
        ({"given": "Ivan", "middle": "Petrovich", "family": "Sidorov"}, "Petrovich"),
        ({"given": "Олена Іванівна", "family": "Коваль"}, "Іванівна"),
        ({"given": "Ahmad bin Yusuf", "family": "Khan"}, "bin Yusuf"),
        ({"given": "Ada", "family": "Doe"}, ""),
    ],
)
def test_a_patronymic_is_neither_given_name_nor_surname(facts, patronymic):
    assert parts_of(facts).patronymic == patronymic


def test_a_name_in_its_own_script_is_also_read_in_latin():
    assert parts_of({"given": "", "family": "", "native": "Дарья"}).transliteration == "Dar'ya"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("El Salvador", "SV"), ("Salvadoran", "SV"), ("hondureño", "HN"), ("VEN", "VE")),
        *(("Côte d'Ivoire", "CI"), ("Burma", "MM"), ("México", "MX"), ("中国", "CN"), ("cn", "CN")),
        *(("Zubrowka", ""), ("", "")),
    ],
)
def test_a_nationality_in_any_spelling_is_two_letters_of_iso_3166(written, code):
    assert country(written) == code


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        *(("Spanish", "es"), ("español", "es"), ("es_MX", "es-MX"), ("ZH-hans-cn", "zh-Hans-CN")),
        *(("K'iche'", "quc"), ("Haitian Creole", "ht"), ("Kreyòl", "ht"), ("Dari", "fa-AF")),
        *(("Klingonese", ""), ("", "")),
    ],
)
def test_a_language_in_any_spelling_is_a_tag_of_bcp_47(written, tag):
    assert language(written) == tag


def test_what_is_misspelt_is_offered_in_the_right_spelling():
    assert "Guatemala" in like_a_country("Guatamala")
    assert "Spanish" in like_a_language("Spansh")
