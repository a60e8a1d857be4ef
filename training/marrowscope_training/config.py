"""A run is described by one short TOML file. Every key has a default in the dataclass that reads it."""

import dataclasses
import tomllib
from pathlib import Path


def read(path: str | Path, kind: type):
    """Read a TOML file into the dataclass `kind`. Raises ValueError for an unknown key, so that a typing
    error cannot silently train something else."""
    values = tomllib.loads(Path(path).read_text())
    known = {f.name for f in dataclasses.fields(kind)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"{path}: unknown keys {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
