"""Our model as settings for Splink 5: the same levels, the same weights, in one SQL dialect. Pure.

A Splink model is SQL of one dialect, so the neutral document is what is kept and this is made
from it each time (https://moj-analytical-services.github.io/splink/). Left out are what Splink
has no words for: relatives, the rarity of turned names, and the competition of candidates; the
pairs it returns are weighed once more by our own engine.
"""

from typing import Any

from breaches.matching.linkage.comparing import DATE, FIRST_COLUMN, ORDER
from breaches.matching.linkage.model import Model

JARO = {"duckdb": "jaro_winkler_similarity", "spark": "jaro_winkler"}
SUBSET = {
    "duckdb": "list_has_all(string_split({0}, ' '), string_split({1}, ' '))",
    "spark": "size(array_except(split({1}, ' '), split({0}, ' '))) = 0",
}
Level = dict[str, Any]


def settings(model: Model, dialect: str, *, dedupe: bool) -> dict[str, Any]:
    """Return the settings of a model."""
    comparisons = [
        _comparison("given", _name(model, 0, dialect)),
        _comparison("family", _name(model, 1, dialect)),
        _comparison("turned", _order(model, dialect)),
        _comparison("birth_date", _date(model)),
    ]
    for place in range(FIRST_COLUMN, len(model.kinds)):
        make = _number if model.kinds[place] == "id" else _attribute
        comparisons.append(_comparison(f"c{place - FIRST_COLUMN}", make(model, place, dialect)))
    return {
        "link_type": "dedupe_only" if dedupe else "link_only",
        "unique_id_column_name": "row",
        "sql_dialect": dialect,
        "probability_two_random_records_match": model.prior,
        "blocking_rules_to_generate_predictions": [
            {
                "blocking_rule": "l.keys = r.keys",
                "sql_dialect": dialect,
                "arrays_to_explode": ["keys"],
            }
        ],
        "comparisons": comparisons,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def _comparison(name: str, levels: list[Level]) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": levels}


def _level(model: Model, place: int, level: int, condition: str, tf: str = "") -> Level:
    """Return one level with the m that gives its weight over its u."""
    return _weighed(float(model.weights[place][level]), float(model.u[place][level]), condition, tf)


def _weighed(weight: float, u: float, condition: str, tf: str = "") -> Level:
    out: Level = {
        "sql_condition": condition,
        "m_probability": u * 2.0**weight,
        "u_probability": u,
        "fix_m_probability": True,
        "fix_u_probability": True,
    }
    if tf:
        out |= {"tf_adjustment_column": tf, "tf_adjustment_weight": 1.0, "tf_minimum_u_value": 0.0,
                "disable_tf_exact_match_detection": True}  # fmt: skip
    return out


def _missing(condition: str) -> Level:
    return {"sql_condition": condition, "is_null_level": True}


def _turned(dialect: str) -> str:
    """Return when the names read better the other way round, as comparing.py decides."""

    def alike(one: str, other: str) -> str:
        return f"coalesce({JARO[dialect]}({one}_l, {other}_r), 0.3)"

    straight = f"{alike('given', 'given')} + {alike('family', 'family')}"
    crosswise = f"{alike('given', 'family')} + {alike('family', 'given')}"
    return f"({straight} < 1.7 and {crosswise} > {straight} + 0.15)"


def _either(straight: str, crossed: str, dialect: str) -> str:
    turned = _turned(dialect)
    return f"((not {turned} and ({straight})) or ({turned} and ({crossed})))"


def _name(model: Model, place: int, dialect: str) -> list[Level]:
    name, other = ("given", "family") if place == 0 else ("family", "given")

    def both(condition: str) -> str:
        crossed, straight = (
            condition.format(
                *(f"{name}_l", f"{theirs}_r", f"{name}_sound_l", f"{theirs}_sound_r"),
                *(f"{name}_sorted_l", f"{theirs}_sorted_r"),
            )
            for theirs in (other, name)
        )
        return _either(straight, crossed, dialect)

    jaro = f"{JARO[dialect]}({{0}}, {{1}})"
    one, two = SUBSET[dialect].format("{0}", "{1}"), SUBSET[dialect].format("{1}", "{0}")
    sound = f"{{2}} = {{3}} or {jaro} >= 0.92 or {{4}} = {{5}}"
    initial = "(length({0}) = 1 or length({1}) = 1) and substr({0}, 1, 1) = substr({1}, 1, 1)"
    return [
        _missing(both("{0} is null or {1} is null")),
        _level(model, place, 5, both("{0} = {1}"), f"k_{name}"),
        _level(model, place, 4, both(sound), f"k_{name}_sound"),
        _level(model, place, 3, both(f"{jaro} >= 0.85 or ({one}) or ({two})")),
        _level(model, place, 2, both(f"{jaro} >= 0.75")),
        _level(model, place, 1, both(initial)),
        _level(model, place, 0, "ELSE"),
    ]


def _order(model: Model, dialect: str) -> list[Level]:
    return [_level(model, ORDER, 1, _turned(dialect)), _level(model, ORDER, 0, "ELSE")]


def _date(model: Model) -> list[Level]:
    equal = {part: f"{part}_l = {part}_r" for part in ("year", "month", "day")}
    count = " + ".join(f"(case when {one} then 1 else 0 end)" for one in equal.values())
    wrong = " + ".join(
        f"(case when substr(born_l, {at}, 1) <> substr(born_r, {at}, 1) then 1 else 0 end)"
        for at in range(1, 9)
    )
    partial = "(month_l = 0 or month_r = 0)"
    permuted = "born_digits_l = born_digits_r"
    conditions = {
        7: f"born_l = born_r and not {partial}",
        6: f"{equal['year']} and month_l = day_r and day_l = month_r and not {partial}",
        5: f"{count} = 2 and ({wrong} <= 1 or {permuted}) and not {partial}",
        4: f"{count} >= 1 and {permuted} and not {partial}",
        3: f"{equal['year']} and ({partial} or {count} = 2)",
        2: f"not {partial} and ({count} = 2 or ({count} = 1 and {wrong} <= 2))",
        1: f"abs(year_l - year_r) <= case when {partial} then 2 else 1 end",
    }
    levels = [
        _level(model, DATE, level, condition, "k_born" if level == 7 else "")
        for level, condition in conditions.items()
    ]
    missing = _missing("year_l is null or year_r is null")
    return [missing, *levels, _level(model, DATE, 0, "ELSE")]


def _number(model: Model, place: int, dialect: str) -> list[Level]:
    name = f"c{place - FIRST_COLUMN}"
    apart = f"damerau_levenshtein({name}_l, {name}_r)"
    return [
        _missing(f"{name}_l is null or {name}_r is null"),
        _level(model, place, 3, f"{name}_l = {name}_r"),
        _level(model, place, 2, f"{apart} <= 1"),
        _level(model, place, 1, f"{apart} <= 2"),
        _level(model, place, 0, "ELSE"),
    ]


def _attribute(model: Model, place: int, dialect: str) -> list[Level]:
    """Return the levels twice: among pairs whose family names agree an attribute says less."""
    name = f"c{place - FIRST_COLUMN}"
    jaro = f"{JARO[dialect]}({name}_l, {name}_r)"
    conditions = {3: f"{name}_l = {name}_r", 2: f"{jaro} >= 0.92", 1: f"{jaro} >= 0.8", 0: "true"}
    related = " or ".join(f"({one['sql_condition']})" for one in _name(model, 1, dialect)[1:4])
    levels = [_missing(f"{name}_l is null or {name}_r is null")]
    if model.family_weights:
        special = model.family_weights[place - model.first_attribute]
        u = model.u_same_family[place - model.first_attribute]
        levels += [
            _weighed(
                *(float(special[level]), float(u[level])),
                *(f"({related}) and ({condition})", f"k_{name}_same" if level == 3 else ""),
            )
            for level, condition in conditions.items()
        ]
    levels += [
        _level(model, place, level, condition, f"k_{name}" if level == 3 else "")
        for level, condition in conditions.items()
        if level
    ]
    return [*levels, _level(model, place, 0, "ELSE")]
