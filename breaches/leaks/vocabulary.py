"""The data elements a leaked column may hold. Pure.

`sensitivity`: 3 can get a person hurt or deported, 2 can be used against them, 1 is little alone.
The glosses are what a letter says was in the file.
"""

from typing import NamedTuple


class Element(NamedTuple):
    """One kind of datum, as staff, letters and laws call it."""

    code: str
    label: str
    sensitivity: int
    en: str
    es: str
    headers: tuple[str, ...] = ()


IDENTIFIERS = frozenset({"a_number", "passport", "case_number", "ssn"})
NAMES = frozenset({"full_name", "given_name", "family_name", "native_name"})

_ALL = (
    Element("full_name", "full name", 1, "Your name", "Su nombre", ("name", "full name", "nombre", "client name")),
    Element("given_name", "given name", 1, "Your first name", "Su nombre de pila", ("first name", "given name", "given names", "first", "nombres")),
    Element("middle_name", "middle name", 1, "Your middle name", "Su segundo nombre", ("middle name", "middle")),
    Element("family_name", "family name", 1, "Your last name", "Sus apellidos", ("last name", "family name", "family names", "surname", "last", "apellidos")),
    Element("native_name", "name in own script", 1, "Your name in your own alphabet", "Su nombre en su propio alfabeto", ("native name", "name native")),
    Element("alias", "other names", 1, "Other names you have used", "Otros nombres que ha usado", ("alias", "aliases", "aka")),
    Element("a_number", "A-number", 3, "Your A-number (the number on your immigration papers)", "Su número A (el número de sus papeles de inmigración)", ("a number", "anumber", "alien number", "a no", "alien registration number")),
    Element("passport", "passport number", 3, "Your passport number", "Su número de pasaporte", ("passport", "passport number", "passport no")),
    Element("case_number", "case number", 2, "Your case number", "Su número de caso", ("case number", "case no", "case id")),
    Element("ssn", "Social Security number", 3, "Your Social Security number", "Su número de Seguro Social", ("ssn", "social security number")),
    Element("internal_id", "number inside the office", 1, "A number the office gave your file", "Un número que la oficina dio a su expediente", ("event number", "client id", "id", "subject id", "person id")),
    Element("birth_date", "birth date", 2, "Your date of birth", "Su fecha de nacimiento", ("dob", "birth date", "date of birth", "birthdate", "fecha de nacimiento")),
    Element("nationality", "nationality", 3, "Your nationality", "Su nacionalidad", ("nationality", "citizenship", "country of citizenship", "nacionalidad")),
    Element("country_of_birth", "country of birth", 3, "The country where you were born", "El país donde nació", ("country of birth", "birth country", "cob")),
    Element("sex", "sex", 1, "Your sex", "Su sexo", ("sex", "gender", "sexo")),
    Element("language", "language", 1, "Your language", "Su idioma", ("language", "primary language", "idioma")),
    Element("marital_status", "marital status", 1, "Whether you are married", "Su estado civil", ("marital status",)),
    Element("detention_facility", "detention facility", 3, "The place where you were held", "El lugar donde estuvo detenido o detenida", ("detention facility", "facility", "detention center", "detention location")),
    Element("booking_date", "book-in date", 2, "The day you were brought there", "El día en que llegó allí", ("book in date", "booking date", "bookin date", "detained on")),
    Element("release_date", "release date", 2, "The day you were released", "El día en que salió", ("release date", "released on")),
    Element("case_status", "case status", 3, "Where your case stands", "En qué punto está su caso", ("case status", "status")),
    Element("fear_screening", "fear screening", 3, "That you said you were afraid to go back", "Que dijo que tenía miedo de regresar", ("fear screening", "fear claim", "credible fear")),
    Element("fear_result", "fear-interview result", 3, "The result of your fear interview", "El resultado de su entrevista de miedo", ("fear result", "fear interview result", "interview result")),
    Element("final_order", "removal order", 3, "Whether there is an order to deport you", "Si hay una orden para deportarle", ("final order", "removal order", "order of removal")),
    Element("hearing_date", "hearing date", 2, "The date of your hearing", "La fecha de su audiencia", ("hearing date", "next hearing")),
    Element("court", "court or office", 2, "The office or court of your case", "La oficina o el tribunal de su caso", ("docket office", "court", "field office", "base city")),
    Element("counsel_name", "lawyer", 2, "The name of your lawyer", "El nombre de su abogado o abogada", ("attorney", "counsel", "lawyer", "counsel name", "abogado")),
    Element("counsel_firm", "lawyer's office", 2, "Your lawyer's office", "La oficina de su abogado o abogada", ("counsel firm", "law firm", "organization", "organisation")),
    Element("counsel_address", "lawyer's address", 1, "Your lawyer's address", "La dirección de su abogado o abogada", ("counsel address", "attorney address")),
    Element("relatives", "relatives", 3, "Your family members", "Sus familiares", ("family unit", "relatives", "spouse", "children", "family")),
    Element("guardian_name", "guardian", 2, "The name of your guardian", "El nombre de su tutor o tutora", ("guardian name", "guardian")),
    Element("address", "address", 3, "Your address", "Su dirección", ("address", "street address", "address 1", "address line 1", "direccion")),
    Element("address_2", "address, second line", 3, "Your address", "Su dirección", ("address 2", "address line 2")),
    Element("address_3", "address, third line", 3, "Your address", "Su dirección", ("address 3", "address line 3")),
    Element("address_4", "address, fourth line", 3, "Your address", "Su dirección", ("address 4", "address line 4")),
    Element("address_5", "address, fifth line", 3, "Your address", "Su dirección", ("address 5", "address line 5")),
    Element("city", "city", 2, "The city where you live", "La ciudad donde vive", ("city", "ciudad", "town")),
    Element("state", "state", 1, "The state where you live", "El estado donde vive", ("state", "province")),
    Element("postcode", "postcode", 2, "Your ZIP code", "Su código postal", ("postcode", "zip", "zip code", "postal code")),
    Element("country", "country of address", 2, "The country where you live", "El país donde vive", ("country",)),
    Element("safe_address", "whether the address is a safe one", 3, "That you use a safe address", "Que usa una dirección segura", ("safe address",)),
    Element("phone", "telephone", 2, "Your phone number", "Su número de teléfono", ("phone", "telephone", "mobile", "phone number", "telefono")),
    Element("email", "e-mail", 2, "Your e-mail address", "Su correo electrónico", ("email", "e mail", "email address")),
    Element("deceased_on", "date of death", 2, "A date of death", "Una fecha de fallecimiento", ("deceased on", "date of death", "died on")),
    Element("guardian_unsafe", "unsafe guardian", 3, "A warning about a guardian", "Una advertencia sobre un tutor", ("guardian unsafe",)),
    Element("health", "health", 3, "Health information", "Información de salud", ("health", "medical", "diagnosis", "medical notes")),
    Element("financial", "bank or card", 3, "Bank or card information", "Información bancaria o de tarjeta", ("account number", "iban", "card number", "bank account")),
    Element("credentials", "passwords", 3, "A password or sign-in", "Una contraseña o acceso", ("password", "pin", "username", "login")),
    Element("photo", "photograph", 2, "Your photograph", "Su fotografía", ("photo", "picture")),
    Element("biometric", "fingerprint or other biometric", 3, "Fingerprints or the like", "Huellas u otros datos biométricos", ("fingerprint", "fingerprint id", "fins", "biometric")),
    Element("criminal", "police or court record", 3, "Police or court records", "Antecedentes policiales o judiciales", ("criminality", "criminal history", "arrests", "charges")),
    Element("employer", "employer", 2, "Where you work", "Dónde trabaja", ("employer", "occupation")),
    Element("religion", "religion", 3, "Your religion", "Su religión", ("religion", "faith")),
    Element("ethnicity", "ethnicity", 3, "Your ethnic group", "Su grupo étnico", ("ethnicity", "race", "ethnic group")),
    Element("politics", "political opinion", 3, "Your political views", "Sus opiniones políticas", ("political opinion", "party")),
    Element("orientation", "sexual orientation", 3, "Your sexual orientation", "Su orientación sexual", ("sexual orientation",)),
    Element("travel", "travel", 2, "How and when you travelled", "Cómo y cuándo viajó", ("entry date", "port of entry", "arrival date", "route")),
    Element("free_text", "notes", 3, "Notes about you", "Notas sobre usted", ("notes", "remarks", "comments", "narrative")),
    Element("other", "something else", 1, "Other information about you", "Otra información sobre usted", ()),
)  # fmt: skip

ELEMENTS: dict[str, Element] = {element.code: element for element in _ALL}


def gloss(code: str, language: str) -> str:
    """Return what a letter in `language` (en or es) says for one element."""
    element = ELEMENTS[code]
    return element.es if language == "es" else element.en
