"""What a comparison must provide so that one command can run all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIGS = Path(__file__).resolve().parents[2] / "configs"


@dataclass(frozen=True)
class Study:
    """names: of the variants. out: default folder of their runs. config: a TOML file for `kind`.

    hold(data, settings): the pictures, read once. run(name, settings, seed, folder, held): writes run.json
    last. again(folders, data): measures finished runs again.
    """

    about: str
    names: tuple[str, ...]
    out: Path
    config: Path
    kind: type
    hold: Callable[[Path, Any], Any]
    run: Callable[[str, Any, int, Path, Any], None]
    again: Callable[[list[Path], Path], None]
