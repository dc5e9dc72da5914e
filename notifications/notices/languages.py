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
    "en": {
        "public_posting": "A file with the data of many people in the records of {holder} was made public by mistake.",
        "misdirected": "A message with the data of many people in the records of {holder} was sent to the wrong place.",
        "excess_access": "People with no need to see them could open records of {holder} about many people.",
        "onward": "Records of {holder} about many people were passed on to others who should not have them.",
        "lost_device": "A device that held the data of many people in the records of {holder} was lost.",
        "intrusion": "Somebody broke into a system of {holder} that holds the data of many people.",
        "mailing_error": "Letters from {holder} with the data of other people were put in the post by mistake.",
    },
    "es": {
        "public_posting": "Un archivo con datos de muchas personas de los registros de {holder} se hizo público por error.",
        "misdirected": "Un mensaje con datos de muchas personas de los registros de {holder} se envió al lugar equivocado.",
        "excess_access": "Gente que no tenía por qué verlos pudo abrir registros de {holder} sobre muchas personas.",
        "onward": "Registros de {holder} sobre muchas personas se pasaron a otros que no deben tenerlos.",
        "lost_device": "Se perdió un aparato que guardaba datos de muchas personas de los registros de {holder}.",
        "intrusion": "Alguien entró sin permiso en un sistema de {holder} que guarda datos de muchas personas.",
        "mailing_error": "Por error se enviaron por correo cartas de {holder} con datos de otras personas.",
    },
}
TAKEN = {
    "en": (
        "1 network address was sent the file or a part of it. We treat it as somebody who has it.",
        "{count} network addresses were sent the file or a part of it. We treat each as somebody who has it.",
    ),
    "es": (
        "1 dirección de red recibió el archivo o una parte. La tratamos como alguien que lo tiene.",
        "{count} direcciones de red recibieron el archivo o una parte. Tratamos cada una como alguien que lo tiene.",
    ),
}
HAVE = {
    "en": (
        "1 person or organization was given the data or could see them.",
        "{count} people or organizations were given the data or could see them.",
    ),
    "es": (
        "1 persona u organización recibió los datos o pudo verlos.",
        "{count} personas u organizaciones recibieron los datos o pudieron verlos.",
    ),
}
SURE = {  # how sure a time is, by the code of an exposure's certainty; an exact one is said as it is
    "en": {
        "exact": "{}",
        "about": "about {}",
        "earliest": "{} (at the earliest)",
        "latest": "{} (at the latest)",
        "unknown": "{} (we are not sure of the time)",
    },
    "es": {
        "exact": "{}",
        "about": "{} (aproximadamente)",
        "earliest": "{} (como muy pronto)",
        "latest": "{} (como muy tarde)",
        "unknown": "{} (no estamos seguros de la hora)",
    },
}
ASKED = {
    "en": "We asked {sent} of {count} to delete every copy and to say who else has it.",
    "es": "Pedimos a {sent} de {count} que borren todas las copias y digan quién más lo tiene.",
}
ANSWERED = {
    "en": ("None has answered yet.", "1 has answered.", "{count} have answered."),
    "es": ("Nadie ha contestado todavía.", "1 ha contestado.", "{count} han contestado."),
}


def number(count: int, forms: tuple[str, ...]) -> str:
    """Return the form for a number: of three, none, one, many; of two, one, many."""
    place = min(count, len(forms) - 1) if len(forms) == 3 else min(count, 2) - 1
    return forms[place].format(count=f"{count:,}")


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
