"""What a signed statement must answer (downloads; after NIST SP 800-88, appendix G). Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class CopyFate:
    """What the signer says became of one copy."""

    method: str = ""
    tool: str = ""
    done_on: date | None = None


@dataclass(frozen=True)
class Statement:
    """The answers of a signed statement; what is empty was not answered."""

    signer: str
    title: str
    authority: str
    entity: str
    reachable_at: str
    obtained: str
    last_accessed: str
    accessed_by: str
    opened: str
    copied: str
    shared: str
    shared_with: str
    other_copies: str
    backups: str
    checked_how: str
    checked_by: str
    kept_for_hold: str
    penalty_law: str
    place: str
    signed_on: date
    signature: str
    witness: str = ""
    authority_checked: bool = False
    may_be_rechecked: bool = False
    fates: Mapping[str, CopyFate] = field(default_factory=dict)  # by the id of a copy


ASKED = {
    "signer": "who signs",
    "title": "the signer's title",
    "authority": "the signer's authority to bind",
    "entity": "for whom",
    "reachable_at": "how the signer is reached",
    "obtained": "when the file was obtained",
    "last_accessed": "when it was last opened",
    "accessed_by": "by whom it was opened",
    "opened": "whether it was opened",
    "copied": "whether it was copied",
    "shared": "whether it was shared",
    "shared_with": "with whom it was shared",
    "other_copies": "other copies: mail, cloud, prints, derived data, models",
    "backups": "backups, and when they expire",
    "checked_how": "how the deletion was checked",
    "checked_by": "who checked it",
    "kept_for_hold": "what is kept for a legal hold",
    "penalty_law": "under which law a false statement is punished",
    "place": "where it was signed",
}


def left_open(said: Statement, known_copies: Collection[str]) -> list[str]:
    """Return what the statement does not answer, in words; nothing means it is complete.

    "None" and "nobody" are answers, an empty line is not. `known_copies` are the ids of the
    copies that we know of: the scope must cover each.
    """
    found = [words for name, words in ASKED.items() if not str(getattr(said, name)).strip()]
    if said.shared == "unknown":
        found.append("whether it was shared: the signer does not know")
    uncovered = [copy for copy in known_copies if not _is_told(said.fates.get(copy))]
    if uncovered:
        copies = "copy" if len(uncovered) == 1 else "copies"
        found.append(f"what became of {len(uncovered)} {copies} that we know of")
    if not said.authority_checked:
        found.append("nobody has checked the signer's authority")
    return found


def _is_told(fate: CopyFate | None) -> bool:
    return fate is not None and bool(fate.method) and fate.done_on is not None
