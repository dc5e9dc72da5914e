"""Which columns of a file mean what, as the TOML map says. Pure."""

import tomllib
from dataclasses import dataclass, field, replace
from typing import Any

KEYS = {"id", "given", "family", "full", "birth_date", "ids", "strata", "attributes"}


class BadMap(ValueError):
    """The map cannot be followed; the text says why."""


@dataclass(frozen=True)
class Mapping:
    """The columns of one file. `birth_date` has one column, or year, month and day."""

    id: str
    given: str = ""
    family: str = ""
    full: str = ""
    birth_date: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    strata: str = ""

    @property
    def compared(self) -> dict[str, str]:
        """Return the attributes that are compared; a stratum is one even when it is not named."""
        named = dict(self.attributes)
        if self.strata:
            named.setdefault(self.strata, "exact")
        return named

    @property
    def stratum_at(self) -> int | None:
        """Return the place of the stratum among what is compared: columns are paired by it."""
        return list(self.compared).index(self.strata) if self.strata else None


def read(text: str) -> tuple[Mapping, Mapping]:
    """Return the maps of the left and of the right file. Raises BadMap."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadMap(f"The map is not TOML: {fault}.") from fault
    override = said.pop("right", {})
    if not isinstance(override, dict):
        raise BadMap("[right] is a table of what is otherwise in the right file.")
    if "right" in override:
        raise BadMap("[right] holds no other [right]: write its keys into the first.")
    left = _mapping(said)
    right = _mapping({**_also_right(said, override), **override})
    if len(right.ids) != len(left.ids) or len(right.compared) != len(left.compared):
        raise BadMap("[right] must name as many ids and attributes as the left file has.")
    if left.stratum_at != right.stratum_at:
        raise BadMap("[right] must name its attributes in the left file's order, strata too.")
    return left, right


def _also_right(said: dict[str, Any], override: dict[str, Any]) -> dict[str, Any]:
    """Return what holds for the right file, too: its own full name or parts replace the other."""
    replaced = {"given", "family"} if override.get("full") else set()
    if override.get("given") or override.get("family"):
        replaced.add("full")
    return {key: value for key, value in said.items() if key not in replaced}


def _mapping(said: dict[str, Any]) -> Mapping:
    if unknown := sorted(set(said) - KEYS):
        raise BadMap(f"The map has unknown keys: {', '.join(unknown)}.")
    _check_kinds(said)
    born = said.get("birth_date", ())
    mapping = Mapping(
        id=said.get("id", ""),
        given=said.get("given", ""),
        family=said.get("family", ""),
        full=said.get("full", ""),
        birth_date=(born,) if isinstance(born, str) else tuple(born),
        ids=tuple(said.get("ids", ())),
        attributes=dict(said.get("attributes", {})),
        strata=said.get("strata", ""),
    )
    _check(mapping)
    return mapping


def _check_kinds(said: dict[str, Any]) -> None:
    for key in ("id", "given", "family", "full", "strata"):
        if not isinstance(said.get(key, ""), str):
            raise BadMap(f'{key} is one column: {key} = "name".')
    if not _is_list(said.get("ids", [])):
        raise BadMap('ids is a list of columns: ids = ["number"].')
    born = said.get("birth_date", [])
    if not (isinstance(born, str) or _is_list(born)):
        raise BadMap("birth_date is one column, or [year, month, day].")
    if not isinstance(said.get("attributes", {}), dict):
        raise BadMap('attributes is a table: [attributes], then a line such as town = "fuzzy".')


def _is_list(said: Any) -> bool:
    return isinstance(said, list) and all(isinstance(one, str) for one in said)


def _check(mapping: Mapping) -> None:
    if not mapping.id:
        raise BadMap("The map must say which column is the id.")
    if not (mapping.given or mapping.family or mapping.full):
        raise BadMap("The map must name given and family, or full.")
    if not all(name.strip() for name in columns(mapping)):
        raise BadMap('The map names a column "": write its name, or leave out the key.')
    if len(mapping.birth_date) not in {0, 1, 3}:
        raise BadMap("birth_date is one column, or [year, month, day].")
    if any(kind not in ("exact", "fuzzy") for kind in mapping.attributes.values()):
        raise BadMap('Each attribute is "exact" or "fuzzy".')


def columns(mapping: Mapping) -> list[str]:
    """Return every column that the map names."""
    names = [name for name in (mapping.given, mapping.family, mapping.full) if name]
    return [mapping.id, *names, *mapping.birth_date, *mapping.ids, *mapping.compared]


def aligned(left: Mapping, right: Mapping) -> Mapping:
    """Return the right map with attributes compared as the left map says, by position."""
    kinds = left.compared.values()
    return replace(right, attributes=dict(zip(right.compared, kinds, strict=True)))
