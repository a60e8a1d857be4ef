from pathlib import Path

from ..room import CONFIGS, Room
from .run import Held, ask_again, run
from .settings import Config
from .variants import VARIANTS

ROOM = Room(
    about="Compare variants of the recogniser and its peers",
    names=tuple(VARIANTS),
    out=Path("runs/recogniser-ablation"),
    config=CONFIGS / "ablation-recogniser.toml",
    kind=Config,
    hold=Held,
    run=run,
    again=ask_again,
)
