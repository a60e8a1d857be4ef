"""Draws a run's log as curves against the step: one panel for each column, not smoothed."""

import csv
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw(folder: Path) -> Path | None:
    """Read folder/log.csv and write folder/curves.png. None where nothing has been logged yet."""
    rows = list(csv.DictReader((folder / "log.csv").open())) if (folder / "log.csv").exists() else []
    names = [n for n in (rows[0] if rows else []) if n not in ("step", "seconds")]
    if not names:
        return None
    figure, axes = plt.subplots(1, len(names), figsize=(4 * len(names), 3), squeeze=False)
    for axis, name in zip(axes[0], names):
        points = [(int(r["step"]), float(r[name])) for r in rows if r[name]]
        axis.plot(*zip(*points), lw=1)
        axis.set(title=name, xlabel="step")
        axis.grid(alpha=0.3)
    figure.tight_layout()
    file = folder / "curves.png"
    figure.savefig(file, dpi=90)
    plt.close(figure)
    return file
