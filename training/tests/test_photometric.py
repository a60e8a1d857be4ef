"""Changes of crops for another source: JPEG, white balance, backgrounds, one stain."""

import numpy as np
import pytest
import torch

from marrowscope_training.data import augment, backgrounds, stain

OFF = augment.Strength(0, 0, 0, 0, 0, 0, 0)


def seeded(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def pictures(draw, count: int = 4, size: int = 160) -> torch.Tensor:
    images = np.stack([draw(size, [(size // 2, size // 2, size // 4)], seed) for seed in range(count)])
    return torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255


def test_new_kinds_of_change_leave_old_runs_as_they_were():
    assert augment.Strength().jpeg == 0 and augment.Strength().balance == 0 and augment.Strength().turn
    images, g = torch.rand(2, 3, 24, 24), seeded(5)
    augment.photometric(augment.geometric(images, 24, 1.0, augment.Strength(), g), augment.Strength(), g)
    # The next number drawn is the one that followed before there were other kinds.
    old = seeded(5)
    augment.geometric(images, 24, 1.0, augment.Strength(), old)
    for change in (
        lambda: augment.stain(images, 0.15, old),
        lambda: augment.light(images, 0.12, 0.25, old),
        lambda: augment.focus(images, 1.0, old),
        lambda: augment.noise(images, 0.03, old),
    ):
        change()
    assert torch.equal(torch.rand(3, generator=g), torch.rand(3, generator=old))


def test_without_turning_a_picture_stays_upright(draw):
    images = pictures(draw)
    still = augment.Strength(scale=0, shift=0, turn=False)
    assert torch.allclose(augment.geometric(images, 160, 1.0, still, seeded()), images, atol=1e-4)
    turned = augment.Strength(scale=0, shift=0)
    assert not torch.allclose(augment.geometric(images, 160, 1.0, turned, seeded()), images, atol=0.05)


def test_jpeg_changes_pictures_a_little_and_most_of_them(draw):
    images = pictures(draw, 24, 64)
    out = augment.jpeg(images, 1.0, seeded())
    apart = (out - images).abs().mean((1, 2, 3))
    assert 8 <= (apart > 0).sum() < 24 and apart.max() < 0.03
    assert torch.equal(out, augment.jpeg(images, 1.0, seeded()))
    # The channels keep their order: red is not blue.
    assert torch.allclose(out.mean((2, 3)), images.mean((2, 3)), atol=0.02)


def test_white_balance_keeps_the_brightness(draw):
    images = pictures(draw) * 0.7
    out = augment.balance(images, 0.12, seeded())
    ratio = (out / images.clamp_min(1e-3)).mean((2, 3))
    assert torch.allclose(ratio.mean(1), torch.ones(4), atol=0.01)
    assert ratio.std(1).min() > 0.001


def test_outlines_are_found_once_and_read_again(draw, tmp_path):
    images = np.stack([draw(160, [(80, 80, 36)]), draw(160, [])])
    file = tmp_path / "outlines.npy"
    first = backgrounds.outlines(images, file)
    masks = backgrounds.masks(first)
    assert masks.shape == (2, 1, 160, 160) and masks[1].min() == 1  # no cell: all of it stays
    assert masks[0].mean() * 160 * 160 == pytest.approx(np.pi * 36**2, rel=0.2)
    assert masks[0, 0, 80, 80] == 1 and masks[0, 0, 5, 5] == 0
    images[0] = 0
    assert np.array_equal(backgrounds.outlines(images, file), first)
    assert len(backgrounds.outlines(images[:1], file)) == 1  # of another store: found anew


def test_a_cell_is_unchanged_on_another_background(draw):
    images = pictures(draw, 6)
    masks = backgrounds.masks(backgrounds.outlines((images * 255).byte().permute(0, 2, 3, 1).numpy()))
    out = backgrounds.swapped(images, masks, 1.0, seeded())
    inside, outside = (masks == 1).expand_as(images), (masks == 0).expand_as(images)
    assert torch.allclose(out[inside], images[inside], atol=1e-6)
    assert (out - images).abs()[outside].mean() > 0.01
    assert torch.equal(backgrounds.swapped(images, masks, 0.0, seeded()), images)
    alone = backgrounds.plain(images, masks, torch.tensor([0.9, 0.8, 0.7]))
    assert torch.allclose(alone[:, :, 0, 0], torch.tensor([[0.9, 0.8, 0.7]]))


def test_one_stain_brings_a_paler_picture_to_the_reference(draw):
    images = pictures(draw)
    paler = images**0.6 * torch.tensor([0.95, 0.9, 1.0]).view(3, 1, 1)
    target = stain.reference(images)
    after = stain.normalised(paler, target)
    assert (after - images).abs().mean() < (paler - images).abs().mean() / 4
    assert after.min() >= 0 and after.max() <= 1
    # Where nothing is to be done nothing is done.
    assert torch.allclose(stain.normalised(images[:1], stain.reference(images[:1])), images[:1], atol=0.01)


def test_on_glass_a_lamp_of_another_colour_is_no_longer_seen(draw):
    images = pictures(draw)
    other = images * torch.tensor([0.95, 0.8, 0.7]).view(3, 1, 1)
    after = stain.on_glass(other)
    assert (after - stain.on_glass(images)).abs().mean() < 0.01 < (other - images).abs().mean()
    assert after.flatten(2).amax(2).min() > 0.99
