"""What every training of a detector is described by: the size of the network, how it learns, how fields are changed."""

from dataclasses import dataclass

from ..data.augment import Strength
from ..engine import Learning


@dataclass(frozen=True)
class Settings(Learning):
    """widths of stem and stages, blocks of each stage, width and depth of the heads; then the strength of each kind of
    photometric augmentation."""

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
        """Of the augmentation; scale and shift are drawn where a field is composed or cut out."""
        return Strength(0, 0, self.stain, self.light, self.saturation, self.blur, self.noise)
