"""The data elements a leaked column may hold. Pure.

`sensitivity`: 3 can get a person hurt or deported, 2 can be used against them, 1 is little alone.
The glosses are what a letter says was in the file. `laws` are the codes by which rules of law name
the element; what no code fits is still `any_personal_data`.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Element(NamedTuple):
    """One kind of datum, as staff, letters and laws call it."""

    code: str
    label: str
    sensitivity: int
    en: str
    es: str
    headers: tuple[str, ...] = ()
    laws: frozenset[str] = frozenset()


IDENTIFIERS = frozenset({"a_number", "passport", "case_number", "ssn"})
NAMES = frozenset({"full_name", "given_name", "family_name", "native_name"})

_ALL = (
    Element("full_name", "full name", 1, "Your name", "Su nombre", ("name", "full name", "nombre", "client name", "nombre completo", "nombre y apellidos", "last name first name", "first and last name")),
    Element("given_name", "given name", 1, "Your first name", "Su nombre de pila", ("first name", "given name", "given names", "first", "nombres", "fname", "primer nombre")),
    Element("middle_name", "middle name", 1, "Your middle name", "Su segundo nombre", ("middle name", "middle", "segundo nombre")),
    Element("family_name", "family name", 1, "Your last name", "Sus apellidos", ("last name", "family name", "family names", "surname", "last", "apellidos", "lname", "apellido", "primer apellido", "segundo apellido", "apellido paterno", "apellido materno")),
    Element("native_name", "name in own script", 1, "Your name in your own alphabet", "Su nombre en su propio alfabeto", ("native name", "name native")),
    Element("alias", "other names", 1, "Other names you have used", "Otros nombres que ha usado", ("alias", "aliases", "aka")),
    Element("a_number", "A-number", 3, "Your A-number (the number on your immigration papers)", "Su número A (el número de sus papeles de inmigración)", ("a number", "anumber", "alien number", "a no", "alien registration number", "numero a", "alien registration", "numero de extranjero")),
    Element("passport", "passport number", 3, "Your passport number", "Su número de pasaporte", ("passport", "passport number", "passport no", "numero de pasaporte", "pasaporte")),
    Element("case_number", "case number", 2, "Your case number", "Su número de caso", ("case number", "case no", "case id")),
    Element("ssn", "Social Security number", 3, "Your Social Security number", "Su número de Seguro Social", ("ssn", "social security number")),
    Element("internal_id", "number inside the office", 1, "A number the office gave your file", "Un número que la oficina dio a su expediente", ("event number", "client id", "id", "subject id", "person id")),
    Element("birth_date", "birth date", 2, "Your date of birth", "Su fecha de nacimiento", ("dob", "birth date", "date of birth", "birthdate", "fecha de nacimiento", "birthday", "born on", "fecha nacimiento", "date birth")),
    Element("nationality", "nationality", 3, "Your nationality", "Su nacionalidad", ("nationality", "citizenship", "country of citizenship", "nacionalidad", "passport country")),
    Element("country_of_birth", "country of birth", 3, "The country where you were born", "El país donde nació", ("country of birth", "birth country", "cob", "pais de nacimiento")),
    Element("sex", "sex", 1, "Your sex", "Su sexo", ("sex", "gender", "sexo")),
    Element("language", "language", 1, "Your language", "Su idioma", ("language", "primary language", "idioma")),
    Element("marital_status", "marital status", 1, "Whether you are married", "Su estado civil", ("marital status",)),
    Element("detention_facility", "detention facility", 3, "The place where you were held", "El lugar donde estuvo detenido o detenida", ("detention facility", "facility", "detention center", "detention location")),
    Element("booking_date", "book-in date", 2, "The day you were brought there", "El día en que llegó allí", ("book in date", "booking date", "bookin date", "detained on", "date booked", "booked on", "booked date", "book in")),
    Element("release_date", "release date", 2, "The day you were released", "El día en que salió", ("release date", "released on", "date released")),
    Element("case_status", "case status", 3, "Where your case stands", "En qué punto está su caso", ("case status", "status", "status date", "estado del caso")),
    Element("fear_screening", "fear screening", 3, "That you said you were afraid to go back", "Que dijo que tenía miedo de regresar", ("fear screening", "fear claim", "credible fear", "fear interview date", "fear interview")),
    Element("fear_result", "fear-interview result", 3, "The result of your fear interview", "El resultado de su entrevista de miedo", ("fear result", "fear interview result", "interview result")),
    Element("final_order", "removal order", 3, "Whether there is an order to deport you", "Si hay una orden para deportarle", ("final order", "removal order", "order of removal")),
    Element("hearing_date", "hearing date", 2, "The date of your hearing", "La fecha de su audiencia", ("hearing date", "next hearing")),
    Element("court", "court or office", 2, "The office or court of your case", "La oficina o el tribunal de su caso", ("docket office", "court", "field office", "base city")),
    Element("counsel_name", "lawyer", 2, "The name of your lawyer", "El nombre de su abogado o abogada", ("attorney", "counsel", "lawyer", "counsel name", "abogado")),
    Element("counsel_firm", "lawyer's office", 2, "Your lawyer's office", "La oficina de su abogado o abogada", ("counsel firm", "law firm", "organization", "organisation")),
    Element("counsel_address", "lawyer's address", 1, "Your lawyer's address", "La dirección de su abogado o abogada", ("counsel address", "attorney address")),
    Element("relatives", "relatives", 3, "Your family members", "Sus familiares", ("family unit", "relatives", "spouse", "children", "family", "next of kin")),
    Element("guardian_name", "guardian", 2, "The name of your guardian", "El nombre de su tutor o tutora", ("guardian name", "guardian")),
    Element("address", "address", 3, "Your address", "Su dirección", ("address", "street address", "address 1", "address line 1", "direccion")),
    Element("address_2", "address, second line", 3, "Your address", "Su dirección", ("address 2", "address line 2")),
    Element("address_3", "address, third line", 3, "Your address", "Su dirección", ("address 3", "address line 3")),
    Element("address_4", "address, fourth line", 3, "Your address", "Su dirección", ("address 4", "address line 4")),
    Element("address_5", "address, fifth line", 3, "Your address", "Su dirección", ("address 5", "address line 5")),
    Element("city", "city", 2, "The city where you live", "La ciudad donde vive", ("city", "ciudad", "town")),
    Element("state", "state", 1, "The state where you live", "El estado donde vive", ("state", "province")),
    Element("postcode", "postcode", 2, "Your ZIP code", "Su código postal", ("postcode", "zip", "zip code", "postal code", "zip 4", "codigo postal")),
    Element("country", "country of address", 2, "The country where you live", "El país donde vive", ("country",)),
    Element("safe_address", "whether the address is a safe one", 3, "That you use a safe address", "Que usa una dirección segura", ("safe address",)),
    Element("phone", "telephone", 2, "Your phone number", "Su número de teléfono", ("phone", "telephone", "mobile", "phone number", "telefono", "cell", "cell phone", "mobile phone", "home phone", "celular")),
    Element("email", "e-mail", 2, "Your e-mail address", "Su correo electrónico", ("email", "e mail", "email address", "e mail address")),
    Element("deceased_on", "date of death", 2, "A date of death", "Una fecha de fallecimiento", ("deceased on", "date of death", "died on", "death date", "date deceased")),
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
    Element("travel", "travel", 2, "How and when you travelled", "Cómo y cuándo viajó", ("port of entry", "route", "place of entry", "manner of entry")),
    Element("receipt_number", "application receipt number", 2, "The receipt number of your application", "El número de recibo de su solicitud", ("receipt number", "receipt no", "receipt")),
    Element("filing_date", "filing date", 2, "The day you applied", "El día en que presentó su solicitud", ("filing date", "date filed", "application date")),
    Element("arrival_date", "arrival date", 2, "The day you arrived", "El día en que llegó al país", ("arrival date", "entry date", "date of entry", "date of arrival")),
    Element("protected_benefit", "VAWA, T or U application", 3, "That you asked for protection as a victim", "Que pidió protección como víctima", ("vawa", "u visa", "t visa", "protected class")),
    Element("driver_licence", "driver licence number", 3, "Your driver's license number", "El número de su licencia de conducir", ("driver license", "drivers license", "driver licence", "dl number", "licencia")),
    Element("state_id", "state identity card", 3, "Your state ID number", "El número de su identificación estatal", ("state id", "state id number")),
    Element("taxpayer_id", "taxpayer number", 3, "Your taxpayer number", "Su número de contribuyente", ("itin", "tax id", "taxpayer id", "tin")),
    Element("maiden_name", "parent's surname before marriage", 2, "Your mother's maiden name", "El apellido de soltera de su madre", ("mothers maiden name", "mother s maiden name", "maiden name", "mother maiden name")),
    Element("health_insurance", "health policy number", 3, "Your health insurance number", "El número de su seguro médico", ("insurance number", "policy number", "medicaid", "medicare")),
    Element("genetic", "genetic data", 3, "Genetic information", "Información genética", ("dna", "genetic")),
    Element("location", "where somebody was seen", 3, "Places where you were", "Lugares donde estuvo", ("gps", "latitude", "longitude", "location", "coordinates")),
    Element("vehicle", "vehicle or licence plate", 2, "Your vehicle or license plate", "Su vehículo o su placa", ("license plate", "plate", "vehicle", "vin")),
    Element("ip_address", "internet address", 2, "The internet address of your device", "La dirección de internet de su aparato", ("ip", "ip address")),
    Element("free_text", "notes", 3, "Notes about you", "Notas sobre usted", ("notes", "remarks", "comments", "narrative")),
    Element("other", "something else", 1, "Other information about you", "Otra información sobre usted", ()),
)  # fmt: skip

_LAWS = {
    "a_number": "other_government_id",
    "passport": "passport",
    "ssn": "ssn ssn_alone",
    "case_number": "other_government_id",
    "receipt_number": "other_government_id",
    "driver_licence": "driver_licence",
    "state_id": "state_id",
    "taxpayer_id": "taxpayer_id tax_information",
    "maiden_name": "mothers_maiden_name",
    "birth_date": "dob",
    "nationality": "special_care_required_data",
    "country_of_birth": "special_care_required_data",
    "detention_facility": "geolocation",
    "location": "geolocation",
    "vehicle": "licence_plate_recognition",
    "case_status": "asylum_application_fact identity_linked_to_protection_claim",
    "fear_screening": "asylum_application_fact credible_fear_record reasonable_fear_record",
    "fear_result": "asylum_application_fact credible_fear_record reasonable_fear_record",
    "protected_benefit": "vawa_t_u_record",
    "counsel_name": "professional_or_legal_secrecy",
    "health": "medical unsecured_protected_health_information sensitive_data",
    "health_insurance": "health_insurance health_payment_information",
    "financial": "account_alone credit_card_alone bank_account_number financial financial_harm_data",
    "credentials": "online_credentials email_account_credentials authentication pin",
    "biometric": "biometric sensitive_data",
    "photo": "biometric",
    "genetic": "genetic sensitive_data",
    "criminal": "special_care_required_data",
    "religion": "sensitive_data special_care_required_data",
    "ethnicity": "sensitive_data special_care_required_data",
    "politics": "sensitive_data special_care_required_data",
    "orientation": "sensitive_data special_care_required_data",
}
ALWAYS = frozenset({"any_pii", "any_personal_data"})

ELEMENTS: dict[str, Element] = {
    element.code: element._replace(laws=ALWAYS | set(_LAWS.get(element.code, "").split()))
    for element in _ALL
}


# How dangerous it is to have lost something, in words after "people".
DANGERS = {3: "people can be hurt by it", 2: "can be harmed by it", 1: "are in it at all"}


def by_danger(codes: Iterable[str]) -> list[Element]:
    """Return elements by their codes, the most dangerous first."""
    found = [ELEMENTS[code] for code in codes]
    return sorted(found, key=lambda element: (-element.sensitivity, element.label))


def gloss(code: str, language: str) -> str:
    """Return what a letter in `language` (en or es) says for one element."""
    element = ELEMENTS[code]
    return element.es if language == "es" else element.en
