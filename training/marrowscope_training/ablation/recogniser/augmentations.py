"""What may help on a source that was not taught: one kind of augmentation at a time, all of them, and with all of them other
backgrounds, one stain, or colours as seen against empty glass; and all with stronger changes of colour.

Two ways are left out. Making the features blind to the source by a reversed gradient (Ganin 2016) and balancing the batches
by source both need several sources in training; here there is one. Where there are several, in the 12 types, most types come
from one source alone, so that features blind to the source would be blind to the type."""

from dataclasses import dataclass, replace

from ...data.augment import Strength

NONE = Strength(scale=0, shift=0, stain=0, light=0, saturation=0, blur=0, noise=0, turn=False)
# As strong as the shipped recogniser is trained with, where it has the kind.
PARTS = {
    "turn": {"turn": True},
    "noise": {"noise": 0.03},
    "light": {"light": 0.12, "saturation": 0.25},
    "stain": {"stain": 0.15},
    "scale": {"scale": 0.15, "shift": 0.06},
    "scanner": {"blur": 1.0, "jpeg": 1.0, "balance": 0.12},
}
# Colours changed two to three times as far.
STRONG = {"light": 0.25, "saturation": 0.75, "stain": 0.3, "balance": 0.3}


@dataclass(frozen=True)
class Augmentation:
    """source: what is taught. background: "", "swap" (half of the training cells on another one's) or "plain" (every cell cut
    out, in use too). colours: "", or of all pictures, in use too, "stain" (brought to the mean stain of the training cells)
    or "glass" (divided by the colour of their own empty glass)."""

    source: str
    strength: Strength
    background: str = ""
    colours: str = ""


@dataclass(frozen=True)
class Measured:
    """source: what is taught; no network, but a support-vector machine on measured features. rescaled: each source's features by
    the mean and spread of its own training cells of any type; their labels are not asked for."""

    source: str
    rescaled: bool = False


def augmentations(source: str) -> dict[str, Augmentation]:
    every = replace(NONE, **{k: v for part in PARTS.values() for k, v in part.items()})
    strong = replace(every, **STRONG)
    return {
        "none": Augmentation(source, NONE),
        "all": Augmentation(source, every),
        **{name: Augmentation(source, replace(NONE, **part)) for name, part in PARTS.items()},
        "all-background": Augmentation(source, every, background="swap"),
        "all-cutout": Augmentation(source, every, background="plain"),
        "all-one-stain": Augmentation(source, every, colours="stain"),
        "all-on-glass": Augmentation(source, every, colours="glass"),
        "strong": Augmentation(source, strong),
        "strong-on-glass": Augmentation(source, strong, colours="glass"),
    }
