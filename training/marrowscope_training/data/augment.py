"""Augmentation of whole batches: geometric changes, stain, light, scanner, noise.

Images are float32 [B, 3, H, W], RGB in 0..1. Every function draws one setting for each image from the
generator, so that a run is repeatable. Stain is varied in optical density (Beer-Lambert): density =
-log10(transmission). A stronger or weaker stain, or one of another hue, is a linear change there.
"""

import math
from dataclasses import dataclass

import cv2
import torch
import torch.nn.functional as F
from torch import Tensor


@dataclass(frozen=True)
class Strength:
    """How strong each kind of change may be; 0 switches it off."""

    scale: float = 0.15
    shift: float = 0.06
    stain: float = 0.15
    light: float = 0.12
    saturation: float = 0.25
    blur: float = 1.0
    noise: float = 0.03
    jpeg: float = 0.0
    balance: float = 0.0
    resolution: float = 0.0  # a picture may be coarser by up to e to this power
    exchange: float = 0.0  # share of the cells that get the stain of another cell of the batch
    turn: bool = True  # rotation by any angle, and flips


def _uniform(n: int, low: float, high: float, g: torch.Generator) -> Tensor:
    return torch.rand(n, generator=g) * (high - low) + low


def geometric(images: Tensor, size: int, zoom: float, strength: Strength, g: torch.Generator) -> Tensor:
    """Rotation by any angle, flip, scale and shift in one resampling: [B, 3, S, S] -> [B, 3, size, size].
    `zoom` is input pixels per output pixel. Outside the input its edge is repeated."""
    b, side = images.shape[0], images.shape[-1]
    angle = _uniform(b, 0, 2 * math.pi, g)
    ratio = zoom * size / side * torch.exp(_uniform(b, -strength.scale, strength.scale, g))
    flip = torch.where(torch.rand(b, generator=g) < 0.5, -1.0, 1.0)
    if not strength.turn:
        angle, flip = torch.zeros(b), torch.ones(b)
    cos, sin = ratio * torch.cos(angle), ratio * torch.sin(angle)
    move = _uniform(2 * b, -strength.shift, strength.shift, g).view(b, 2)
    theta = torch.stack(
        [
            torch.stack([cos * flip, -sin, move[:, 0]], 1),
            torch.stack([sin * flip, cos, move[:, 1]], 1),
        ],
        1,
    )
    grid = F.affine_grid(theta, [b, 3, size, size], align_corners=False)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode="border", align_corners=False)


def stain(images: Tensor, amount: float, g: torch.Generator) -> Tensor:
    """Change the strength and the mixture of the dyes in optical density."""
    b = images.shape[0]
    density = -torch.log10(images.clamp_min(1 / 255))
    mix = torch.eye(3) + torch.randn(b, 3, 3, generator=g) * amount * 0.35
    gain = torch.exp(_uniform(b, -2 * amount, 2 * amount, g)).view(b, 1, 1)
    changed = torch.einsum("bij,bjhw->bihw", mix * gain, density)
    return torch.pow(10.0, -changed.clamp_min(0))


def light(images: Tensor, amount: float, saturation: float, g: torch.Generator) -> Tensor:
    """White balance, brightness, gamma and saturation."""
    b = images.shape[0]
    gain = torch.exp(_uniform(3 * b, -amount, amount, g)).view(b, 3, 1, 1)
    gain = gain * torch.exp(_uniform(b, -amount, amount, g)).view(b, 1, 1, 1)
    gamma = torch.exp(_uniform(b, -2 * amount, 2 * amount, g)).view(b, 1, 1, 1)
    grey = images.mean(1, keepdim=True)
    keep = 1 + _uniform(b, -saturation, saturation, g).view(b, 1, 1, 1)
    return ((grey + (images - grey) * keep).clamp(1e-4, 1) ** gamma * gain).clamp(0, 1)


def focus(images: Tensor, amount: float, g: torch.Generator) -> Tensor:
    """Blur a third of the images and sharpen another third, each by its own amount."""
    b = images.shape[0]
    kernel = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
    weight = torch.outer(kernel, kernel).expand(3, 1, 5, 5)
    soft = F.conv2d(F.pad(images, (2, 2, 2, 2), mode="replicate"), weight, groups=3)
    choice = torch.rand(b, generator=g)
    mix = torch.where(choice < 1 / 3, _uniform(b, 0, amount, g), torch.zeros(b))
    mix = torch.where(choice > 2 / 3, -_uniform(b, 0, amount, g), mix).view(b, 1, 1, 1)
    return (images + (soft - images) * mix).clamp(0, 1)


def resolution(images: Tensor, amount: float, g: torch.Generator) -> Tensor:
    """Half of the images as from a coarser camera or a weaker lens: shrunk up to e ** amount times, then
    enlarged again."""
    side, out = images.shape[-1], images.clone()
    ratio = torch.exp(-_uniform(images.shape[0], 0, amount, g))
    ratio = torch.where(torch.rand(images.shape[0], generator=g) < 0.5, ratio, torch.ones(()))
    steps = (ratio * 8).round() / 8  # a few sizes, so that images of one size go together
    for share in steps.unique().tolist():
        if share >= 1:
            continue
        few = (steps == share).nonzero()[:, 0]
        small = F.interpolate(images[few], (round(side * share),) * 2, mode="bilinear", antialias=True)
        out[few] = F.interpolate(small, (side, side), mode="bicubic").clamp(0, 1)
    return out


def exchange(images: Tensor, share: float, g: torch.Generator) -> Tensor:
    """A `share` of the images get, partly or wholly, the mean and spread of optical density of another image
    of the batch in each colour: the look of one laboratory on the cells of another (mixing styles, Zhou
    2021)."""
    b = images.shape[0]
    density = -torch.log10(images.clamp_min(1 / 255))
    mean, spread = density.mean((2, 3), keepdim=True), density.std((2, 3), keepdim=True).clamp_min(0.01)
    other = torch.randperm(b, generator=g)
    part = torch.rand(b, generator=g) * (torch.rand(b, generator=g) < share)
    part = part.view(b, 1, 1, 1)
    new_mean, new_spread = mean.lerp(mean[other], part), spread.lerp(spread[other], part)
    changed = (density - mean) / spread * new_spread + new_mean
    return torch.where(part > 0, torch.pow(10.0, -changed.clamp_min(0)), images)


def noise(images: Tensor, amount: float, g: torch.Generator) -> Tensor:
    """Gaussian read-out noise, signal-dependent (Poisson) noise, and a little salt and pepper."""
    b = images.shape[0]
    sigma = _uniform(b, 0, amount, g).view(b, 1, 1, 1)
    shot = _uniform(b, 0, amount, g).view(b, 1, 1, 1)
    normal = torch.randn(images.shape, generator=g)
    out = images + normal * torch.sqrt(sigma**2 + shot**2 * images)
    salt = torch.rand(b, 1, *images.shape[2:], generator=g)
    share = (torch.rand(b, generator=g) < 0.1).float().view(b, 1, 1, 1) * 0.004
    out = torch.where(salt < share, torch.zeros(()), torch.where(salt > 1 - share, torch.ones(()), out))
    return out.clamp(0, 1)


def balance(images: Tensor, amount: float, g: torch.Generator) -> Tensor:
    """Another white balance: a gain for each colour, with the brightness nearly kept."""
    gain = torch.exp(_uniform(3 * images.shape[0], -amount, amount, g)).view(-1, 3, 1, 1)
    return (images * gain / gain.mean(1, keepdim=True)).clamp(0, 1)


def jpeg(images: Tensor, amount: float, g: torch.Generator) -> Tensor:
    """Compress two thirds of the images as JPEG, quality 95 down to 95 - 70 · amount. The blocks are those of
    the crop's own pixels, while a scanner's are of its finer pixels: the loss is similar, not the same."""
    quality = 95 - 70 * amount * _uniform(images.shape[0], 0, 1, g)
    kept = torch.rand(images.shape[0], generator=g) < 1 / 3
    out = images.clone()
    for i in (~kept).nonzero()[:, 0].tolist():
        pixels = (images[i] * 255).round().byte().permute(1, 2, 0).flip(2).contiguous().numpy()
        _, code = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, int(quality[i])])
        back = torch.from_numpy(cv2.imdecode(code, cv2.IMREAD_COLOR))
        out[i] = back.permute(2, 0, 1).flip(0).float() / 255
    return out


def photometric(images: Tensor, strength: Strength, g: torch.Generator) -> Tensor:
    """All changes that are not geometric, in the order in which they happen: dye, lamp and camera, lens,
    sensor, file."""
    if strength.exchange:
        images = exchange(images, strength.exchange, g)
    if strength.stain:
        images = stain(images, strength.stain, g)
    if strength.light or strength.saturation:
        images = light(images, strength.light, strength.saturation, g)
    if strength.balance:
        images = balance(images, strength.balance, g)
    if strength.blur:
        images = focus(images, strength.blur, g)
    if strength.resolution:
        images = resolution(images, strength.resolution, g)
    if strength.noise:
        images = noise(images, strength.noise, g)
    if strength.jpeg:
        images = jpeg(images, strength.jpeg, g)
    return images
