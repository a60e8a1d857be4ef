import numpy as np

from marrowscope_training.data import out_of_distribution as drawn


def test_the_pictures_are_repeatable_and_of_many_kinds():
    cells = np.random.default_rng(0).integers(0, 256, (4, 48, 48, 3)).astype(np.uint8)
    one, again = (drawn.out_of_distribution(60, 48, cells, np.random.default_rng(3)) for _ in range(2))
    assert one.shape == (60, 48, 48, 3) and one.dtype == np.uint8
    assert (one == again).all()
    spread = one.reshape(60, -1, 3).std(1).max(1)
    assert (spread < 5).any() and (spread > 30).any()


def test_a_jumble_has_the_colours_of_the_cells_and_not_their_form():
    cells = np.zeros((2, 40, 40, 3), np.uint8)
    cells[:, 10:30, 10:30] = (120, 40, 160)
    image = drawn.jumble(cells, np.random.default_rng(1))
    assert set(map(tuple, image.reshape(-1, 3))) == {(0, 0, 0), (120, 40, 160)}
    assert (image != cells[0]).any()
