"""Invented values with which a wording is looked at before anybody real is written to. Pure."""

from notifications.wording.fields import Value

VALUES: dict[str, dict[str, Value]] = {
    "en": {
        "reference": "SAMPLE-1",
        "letter_date": "March 2, 2026",
        "name": "Ada Doe",
        "elements": ["Your name", "Your date of birth", "Your nationality"],
        "holder": "Example Agency",
        "what_happened": "A file with the data of many people was made public by mistake.",
        "opened": "November 28, 2022, at 14:45 UTC",
        "closed": "November 28, 2022, at 19:45 UTC",
        "recipients": ["6 network addresses were sent the file."],
        "demands": ["We asked 6 of 6 to delete every copy."],
        "records": [
            "File: roster.xlsx (1,000,000 bytes), SHA-256 not recorded",
            "Requested 2022-11-28 14:55:00 UTC, client address 192.0.2.10",
            "Our records show: the client was sent the whole file; we assume it was kept",
        ],
        "basis": "We ask this as a civil hold.",
        "contact_name": "the help desk",
        "contact_phone": "1-800-555-0100",
        "contact_address": "PO Box 1, Springfield IL 62701",
    },
    "es": {
        "reference": "SAMPLE-1",
        "letter_date": "2 de marzo de 2026",
        "name": "Ada Doe",
        "elements": ["Su nombre", "Su fecha de nacimiento", "Su nacionalidad"],
        "holder": "Example Agency",
        "what_happened": "Un archivo con datos de muchas personas se hizo público por error.",
        "opened": "28 de noviembre de 2022, a las 14:45 UTC",
        "closed": "28 de noviembre de 2022, a las 19:45 UTC",
        "recipients": ["6 direcciones de red recibieron el archivo."],
        "demands": ["Pedimos a 6 de 6 que borren todas las copias."],
        "records": ["Archivo: roster.xlsx (1.000.000 bytes)", "Dirección del cliente: 192.0.2.10"],
        "basis": "Lo pedimos de forma voluntaria.",
        "contact_name": "la línea de ayuda",
        "contact_phone": "1-800-555-0100",
        "contact_address": "PO Box 1, Springfield IL 62701",
    },
}
