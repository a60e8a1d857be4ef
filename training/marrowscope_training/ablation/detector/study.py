from pathlib import Path

from ..study import CONFIGS, Study
from . import fields
from .run import Config, ask_again, run
from .variants import VARIANTS


def hold(data: Path, _: Config) -> dict[str, list[fields.Field]]:
    return {split: fields.read(data, split) for split in ("train", "val", "test")}


STUDY = Study(
    about="Compare variants of the detector and its peers",
    names=tuple(VARIANTS),
    out=Path("runs/ablation"),
    config=CONFIGS / "ablation-detector.toml",
    kind=Config,
    hold=hold,
    run=run,
    again=ask_again,
)
