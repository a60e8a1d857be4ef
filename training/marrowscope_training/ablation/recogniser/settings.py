"""The budget of a comparison, and what is the same for all its variants."""

from dataclasses import dataclass

from ...recogniser import settings

# Keys of a training that a comparison sets itself.
NOT_HERE = (
    *(
        "folders",
        "cells_on_disk",
        "start",
        "start_share",
        "teachers",
        "strangers",
        "small_size",
        "small_share",
    ),
    *("epochs", "pretrain_epochs", "measure_every"),
    *("overlap", "stem", "regions", "weighing", "augment", "colours"),
)


@dataclass(frozen=True)
class Config(settings.Config):
    """The keys of a training except NOT_HERE, and: the steps of the budget and of a pre-training before it;
    the rate of the convolutional peers, which have no matrices for the other optimiser."""

    steps: int = 320
    pretrain_steps: int = 0
    batch: int = 32
    crop_size: int = 64
    um_per_pixel: float = 0.3125
    warmup: int = 40
    average: float = 0.99
    peer_rate: float = 1e-3

    def __post_init__(self):
        usual = settings.Config()
        changed = [name for name in NOT_HERE if getattr(self, name) != getattr(usual, name)]
        if changed:
            raise ValueError(f"a comparison sets {', '.join(changed)} itself")
