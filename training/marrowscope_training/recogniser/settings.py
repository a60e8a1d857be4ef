"""How a recogniser is built, what its cells look like on the way to it, and what else a training is described by."""

from dataclasses import dataclass, field, fields, replace

import torch

from ..cells import CELL_CLASSES
from ..data import stain
from ..data.augment import Strength
from ..data.crops import STORE_SIZE, STORE_UM_PER_PIXEL
from ..engine import Learning
from .dinov2 import DinoRecogniser
from .network import Recogniser, Shape


@dataclass(frozen=True)
class Config(Strength, Learning, Shape):
    """A training's keys; those of its augmentation, of how it learns and of the network are in the base classes."""

    sources: tuple[str, ...] = ("matek", "pbc", "segpc")
    folders: dict[str, str] = field(default_factory=dict)  # public sets: where each lies
    cells_on_disk: bool = False  # training cells in the run's folder instead of in memory
    start: str = ""  # recogniser.onnx of an export, start.pt of a pre-training or checkpoint.pt of a run; empty: random weights
    pretrain_epochs: float = 20  # of `pretrain`, over all cells, with a type or without
    # Folders with an exported recogniser -> the sources whose cells it is asked about (empty: all). The mean of their answers is a
    # share of what is taught.
    teachers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    teacher_share: float = 0.5
    types: tuple[str, ...] = ()  # only these; empty: all
    um_per_pixel: float = 0.25
    crop_size: int = 88
    small_size: int = 64  # trained at this size (same field of view) for the first `small_share` of the steps
    small_share: float = 0.377
    epochs: float = 21.5
    measure_every: int = 2  # epochs
    cap: int = 1000
    batch: int = 96
    colours: str = ""  # all pictures are first brought to "stain" (standard) or "glass" (empty glass: white)
    colours_last: bool = False  # and so are they after the changes of the augmentation
    strangers: int = 0  # drawn pictures of no cell at all, taught beside each batch as not_identifiable
    seed: int = 1
    matrix_rate: float = 0.02
    weight_decay: float = 0.05
    warmup: int = 150
    clip: float = 5.0
    smoothing: float = 0.05
    contrastive_weight: float = 0.5
    margin: float = 0.4
    augment: bool = True
    backbone: str = (
        ""  # "dinov2": the Vision Transformer that was trained before, from the ONNX file `weights`
    )
    weights: str = ""
    step: int = 14  # of its patches, which are 14 pixels wide: fewer overlap
    layer_decay: float = 1.0  # each block learns at this share of the rate of the one after it
    precision: str = "float32"  # or "bfloat16", which a recent processor multiplies twice as fast
    leave_out: str = ""  # a laboratory whose cells are not taught, but measured on
    by_source: bool = False  # each source gives as many cells to a type as the others
    embedding: int = 0  # numbers of an exported embedding; 0: the whole class token
    matrices: str = "float32"  # of an exported graph, or "int8": a quarter of the size, twice as fast on a recent processor
    views: int = 4  # sides from which a cell is looked at when it is measured
    soften: float = (
        0.5  # augmentation of appearance and scale fades to this share over the last 40 % of the steps
    )


def needs_data(config: Config) -> bool:
    """Whether a source lies in MARROWSCOPE_DATA: is none of the public sets that have a folder of their own."""
    return any(name not in config.folders for name in config.sources)


# Sources of one look: what a laboratory's left-out cells are.
LABORATORIES = {"segpc": ("segpc", "marrow")}


def trained_sources(config: Config) -> tuple[str, ...]:
    """The sources that are taught: all but those of the laboratory that is left out. Raises ValueError for one that is none
    of them."""
    if not config.leave_out:
        return config.sources
    left = left_out_sources(config)
    if not set(left) & set(config.sources):
        raise ValueError(
            f"{config.leave_out} cannot be left out: the sources are {', '.join(config.sources)}"
        )
    return tuple(s for s in config.sources if s not in left)


def left_out_sources(config: Config) -> tuple[str, ...]:
    return LABORATORIES.get(config.leave_out, (config.leave_out,)) if config.leave_out else ()


def build(config: Config, **changed) -> Recogniser | DinoRecogniser:
    """The network as configured, but for what is `changed`."""
    if config.backbone == "dinov2":
        parts = {"stride": config.step, "regions": config.regions, "drop_path": config.drop_path}
        return DinoRecogniser(len(CELL_CLASSES), size=config.crop_size, **(parts | changed))
    return Recogniser(part_of(config, Shape, **changed), len(CELL_CLASSES))


def part_of(config: Config, kind: type, **changed):
    """The part of a configuration that one of its base classes holds, but for what is `changed`."""
    return kind(**({f.name: getattr(config, f.name) for f in fields(kind)} | changed))


def strength_of(config: Config) -> Strength:
    """Augmentation as configured."""
    if not config.augment:
        return Strength(0, 0, 0, 0, 0, 0, 0)
    return part_of(config, Strength)


def faded(strength: Strength, soften: float, progress: float) -> Strength:
    """Augmentation at a point of the run, `progress` 0..1: as it is, and over the last 40 % of the steps fading to the share
    `soften` in all but shift and turn, so that the last steps are taken on cells nearly as they are."""
    share = 1 - (1 - soften) * max(0.0, progress - 0.6) / 0.4
    names = ("scale", "stain", "light", "saturation", "blur", "noise", "jpeg", "balance", "resolution")
    return replace(strength, **{name: getattr(strength, name) * share for name in names})


def zoom(config: Config, size: int) -> float:
    """Stored pixels per pixel of a crop that shows the same field of view in `size` pixels."""
    return config.um_per_pixel * config.crop_size / size / STORE_UM_PER_PIXEL


def centred(images: torch.Tensor, config: Config) -> torch.Tensor:
    """Stored cells [B, 3, 160, 160] -> crops [B, 3, S, S], upright and centred as in use."""
    side = round(zoom(config, config.crop_size) * config.crop_size)
    low = (STORE_SIZE - side) // 2
    part = images[..., low : low + side, low : low + side]
    return torch.nn.functional.interpolate(part, (config.crop_size,) * 2, mode="bilinear", antialias=True)


def in_colours(images: torch.Tensor, config: Config) -> torch.Tensor:
    """Crops [B, 3, S, S] as the network expects to see them."""
    return stain.in_colours(images, config.colours)
