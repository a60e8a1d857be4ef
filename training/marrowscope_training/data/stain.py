"""Normalises the stain of pictures to a reference, in optical density (Reinhard 2001, who does it in Lab).

For each picture, mean and spread of the density of each colour are measured in tissue and mapped linearly to
those of the reference. Empty glass, whose density is near 0, has little weight and changes little.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

TISSUE = 0.15  # summed density of the palest cytoplasm; from here on a pixel counts as tissue


@dataclass(frozen=True)
class Stain:
    """mean and spread [.., 3]: of the optical density of tissue. glass [.., 3]: of the empty slide."""

    mean: Tensor
    spread: Tensor
    glass: Tensor


# Between the stains measured on 200 training cells each of matek, pbc and segpc.
STANDARD = Stain(*(torch.tensor(v) for v in ((0.3, 0.44, 0.2), (0.16, 0.28, 0.055), (0.07, 0.09, 0.095))))


def density(images: Tensor) -> Tensor:
    return -torch.log10(images.clamp_min(1 / 255))


def measure(images: Tensor) -> Stain:
    """The stain of each of the images [B, 3, H, W], RGB in 0..1: tensors [B, 3]. Glass is each image's
    brightest twentieth. Sums are computed in 64 bits: in 32 bits their last digits depend on how a batch is
    divided among threads, and 8-bit products would magnify that."""
    d = density(images).flatten(2).double()
    total = d.sum(1)
    count = max(1, total.shape[1] // 20)
    brightest = total.topk(count, 1, largest=False).indices
    glass = d.gather(2, brightest[:, None].expand(-1, 3, -1)).mean(2)
    weight = (total - glass.sum(1, keepdim=True) > TISSUE).double()[:, None] + 1e-4
    weight = weight / weight.sum(2, keepdim=True)
    mean = (d * weight).sum(2)
    spread = ((d - mean[:, :, None]).square() * weight).sum(2).sqrt()
    return Stain(mean.float(), spread.clamp_min(0.02).float(), glass.float())


def reference(images: Tensor) -> Stain:
    """The mean stain of many images, each value [3]."""
    each = measure(images)
    return Stain(each.mean.mean(0), each.spread.mean(0), each.glass.mean(0))


def normalised(images: Tensor, target: Stain) -> Tensor:
    """The images with the stain of `target`. Between glass and the mean of tissue, density is mapped along
    the line between these two; beyond that, by the ratio of the spreads. So glass stays glass."""
    own = measure(images)
    d = density(images)
    at = lambda v: v.view(-1, 3, 1, 1)
    below = at(target.glass) + (d - at(own.glass)) * (
        at(target.mean - target.glass) / at((own.mean - own.glass).clamp_min(0.02))
    )
    above = at(target.mean) + (d - at(own.mean)) * at(target.spread / own.spread)
    return torch.pow(10.0, -torch.where(d < at(own.mean), below, above).clamp_min(0)).clamp(0, 1)


def in_colours(images: Tensor, colours: str) -> Tensor:
    """The images [B, 3, H, W] unchanged, or with colours="stain" in the standard stain, or with "glass"
    relative to empty glass."""
    if colours == "stain":
        return normalised(images, STANDARD)
    return on_glass(images) if colours == "glass" else images


def on_glass(images: Tensor) -> Tensor:
    """The images [B, 3, H, W] as transmission: divided by the colour of their own empty glass, which becomes
    white."""
    glass = measure(images).glass.view(-1, 3, 1, 1)
    return torch.pow(10.0, -(density(images) - glass).clamp_min(0))
