"""Settings that all trainings of a detector share."""

from dataclasses import dataclass

from ..data.augment import Strength
from ..engine import Learning


@dataclass(frozen=True)
class Settings(Learning):
    """widths: of the stem and the stages. blocks: of each stage. width and head_depth: of pyramid and heads.
    Then the strength of each photometric change."""

    widths: tuple[int, ...] = (16, 32, 64, 128, 192)
    blocks: tuple[int, ...] = (1, 1, 2, 1)
    width: int = 64
    head_depth: int = 2
    stain: float = 0.12
    light: float = 0.1
    saturation: float = 0.25
    blur: float = 1.0
    noise: float = 0.03

    @property
    def strength(self) -> Strength:
        """Of the augmentation. Scale and shift are drawn earlier, where a field is composed or cut out."""
        return Strength(0, 0, self.stain, self.light, self.saturation, self.blur, self.noise)
