"""Both files as the columns that Splink compares: everything derived, nothing but plain values.

Whatever differs between two engines' string functions is done here once, so that the same model
gives nearly the same weights everywhere. How rare a value is, inside its nationality, becomes a
term frequency in Splink's sense: the one whose adjustment is our bits.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from breaches.matching.linkage import blocking
from breaches.matching.linkage.comparing import DATE, FAMILY, FIRST_COLUMN, GIVEN
from breaches.matching.linkage.encoding import Side, some_rows
from breaches.matching.linkage.files import Files
from breaches.matching.linkage.frequencies import Counts
from breaches.matching.linkage.levels import EXACT, EXACT_DATE, EXACT_NAME, SAME_SOUND
from breaches.matching.linkage.model import Model
from breaches.matching.linkage.rarity import MOST_BITS
from breaches.matching.linkage.vocabulary import Array

NAMES = ("given", "family")


def tables(files: Files) -> list[Any]:
    """Return the left and the right file as Arrow tables; only one in a deduplication."""
    right = pa.table(_table(files, files.right, files.index.keys))
    if files.dedupe:
        return [right]
    keys = [blocking.laid(kind) for kind in files.index.keys_of(files.left)]
    return [pa.table(_table(files, files.left, keys)), right]


def frequencies(files: Files, model: Model) -> dict[str, Any]:
    """Return for each counted column its keys, with the share whose log2(u / share) is our bits."""
    size = len(files.index.counted.given.strata)
    found = {}
    for name, (codes, strata) in _counted(files, files.right).items():
        u, counted, part = _uses(files, model)[name]
        keys = np.unique(np.concatenate([codes * size + strata, codes * size]))
        values, stratum = keys // size, keys % size
        bits = part * np.log2(counted.chance / counted.share(values, stratum))
        shares = u * np.exp2(-np.clip(bits, -MOST_BITS, MOST_BITS))
        found[name] = pa.table({name: pa.array(keys), f"tf_{name}": pa.array(shares)})
    return found


def _counted(files: Files, side: Side) -> dict[str, tuple[Array, Array]]:
    """Return the code of each counted value of each row, and inside of which stratum."""
    index = files.index
    nowhere = np.zeros(len(side), np.int64)
    strata = nowhere if index.stratum is None else side.columns[index.stratum].astype(np.int64)
    strata = np.where(strata < len(index.counted.given.strata), strata, 0)
    sounds = index.names.table.skeletons
    found = {"k_born": (side.dates.astype(np.int64), strata)}
    for name, codes in zip(NAMES, (side.given, side.family), strict=True):
        found[f"k_{name}"] = codes.astype(np.int64), strata
        found[f"k_{name}_sound"] = sounds[codes] % 2**40, strata
    for column in range(len(index.mapping.ids), len(side.columns)):
        found[f"k_c{column}"] = side.columns[column].astype(np.int64), nowhere
        found[f"k_c{column}_same"] = found[f"k_c{column}"]
    return found


def _uses(files: Files, model: Model) -> dict[str, tuple[float, Counts, float]]:
    """Return the u of the level that each count is for, and how much of its bits count."""
    counted = files.index.counted
    uses: dict[str, tuple[float, Counts, float]] = {
        "k_given": (model.u[GIVEN][EXACT_NAME], counted.given, 1.0),
        "k_family": (model.u[FAMILY][EXACT_NAME], counted.family, 1.0),
        "k_given_sound": (model.u[GIVEN][SAME_SOUND], counted.given_sound, 0.5),
        "k_family_sound": (model.u[FAMILY][SAME_SOUND], counted.family_sound, 0.5),
        "k_born": (model.u[DATE][EXACT_DATE], counted.date, 1.0),
    }
    related = model.u_same_family or model.u[model.first_attribute :]
    for number, place in enumerate(range(model.first_attribute, len(model.kinds))):
        column = place - FIRST_COLUMN
        of_values = counted.columns[column]
        uses[f"k_c{column}"] = (model.u[place][EXACT], of_values, 1.0)
        share = model.own_shares[number]
        uses[f"k_c{column}_same"] = (related[number][EXACT], of_values, share)
    return uses


def _table(files: Files, side: Side, keys: list[Array]) -> dict[str, Any]:
    names, table = files.index.words.names, files.index.names.table
    out: dict[str, Any] = {"row": pa.array(np.arange(len(side), dtype=np.int64))}
    for name, codes in zip(NAMES, (side.given, side.family), strict=True):
        empty = (codes == 0) | table.is_rest[codes]
        written = names.texts(codes)
        out[name] = _texts(written, empty)
        out[f"{name}_sorted"] = _texts([" ".join(sorted(one.split())) for one in written], empty)
        sound = np.where(table.bones[codes] >= 2, table.skeletons[codes], -codes.astype(np.int64))
        out[f"{name}_sound"] = pa.array(sound, mask=empty)
    year, month, day = (part.astype(np.int64) for part in (side.year, side.month, side.day))
    out |= {"year": pa.array(year, mask=year == 0)}
    out["month"], out["day"] = pa.array(month), pa.array(day)
    dates = zip(year.tolist(), month.tolist(), day.tolist(), strict=True)
    born = [f"{y:04}{m:02}{d:02}" for y, m, d in dates]
    out["born"] = pa.array(born)
    out["born_digits"] = pa.array(["".join(sorted(text)) for text in born])
    for place, words in enumerate(files.index.words.columns):
        codes = side.columns[place]
        out[f"c{place}"] = _texts(words.texts(codes), codes == 0)
    size = len(files.index.counted.given.strata)
    for name, (values, strata) in _counted(files, side).items():
        out[name] = pa.array(values * size + strata, mask=values == 0)
    most = [kind.most for kind in files.index.keys_of(some_rows(files.left, np.arange(1)))]
    out["keys"] = _lists(len(side), keys, files.index.keys, most)
    return out


def _texts(values: list[str], empty: Array) -> Any:
    return pa.array(values, pa.string(), mask=empty)


def _lists(count: int, keys: list[Array], right: list[Array], most_of_kind: list[int]) -> Any:
    """Return the keys of each row, without those that too many rows of the right file have."""
    rows, values = [], []
    for kind, (mine, theirs, most) in enumerate(zip(keys, right, most_of_kind, strict=True)):
        hashes = mine >> blocking.HALF
        there, often = np.unique(theirs >> blocking.HALF, return_counts=True)
        common = there[often > most]
        kept = ~np.isin(hashes, common)
        rows.append((mine[kept] & blocking.LOW).astype(np.int64))
        values.append((hashes[kept] | np.uint64(kind << 32)).astype(np.int64))
    row, value = np.concatenate(rows), np.concatenate(values)
    order = np.lexsort((value, row))
    ends = np.searchsorted(row[order], np.arange(count + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(value[order]))
