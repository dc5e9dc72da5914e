"""The sealed index of each register version, and the models learnt on it.

The index is one blob under the register's key and is opened in memory only.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from breaches.audit import log
from breaches.incidents.models import Incident
from breaches.matching import scoring
from breaches.matching.linkage.model import PREPARATION, Model
from breaches.matching.models import MatchModel, RegisterIndex
from breaches.matching.scoring import Index
from breaches.matching.subjects import of_person, table
from breaches.people.models import Identifier, Person, Register
from breaches.people.queries import RegisterPerson
from breaches.vault import files

PIECE = 16 << 20


def index_of(
    register: Register, people: list[RegisterPerson], *, at: datetime
) -> tuple[RegisterIndex, Index]:
    """Return the index of the register as it stands now, made when this version has none."""
    version = _version(register)
    if row := RegisterIndex.objects.filter(register=register, sha256=version).first():
        return row, opened(row)
    records = (record for person in people for record in of_person(person))
    index = scoring.index_of(table(records))
    last = RegisterIndex.objects.filter(register=register).order_by("-number").first()
    row = RegisterIndex.objects.create(
        register=register,
        number=last.number + 1 if last else 1,
        sha256=version,
        people=len(set(index.ids)),
        file=files.store(_pieces(scoring.pieces(index)), key_name=register.key_name),
        made_at=at,
    )
    log.record(row, "register_index.made", by=None, at=at, number=row.number, people=row.people)
    return row, index


def opened(row: RegisterIndex) -> Index:
    """Return a stored index. Raises Tampered, KeyDestroyed."""
    return scoring.from_bytes(files.read(row.file))


def keep(
    incident: Incident,
    index: RegisterIndex,
    model: Model,
    *,
    parent: MatchModel | None,
    at: datetime,
) -> MatchModel:
    """Store a model for ever, once, and return its row."""
    body = scoring.as_json(model)
    row, is_new = MatchModel.objects.get_or_create(
        incident=incident,
        index=index,
        sha256=scoring.digest(body),
        defaults={"body": body, "parent": parent, "made_at": at},
    )
    if is_new:
        log.record(row, "match_model.made", by=None, at=at, sha256=row.sha256)
    return row


def latest_model(incident: Incident) -> MatchModel | None:
    """Return the model that an incident was last matched with, or None."""
    return (
        MatchModel.objects.filter(incident=incident).select_related("index").order_by("-pk").first()
    )


def _pieces(parts: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    for part in parts:
        for start in range(0, len(part), PIECE):
            yield bytes(part[start : start + PIECE])


def _version(register: Register) -> str:
    """Hash what is sealed: it changes whenever anything in it was written anew.

    And how it is prepared: an index or a model of another preparation is made anew, not misread.
    """
    people = Person.objects.filter(register=register).order_by("pk")
    numbers = Identifier.objects.filter(person__register=register).order_by("pk")
    found = hashlib.sha256(f"preparation {PREPARATION}".encode())
    for pk, sealed in chain(
        people.values_list("pk", "sealed").iterator(),
        numbers.values_list("pk", "sealed").iterator(),
    ):
        found.update(pk.bytes + bytes(sealed))
    return found.hexdigest()
