"""Who can take a copy off the net, how long that holds, and when to look again. Pure."""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Service(NamedTuple):
    """A service; how long its removal holds, when to look again, and what to know of it."""

    name: str
    checks: tuple[timedelta, ...]
    holds_for: timedelta | None = None
    note: str = ""


# From the services' own pages, as read for this product; a removal at Google is temporary.
SERVICES: dict[str, Service] = {
    "origin": Service("our own server", (HOUR, DAY), note="Answer 410, not only 404; take it out "
                      "of the sitemap, the feeds and the site's own search."),
    "cdn": Service("CDN", (HOUR, DAY), note="Purge by address and by tag, query variants too; "
                   "look from several places."),
    "google": Service("Google", (DAY, 150 * DAY), 180 * DAY, "Temporary, about six months: by then "
                      "the page must answer 404 or 410."),
    "bing": Service("Bing", (DAY, 30 * DAY), note="Also feeds DuckDuckGo and Yahoo."),
    "other_search": Service("other search engine", (7 * DAY, 30 * DAY)),
    "wayback": Service("Wayback Machine", (7 * DAY, 30 * DAY), note="Ask by mail for exclusion and "
                       "deletion, with exact addresses and proof of control."),
    "archive": Service("other archive", (7 * DAY, 30 * DAY), note="Some promise nothing; Common "
                       "Crawl's files cannot be changed: say so."),
    "previewer": Service("link previewer", (DAY, 30 * DAY), note="It fetched because somebody "
                         "posted the link: look for onward sharing."),
    "scanner": Service("virus scanner or mail gateway", (7 * DAY, 30 * DAY), note="A hit may mean "
                       "a mailed copy somewhere."),
    "platform": Service("platform, pastebin, file locker", (DAY, 30 * DAY), note="Search by hash "
                        "or by the seeded row, never by anybody's name."),
}  # fmt: skip
FOUND = {
    "log": "its client stands in the log",
    "query": "a search for the file's name",
    "hash": "a search for its hash",
    "canary": "a search for the seeded row",
    "report": "somebody told us",
}
# Whose copy a robot's fetch makes, by its User-Agent, else by what kind of robot it says it is.
ROBOTS = (
    (re.compile(r"googlebot|google-", re.I), "google"),
    (re.compile(r"bingbot", re.I), "bing"),
    (re.compile(r"archive\.org_bot|ia_archiver|wayback", re.I), "wayback"),
)
KINDS = {
    "search-engine": "other_search",
    "archiver": "archive",
    "ai-crawler": "archive",
    "social-preview": "previewer",
    "scanner": "scanner",
}
REQUESTS = {
    "purge": "purge of the cache",
    "removal": "removal of the address",
    "outdated": "outdated content",
    "personal": "personal information",
    "exclusion": "exclusion and deletion",
    "copyright": "copyright notice",
    "abuse": "abuse report",
}
SIGHTINGS = {
    "hash": "the same hash",
    "canary": "the seeded row",
    "victim": "somebody in the file told us",
    "press": "press or a researcher",
}


def service_of(agent: str, tags: Collection[str]) -> str:
    """Return the service that keeps a copy when this robot fetched the file, or nothing."""
    for words, service in ROBOTS:
        if words.search(agent):
            return service
    return next((service for tag, service in KINDS.items() if tag in tags), "")


def next_check(service: str, done: int) -> timedelta:
    """Return how long after the last look to look again, after `done` looks."""
    checks = SERVICES[service].checks
    return checks[min(done, len(checks) - 1)]


def defanged(address: str) -> str:
    """Return a web address that nobody can follow by mistake: hxxps://example[.]org/x."""
    scheme, _, rest = address.rpartition("://")
    host, slash, path = rest.partition("/")
    head = re.sub(r"^http", "hxxp", scheme, flags=re.I)
    return (f"{head}://" if head else "") + host.replace(".", "[.]") + slash + path


def normal(address: str) -> str:
    """Return the form by which one address is known again: no scheme, no www, no last slash."""
    bare = re.sub(r"^[a-z][a-z0-9+.-]*://(www\.)?", "", address.strip(), flags=re.I)
    host, slash, path = bare.partition("/")
    return (host.lower() + slash + path).rstrip("/")
