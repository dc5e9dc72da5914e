"""Countries and languages in their normal forms, whichever way a list writes them. Pure.

Names in several languages come from Babel's CLDR data; what people are called is our own table.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from breaches.people.names import folded


def _by_name(table: dict[str, str]) -> dict[str, str]:
    return {name.replace("-", " "): code for code, names in table.items() for name in names.split()}


READ_IN = ("en", "es", "fr", "pt", "ht", "ru", "ar", "zh")
NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
# Demonyms and former or short names that CLDR has not; ISO 3166-1 alpha-2.
CALLED = _by_name({
    "AF": "afghan", "AL": "albanian", "AM": "armenian", "AO": "angolan", "AR": "argentine argentinian argentino",
    "AZ": "azerbaijani", "BD": "bangladeshi", "BO": "bolivian boliviano", "BR": "brazilian brasileiro brasileno",
    "BY": "belarusian belarussian", "BZ": "belizean", "CD": "congolese drc zaire", "CG": "republic-of-congo congo-brazzaville",
    "CL": "chilean chileno", "CM": "cameroonian", "CN": "chinese prc mainland-china", "CO": "colombian colombiano",
    "CR": "costa-rican costarricense", "CU": "cuban cubano", "DO": "dominican dominicano", "EC": "ecuadorian ecuadorean ecuatoriano",
    "EG": "egyptian", "ER": "eritrean", "ET": "ethiopian", "GE": "georgian", "GH": "ghanaian", "GM": "gambian",
    "GN": "guinean", "GT": "guatemalan guatemalteco", "GW": "guinea-bissauan", "HN": "honduran hondureno",
    "HT": "haitian haitiano haitien ayisyen", "IN": "indian", "IQ": "iraqi", "IR": "iranian persia", "JM": "jamaican",
    "JO": "jordanian", "KE": "kenyan", "KG": "kyrgyz kirghiz", "KP": "north-korean dprk", "KR": "south-korean korean",
    "KZ": "kazakh kazakhstani", "LB": "lebanese", "LK": "sri-lankan ceylon", "LR": "liberian", "LY": "libyan",
    "MA": "moroccan", "MD": "moldovan", "ML": "malian", "MM": "burmese burma", "MR": "mauritanian", "MX": "mexican mexicano",
    "NG": "nigerian", "NI": "nicaraguan nicaraguense", "NP": "nepali nepalese", "PA": "panamanian", "PE": "peruvian peruano",
    "PK": "pakistani", "PS": "palestinian", "PY": "paraguayan", "RO": "romanian", "RU": "russian russian-federation ussr",
    "RW": "rwandan", "SD": "sudanese", "SN": "senegalese", "SO": "somali", "SV": "salvadoran salvadorian salvadoreno",
    "SY": "syrian", "TD": "chadian", "TG": "togolese", "TJ": "tajik", "TM": "turkmen", "TN": "tunisian", "TR": "turkish turkey",
    "UA": "ukrainian", "UG": "ugandan", "US": "american usa u-s-a united-states-of-america", "UY": "uruguayan",
    "UZ": "uzbek uzbekistani", "VE": "venezuelan venezolano", "VN": "vietnamese viet-nam", "YE": "yemeni yemenite",
    "ZW": "zimbabwean", "CI": "ivorian ivory-coast", "GB": "british uk england", "SZ": "swazi swaziland", "MK": "macedonia",
})  # fmt: skip
# Languages of people who come, beside what CLDR names; BCP 47.
SPOKEN = _by_name({
    "ht": "haitian-creole creole kreyol kreyol-ayisyen", "quc": "k-iche kiche quiche", "mam": "mam", "kek": "q-eqchi kekchi qeqchi",
    "kjb": "q-anjob-al kanjobal qanjobal", "ixl": "ixil", "cak": "kaqchikel cakchiquel", "acr": "achi", "jac": "jakaltek popti",
    "cab": "garifuna", "nah": "nahuatl", "mix": "mixteco mixtec", "zap": "zapoteco zapotec", "fa-AF": "dari afghan-persian",
    "fa": "farsi persian", "zh-Hans": "mandarin chinese-simplified simplified-chinese", "zh-Hant": "chinese-traditional traditional-chinese",
    "yue": "cantonese", "pa": "punjabi panjabi", "tl": "tagalog filipino", "ckb": "sorani", "kmr": "kurmanji", "ff": "fula pular fulani pulaar",
    "es": "castellano espanol", "pt-BR": "brazilian-portuguese", "man": "mandinka mandingo", "wo": "wolof", "ti": "tigrinya", "am": "amharic",
})  # fmt: skip


@lru_cache(maxsize=4096)
def country(written: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country or nationality, or "" when it is unknown."""
    plain = _plain(written)
    code = plain.upper()
    if len(code) == 3 and (known := get_global("territory_aliases").get(code)):
        code = known[0]  # alpha-3
    return code if code in _codes() else _look_up(plain, CALLED, _countries)


def country_name(code: str) -> str:
    """Return the English name of a country by its code, or the code itself."""
    return str(Locale("en").territories.get(code, code))


def like_a_country(written: str) -> list[str]:
    """Return the names of countries that a misspelt one may mean, the likeliest first."""
    return _near(_plain(written), _all(CALLED, _countries), country_name)


@lru_cache(maxsize=4096)
def language(written: str) -> str:
    """Return the BCP 47 tag of a language in its normal form, or "" when it is unknown.

    The tag is canonical: language small, script capitalised, region in capitals (RFC 5646, 2.1.1).
    """
    plain = _plain(written)
    return _look_up(plain, SPOKEN, _languages) or _tag(written.strip())


def language_name(tag: str) -> str:
    """Return the English name of a language by its tag, or the tag itself."""
    own = {code: name.title() for name, code in reversed(SPOKEN.items())}
    try:
        name = Locale.parse(tag, sep="-").get_display_name("en")
    except (ValueError, UnknownLocaleError):
        name = None
    return str(name or Locale("en").languages.get(tag) or own.get(tag, tag))


def like_a_language(written: str) -> list[str]:
    """Return the names of languages that a misspelt one may mean, the likeliest first."""
    return _near(_plain(written), _all(SPOKEN, _languages), language_name)


def _tag(written: str) -> str:
    found = re.fullmatch(
        r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?", written
    )
    if not found or found[1].lower() not in {*Locale("en").languages, *SPOKEN.values()}:
        return ""
    parts = [found[1].lower(), (found[2] or "").title(), (found[3] or "").upper()]
    return "-".join(part for part in parts if part)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", folded(text)).split())


@cache
def _codes() -> frozenset[str]:
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if re.fullmatch("[A-Z]{2}", code)) - NOT_COUNTRIES


@cache
def _countries(tongue: str) -> dict[str, str]:
    names = Locale.parse(tongue).territories.items()
    return {_plain(name): code for code, name in names if code in _codes()}


@cache
def _languages(tongue: str) -> dict[str, str]:
    names = Locale.parse(tongue).languages.items()
    return {_plain(name): code.replace("_", "-") for code, name in names}


def _look_up(plain: str, own: dict[str, str], tongue: Callable[[str], dict[str, str]]) -> str:
    """Ask our own table, then one tongue after the other: each takes a moment to read."""
    if not plain:
        return ""
    if plain in own:
        return own[plain]
    return next((tongue(code)[plain] for code in READ_IN if plain in tongue(code)), "")


def _all(own: dict[str, str], tongue: Callable[[str], dict[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in reversed(READ_IN):
        found |= tongue(code)
    return found | own


def _near(plain: str, known: dict[str, str], called: Callable[[str], str]) -> list[str]:
    near = get_close_matches(plain, list(known), n=6, cutoff=0.75)
    return list(dict.fromkeys(called(known[one]) for one in near))[:3]
