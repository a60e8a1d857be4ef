"""Puts the cell at the centre of a stored crop on another background. Outlines are found once and stored as
bits."""

import os
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from . import segment
from .crops import STORE_SIZE, STORE_UM_PER_PIXEL


def outlines(images: np.ndarray, kept: Path | None = None) -> np.ndarray:
    """Packed masks uint8 [n, 160 · 160 / 8] of the centre cells of images [n, 160, 160, 3], read from the
    file `kept` where it exists and fits. Where no cell is found the mask is full, so that the background
    stays."""
    if kept is not None and kept.exists():
        found = np.load(kept)
        if len(found) == len(images):
            return found
    every = np.ones((STORE_SIZE, STORE_SIZE), bool)
    cells = (segment.centre_cell(image, STORE_UM_PER_PIXEL) for image in images)
    found = np.stack([np.packbits(every if cell is None else cell.mask) for cell in cells])
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(f".{os.getpid()}.npy")  # two processes may write it
        np.save(partial, found)
        partial.replace(kept)
    return found


def masks(packed: np.ndarray) -> Tensor:
    """float32 [n, 1, 160, 160]: 1 in the cell, with a soft edge of 5 pixels (0.8 µm)."""
    bits = np.unpackbits(packed, axis=1).reshape(-1, 1, STORE_SIZE, STORE_SIZE)
    return F.avg_pool2d(torch.from_numpy(bits).float(), 5, 1, 2, count_include_pad=False)


def plain(images: Tensor, mask: Tensor, colour: Tensor) -> Tensor:
    """The cells alone, on `colour` [3] or [B, 3]."""
    return images * mask + colour.view(-1, 3, 1, 1) * (1 - mask)


def surroundings(images: Tensor, mask: Tensor) -> Tensor:
    """Each image without its cell: the cell's area, widened by 3 pixels, gets the mean colour of the rest."""
    mask = F.max_pool2d(mask, 7, 1, 3)
    rest = 1 - mask
    colour = (images * rest).sum((2, 3), keepdim=True) / rest.sum((2, 3), keepdim=True).clamp_min(1)
    return images * rest + colour * mask


def swapped(images: Tensor, mask: Tensor, share: float, g: torch.Generator) -> Tensor:
    """A share of the images gets the background of another image of the batch, and a quarter of these one
    plain colour."""
    b = len(images)
    other = torch.randperm(b, generator=g)
    behind = surroundings(images, mask)[other]
    # An image with a full mask has no background to give. Its own mask keeps it from getting one.
    empty = (mask[other].mean((1, 2, 3)) > 0.99).view(-1, 1, 1, 1)
    bright = 0.75 + 0.22 * torch.rand(b, 3, 1, 1, generator=g)
    one = (torch.rand(b, generator=g) < 0.25).view(-1, 1, 1, 1) | empty
    changed = images * mask + torch.where(one, bright.expand_as(images), behind) * (1 - mask)
    return torch.where((torch.rand(b, generator=g) < share).view(-1, 1, 1, 1), changed, images)
