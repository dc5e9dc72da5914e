"""Dates, times and fixed sentences in the languages of letters. Pure; own tables, no locale data."""

from datetime import datetime

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
# What registers write in a language column, by code.
SPOKEN = {
    "en": {"en", "eng", "english", "inglés", "ingles"},
    "es": {"es", "spa", "spanish", "español", "espanol", "castellano"},
}
UNKNOWN_RECIPIENTS = {
    "en": "We do not know yet who has it. We are still looking.",
    "es": "Todavía no sabemos quién lo tiene. Seguimos buscando.",
}
NO_DEMANDS = {
    "en": "We have not written to anyone yet.",
    "es": "Todavía no hemos escrito a nadie.",
}
WHAT_HAPPENED = {
    "en": "A file with the data of many people in the records of {holder} was made public by mistake.",
    "es": "Un archivo con datos de muchas personas de los registros de {holder} se hizo público por error.",
}
TAKEN = {
    "en": "{count} network addresses were sent the file or a part of it. We treat each as somebody who has it.",
    "es": "{count} direcciones de red recibieron el archivo o una parte. Tratamos cada una como alguien que lo tiene.",
}
ASKED = {
    "en": "We asked {sent} of {count} to delete every copy and to say who else has it. {answered} have answered.",
    "es": "Pedimos a {sent} de {count} que borren todas las copias y digan quién más lo tiene. {answered} han contestado.",
}


def code(written: str) -> str:
    """Return the code of a language as a register writes it, or the text itself in small letters."""
    plain = written.strip().casefold()
    return next((code for code, names in SPOKEN.items() if plain in names), plain)


def day(at: datetime, language: str) -> str:
    """Return a date with the month in words, never numbers only."""
    month = MONTHS[language].split()[at.month - 1]
    return (
        f"{at.day} de {month} de {at.year}" if language == "es" else f"{month} {at.day}, {at.year}"
    )


def moment(at: datetime, language: str) -> str:
    """Return a date and a time of day with its zone."""
    clock = f"{at:%H:%M} {at.tzname()}"
    joint = "a las" if language == "es" else "at"
    return f"{day(at, language)}, {joint} {clock}"
