from pathlib import Path

from ..study import CONFIGS, Study
from .run import Held, ask_again, run
from .settings import Config
from .variants import VARIANTS

STUDY = Study(
    about="Compare variants of the recogniser and its peers",
    names=tuple(VARIANTS),
    out=Path("runs/recogniser-ablation"),
    config=CONFIGS / "ablation-recogniser.toml",
    kind=Config,
    hold=Held,
    run=run,
    again=ask_again,
)
