"""Texture against values computed by hand; the features of drawn cells; a machine that learns to part them."""

import cv2
import numpy as np
import pytest

from marrowscope_training.cells import INDEX
from marrowscope_training.data.crops import STORE_UM_PER_PIXEL
from marrowscope_training.recogniser import classical, texture
from marrowscope_training.recogniser.features import features, lobes, parts, shape
from marrowscope_training.recogniser.metrics import macro_f1


def test_cooccurrence_counts_every_pair_of_neighbours_both_ways():
    # Of 0 1 / 0 1: two pairs across (0,1), two down (0,0) and (1,1), one each on the diagonals (0,1) and (1,0): as pairs
    # both ways 0-0 twice, 1-1 twice, 0-1 four and 1-0 four times.
    levels, mask = np.array([[0, 1], [0, 1]]), np.ones((2, 2), bool)
    assert texture.cooccurrence(levels, mask, 1, 2).tolist() == [[2 / 12, 4 / 12], [4 / 12, 2 / 12]]
    mask[0, 1] = False  # left: one pair down 0-0, one across 0-1, one on a diagonal 0-1
    assert texture.cooccurrence(levels, mask, 1, 2) == pytest.approx(np.array([[2, 2], [2, 0]]) / 6)
    assert texture.cooccurrence(levels, mask, 2, 2).sum() == 0


def test_haralicks_measures_of_a_small_matrix():
    pairs = np.array([[0.5, 0.0, 0.125], [0.0, 0.25, 0.0], [0.125, 0.0, 0.0]])
    contrast, dissimilarity, homogeneity, energy, entropy, correlation = texture.haralick(pairs)
    assert contrast == pytest.approx(4 * 0.25) and dissimilarity == pytest.approx(2 * 0.25)
    assert homogeneity == pytest.approx(0.75 + 0.25 / 5)
    assert energy == pytest.approx(0.25 + 0.0625 + 2 / 64)
    assert entropy == pytest.approx(0.5 * 1 + 0.25 * 2 + 0.25 * 3)
    # mean 0.5; variance 0.625·0.25 + 0.25·0.25 + 0.125·2.25 = 0.5; covariance 0.5·0.25 + 0.25·0.25 − 0.25·0.75 = 0
    assert correlation == pytest.approx(0)
    assert texture.haralick(np.diag([0.5, 0.5]))[5] == pytest.approx(1)


def test_binary_patterns_of_an_edge_a_spot_and_a_flat_place():
    flat = np.full((5, 5), 7)
    assert (texture.binary_patterns(flat, 1) == 8).all()  # as bright all around
    spot = flat.copy()
    spot[2, 2] = 9
    assert texture.binary_patterns(spot, 1)[2, 2] == 0
    edge = np.repeat([[0, 0, 5, 5, 5]], 5, 0)
    assert (
        texture.binary_patterns(edge, 1)[2, 2] == 5
    )  # above, below and the three to the right; the left is darker
    cross = np.full((3, 3), 9)
    cross[1, 1], cross[0, 1], cross[2, 1] = 5, 0, 0  # dark above and below: four changes
    assert texture.binary_patterns(cross, 1)[1, 1] == 9
    shares = texture.shares(np.array([[0, 9], [9, 3]]), np.array([[True, True], [True, False]]))
    assert shares.tolist() == [1 / 3, 0, 0, 0, 0, 0, 0, 0, 0, 2 / 3]


def test_shape_of_a_disc_and_a_bar():
    away = np.hypot(*np.mgrid[-40:41, -40:41])
    area, around, roundness, solidity, of_box, axes, *_ = shape(away < 25)
    assert area == pytest.approx(np.pi * 5**2, rel=0.02) and around == pytest.approx(2 * np.pi * 5, rel=0.1)
    assert (
        roundness > 0.8 and solidity > 0.97 and axes > 0.98 and of_box == pytest.approx(np.pi / 4, rel=0.03)
    )
    bar = np.zeros((81, 81), bool)
    bar[38:43, 10:71] = True
    assert shape(bar)[5] < 0.1 and shape(bar)[2] < 0.4


def test_lobes_are_counted_where_bridges_are_worn_away():
    nucleus = np.zeros((80, 80), np.uint8)
    for x in (20, 40, 60):
        cv2.circle(nucleus, (x, 40), 8, 1, -1)
    nucleus[39:42, 20:60] = 1
    whole, worn, _, half, dent, second = lobes(nucleus > 0)
    assert (whole, worn) == (1, 3) and half == pytest.approx(1.7, abs=0.3)
    assert dent > 0.8 and second > 0.8


def crop(draw, radius: int, share: float, seed: int) -> np.ndarray:
    """A stored crop with a cell in the middle whose nucleus has this share of its radius."""
    image = draw(160, [], seed)
    cv2.circle(image, (80, 80), radius, (190, 175, 215), -1)
    cv2.circle(image, (80, 80), int(radius * share), (95, 50, 135), -1)
    return cv2.GaussianBlur(image, (0, 0), 0.8)


def test_features_of_drawn_cells_measure_the_share_of_the_nucleus(draw):
    small, large = (features(crop(draw, 36, share, 1), STORE_UM_PER_PIXEL) for share in (0.5, 0.85))
    assert small.shape == large.shape and np.isfinite(small).all()
    assert small[0] == large[0] == 1
    assert small[1] == pytest.approx(0.5**2, abs=0.08) and large[1] == pytest.approx(0.85**2, abs=0.12)


def test_a_crop_without_a_cell_has_features_too(draw):
    image = draw(133, [])
    assert parts(image)[2] is False
    assert np.isfinite(features(draw(160, []), STORE_UM_PER_PIXEL)).all()


@pytest.mark.parametrize("method", classical.METHODS)
def test_it_learns_to_part_two_drawn_types(method, draw, tmp_path):
    types = ("lymphocyte", "promyelocyte", "monocyte")
    sizes = ((26, 0.85), (44, 0.75), (40, 0.5))
    images = np.stack([crop(draw, r + i % 3, s, i) for i in range(10) for r, s in sizes])
    labels = np.array([INDEX[t] for _ in range(10) for t in types])
    values = classical.measured(images, STORE_UM_PER_PIXEL)
    model, settings = classical.fit(method, values[:21], labels[:21], values[21:], labels[21:], 1)
    predictions = classical.logits(model, values[21:])
    assert predictions.shape == (9, 13) and macro_f1(labels[21:], predictions.argmax(1))[0] == 1
    assert (settings.strict is None) == (method == "forest")
    classical.keep(model, tmp_path / "m.joblib")
    assert np.array_equal(classical.logits(classical.kept(tmp_path / "m.joblib"), values[21:]), predictions)


def test_rescaled_features_are_the_same_whatever_a_source_does_to_all_alike():
    values = np.random.default_rng(2).normal(3, 2, (40, 6)).astype(np.float32)
    values[:, 5] = 7  # constant
    elsewhere = values * 1.7 - 4
    here = classical.rescaled(values, values)
    assert np.allclose(here, classical.rescaled(elsewhere, elsewhere), atol=1e-4)
    assert np.allclose(here[:, :5].mean(0), 0, atol=1e-4) and np.allclose(here[:, :5].std(0), 1, atol=1e-4)
    assert np.isfinite(here).all() and np.allclose(here[:, 5], 0)
