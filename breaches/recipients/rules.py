"""Who a recipient can be, and how much is known of one. Pure."""

KINDS = {
    "isp_subscriber_unknown": "unknown subscriber of a network",
    "identified_person": "identified person",
    "organisation": "organisation",
    "insider_with_access": "insider with access",
    "government_own": "our own government",
    "government_foreign": "foreign government",
    "search_engine": "search engine",
    "cache_or_archive": "cache or archive",
    "crawler_or_ai": "crawler or AI",
    "contractor_processor": "contractor",
    "journalist_or_ngo": "journalist or organisation",
    "discoverer": "the one who found it",
}
# Writing to a government that persecutes would confirm the list to it.
NEVER_WRITTEN_TO = {"government_foreign"}
SERVICES = {"search_engine", "cache_or_archive", "crawler_or_ai"}
# Kinds that are somebody as soon as the organisation is known; the others are people.
ORGANISATIONS = SERVICES | {
    *("organisation", "government_own", "government_foreign", "contractor_processor"),
    "journalist_or_ngo",
}
SORTED_AT_ONCE = {"isp_subscriber_unknown", *SERVICES}
LEVELS = {
    0: "address only",
    1: "network known",
    2: "organisation known",
    3: "subscriber known",
    4: "contact verified",
}
RISKS = {
    "": "not looked at",
    "none": "none known",
    "possible": "may be close to somebody the people fear",
    "persecutor": "persecutes, or answers to one who does",
}
COPIES = {
    "download": "download",
    "device": "on a device",
    "mail": "in mail",
    "cloud": "in a cloud",
    "backup": "in a backup",
    "print": "on paper",
    "derived": "in data made from it",
    "model": "in a model or index",
    "onward": "passed on by somebody",
}
CONTACTS = {
    "post": "postal address",
    "e_mail": "e-mail address",
    "portal": "form or portal",
    "telephone": "telephone",
    "counsel": "their lawyer",
}
SOURCES = {
    "rdap": "registry of addresses (RDAP)",
    "website": "their own website",
    "provider": "their provider",
    "court": "a court's record",
    "themselves": "they told us",
    "directory": "a directory",
}


def is_known(kind: str, level: int) -> bool:
    """Say whether enough is known of a recipient to write to it."""
    return level >= (2 if kind in ORGANISATIONS else 3)
