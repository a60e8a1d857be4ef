"""What may help on a source that was not in the training: each kind of augmentation alone, all of them, all
of them with other backgrounds, with one stain or with colours relative to empty glass, and all with stronger
changes of colour.

Two methods are left out: a reversed gradient that makes features independent of the source (Ganin 2016), and
batches balanced by source. Both need several sources in training; here there is one. Where there are several,
in the 12 types, most types come from one source alone, so that features without the source would be features
without the type.
"""

from dataclasses import dataclass, replace

from ...data.augment import Strength

NONE = Strength(scale=0, shift=0, stain=0, light=0, saturation=0, blur=0, noise=0, turn=False)
# As strong as in the training of the shipped recogniser, where it uses the kind.
PARTS = {
    "turn": {"turn": True},
    "noise": {"noise": 0.03},
    "light": {"light": 0.12, "saturation": 0.25},
    "stain": {"stain": 0.15},
    "scale": {"scale": 0.15, "shift": 0.06},
    "scanner": {"blur": 1.0, "jpeg": 1.0, "balance": 0.12},
}
# Changes of colour two to three times as strong.
STRONG = {"light": 0.25, "saturation": 0.75, "stain": 0.3, "balance": 0.3}


@dataclass(frozen=True)
class Augmentation:
    """source: of the training cells. background: "", "swap" (half of the training cells get the background of
    another one) or "plain" (every cell is cut out, in use too). colours: "", or for all pictures, in use too,
    "stain" (normalised to the mean stain of the training cells) or "glass" (divided by the colour of their
    own empty glass)."""

    source: str
    strength: Strength
    background: str = ""
    colours: str = ""


@dataclass(frozen=True)
class Measured:
    """source: of the training cells; no network, but a support vector machine on measured features. rescaled:
    the features of each source are z-scores over its own training cells of any type; their labels are not
    used."""

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
