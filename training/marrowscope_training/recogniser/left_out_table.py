"""python -m marrowscope_training left-out RUN [RUN ...]

Prints the results of runs with `leave_out` as a table. Runs that leave out the same laboratory are compared
over the types that all of them had in their training.
"""

import argparse
import json
from pathlib import Path

from ..cells import CELL_TYPES
from .left_out import f1_of
from .metrics import mean_f1

HEAD = "| left out | run | types | macro-F1, development | macro-F1, test | ECE, test | ECE without home | unfamiliar, % |"


def rows(runs: dict[str, dict]) -> list[str]:
    """Lines of the table, one for each run, sorted by what was left out. runs: the contents of left-out.json
    by the run's name."""
    lines = []
    for source in sorted({run["source"] for run in runs.values()}):
        own = {name: run for name, run in runs.items() if run["source"] == source}
        types = {
            split: [t for t in CELL_TYPES if all(t in run[split]["called"] for run in own.values())]
            for split in ("development", "test")
        }
        for name, run in own.items():
            development, test = (
                f"{mean_f1(f1_of(run[split]['called'], types[split])):.3f}"
                for split in ("development", "test")
            )
            t = run["test"]
            plain = f"{t['ece_without_home']:.3f}" if "ece_without_home" in t else ""
            unfamiliar = f"{100 * t['unfamiliar']:.0f}" if "unfamiliar" in t else ""
            lines.append(
                f"| {source} | {name} | {len(types['test'])} | {development} | {test} | {t['ece']:.3f} | {plain} | {unfamiliar} |"
            )
    return lines


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="marrowscope_training left-out", description="Compare runs with leave_out"
    )
    parser.add_argument("runs", type=Path, nargs="+", help="folders of runs, each with left-out.json")
    a = parser.parse_args(arguments)
    missing = [str(run) for run in a.runs if not (run / "left-out.json").exists()]
    if missing:
        parser.error(f"no left-out.json in {', '.join(missing)}: train with --leave-out first, to its end")
    measured = {run.name: json.loads((run / "left-out.json").read_text()) for run in a.runs}
    print("\n".join([HEAD, "|---" * (HEAD.count("|") - 1) + "|", *rows(measured)]))
