import numpy as np
import torch

from marrowscope_training.data import augment, composer, segment, tiles, windows
from marrowscope_training.data.crops import balanced_epoch


def test_the_centre_cell_is_outlined(draw):
    image = draw(240, [(120, 120, 50), (30, 30, 40)])
    cell = segment.centre_cell(image, 0.1)
    assert cell is not None
    assert np.abs(np.array(cell.box) - np.array([70, 70, 171, 171])).max() < 12
    disc = np.hypot(*np.mgrid[-120:120, -120:120]) < 50
    assert (cell.mask & disc).sum() / (cell.mask | disc).sum() > 0.8


def test_a_crop_without_a_nucleus_has_no_cell(draw):
    assert segment.centre_cell(draw(240, []), 0.1) is None


def test_unlabelled_cells_are_unknown_and_labelled_ones_are_not(draw):
    image = draw(200, [(50, 50, 24), (150, 150, 24)])
    unknown = tiles.unlabelled(image, np.array([[24, 24, 76, 76]]))
    assert unknown[150, 150] and not unknown[50, 50] and not unknown[100, 10]


def fields(draw, n, seed):
    tile_image, colour = tiles.transmission(draw(160, [(80, 80, 26)]))
    tile = tiles.Tile(
        tile_image, np.array([[54, 54, 107, 107]], np.float32), np.zeros((160, 160), bool), "pbc", colour
    )
    alpha = np.zeros((60, 60), np.uint8)
    alpha[5:55, 5:55] = 255
    cut = tiles.Cutout(tile_image[50:110, 50:110], alpha, "pbc")
    rng = np.random.default_rng(seed)
    source = composer.Composer([tile], [cut], {"pbc": 1.0}, windows.Minimum(10, 0.35))
    return [source.field(192, rng) for _ in range(n)]


def test_composed_fields_are_repeatable_and_their_boxes_lie_inside(draw):
    first, second = fields(draw, 6, 4), fields(draw, 6, 4)
    assert all((a.image == b.image).all() and (a.boxes == b.boxes).all() for a, b in zip(first, second))
    boxes = np.concatenate([f.boxes for f in first])
    assert len(boxes) > 6 and boxes.min() >= 0 and boxes.max() <= 192
    assert (boxes[:, 2:] - boxes[:, :2]).min() > 0
    assert any(((f.boxes == 0) | (f.boxes == 192)).any() for f in first)  # some are cut by the border


def test_a_composed_box_holds_a_dark_cell(draw):
    for field in fields(draw, 4, 9):
        for x0, y0, x1, y1 in field.boxes:
            if min(x1 - x0, y1 - y0) > 20:
                inside = field.image[int(y0) : int(y1), int(x0) : int(x1)]
                assert inside[..., 0].min() < np.median(field.image[..., 0]) * 0.75


def test_augmentation_is_repeatable_and_stays_a_picture():
    images = torch.rand(4, 3, 40, 40, generator=torch.Generator().manual_seed(1))

    def run(seed):
        g = torch.Generator().manual_seed(seed)
        return augment.photometric(
            augment.geometric(images, 24, 1.5, augment.Strength(), g), augment.Strength(), g
        )

    assert torch.equal(run(5), run(5)) and not torch.equal(run(5), run(6))
    assert run(5).shape == (4, 3, 24, 24) and run(5).min() >= 0 and run(5).max() <= 1


def test_no_strength_changes_nothing():
    images = torch.rand(2, 3, 20, 20)
    off = augment.Strength(0, 0, 0, 0, 0, 0, 0)
    assert torch.equal(augment.photometric(images, off, torch.Generator()), images)


def test_an_epoch_is_balanced():
    labels = np.array([0] * 50 + [1] * 5)
    order = balanced_epoch(labels, 10, np.random.default_rng(0))
    assert np.bincount(labels[order]).tolist() == [10, 5] and len(set(order.tolist())) == 15
