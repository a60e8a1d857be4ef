"""Settings of a recogniser's training, and how its network and crops follow from them."""

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
    """The keys of a training. Those of augmentation, learning and network are in the base classes."""

    sources: tuple[str, ...] = ("matek", "pbc", "segpc")
    folders: dict[str, str] = field(default_factory=dict)  # public sets: the folder of each
    cells_on_disk: bool = False  # keep training cells in the run's folder instead of in memory
    start: str = ""  # recogniser.onnx of an export, start.pt of a pre-training or checkpoint.pt of a run; empty: random weights
    # Of a run that starts from a checkpoint.pt, the share of those first weights in what is measured and exported (the rest
    # are its own; Wortsman 2022): what the first network knew of other laboratories is kept.
    start_share: float = 0.0
    pretrain_epochs: float = 20  # of `pretrain`, over all cells, with or without a type
    # Folders with an exported recogniser -> the sources for whose cells it is asked (empty: all). The mean of their answers is
    # `teacher_share` of the targets.
    teachers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    teacher_share: float = 0.5
    types: tuple[str, ...] = ()  # only these; empty: all
    um_per_pixel: float = 0.25
    crop_size: int = 88
    small_size: int = 64  # size of crops (same field of view) for the first `small_share` of the steps
    small_share: float = 0.377
    epochs: float = 21.5
    measure_every: int = 2  # epochs
    cap: int = 1000
    batch: int = 96
    colours: str = ""  # normalise all pictures first: "stain" (standard stain) or "glass" (empty glass white)
    colours_last: bool = False  # and again after the augmentation
    # out-of-distribution pictures (no cell at all) that are added to each batch as not_identifiable
    strangers: int = 0
    seed: int = 1
    matrix_rate: float = 0.02
    weight_decay: float = 0.05
    warmup: int = 150
    clip: float = 5.0
    smoothing: float = 0.05
    contrastive_weight: float = 0.5
    margin: float = 0.4
    augment: bool = True
    backbone: str = ""  # "dinov2": the pre-trained Vision Transformer, from the ONNX file `weights`
    weights: str = ""
    step: int = 14  # stride of its patches, which are 14 pixels wide; below 14 they overlap
    layer_decay: float = 1.0  # each block learns with this share of the rate of the next one
    precision: str = "float32"  # or "bfloat16", twice as fast on a recent processor
    leave_out: str = ""  # a laboratory that is left out of the training and measured on
    by_source: bool = False  # each source contributes equally many cells to a type
    embedding: int = 0  # length of an exported embedding; 0: the whole class token
    matrices: str = "float32"  # of an exported graph, or "int8": a quarter of the size, twice as fast on a recent processor
    views: int = 4  # mirror views of a cell that are averaged in use
    soften: float = 0.5  # to this share photometric augmentation and scale fade over the last 40 % of steps


def needs_data(config: Config) -> bool:
    """Whether a source is in MARROWSCOPE_DATA, and not a public set with a folder of its own."""
    return any(name not in config.folders for name in config.sources)


# The sources of one laboratory, which are left out together.
LABORATORIES = {"segpc": ("segpc", "marrow")}


def trained_sources(config: Config) -> tuple[str, ...]:
    """The sources of the training: all but those of the laboratory that is left out. Raises ValueError where
    it is none of them."""
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
    """The network as configured, except for what is `changed`."""
    if config.backbone == "dinov2":
        parts = {"stride": config.step, "regions": config.regions, "drop_path": config.drop_path}
        return DinoRecogniser(len(CELL_CLASSES), size=config.crop_size, **(parts | changed))
    return Recogniser(part_of(config, Shape, **changed), len(CELL_CLASSES))


def part_of(config: Config, kind: type, **changed):
    """The part of a configuration that one of its base classes holds, except for what is `changed`."""
    return kind(**({f.name: getattr(config, f.name) for f in fields(kind)} | changed))


def strength_of(config: Config) -> Strength:
    """The augmentation as configured."""
    if not config.augment:
        return Strength(0, 0, 0, 0, 0, 0, 0)
    return part_of(config, Strength)


def faded(strength: Strength, soften: float, progress: float) -> Strength:
    """The augmentation at a point of the run, `progress` 0..1. Over the last 40 % of the steps all but shift
    and rotation fade to the share `soften`, so that the last steps see the cells nearly unchanged."""
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
    """Crops [B, 3, S, S] in the colours that the network expects."""
    return stain.in_colours(images, config.colours)
