"""Two that err on different cells are right together; a run of other cells is refused."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from marrowscope_training.cells import CELL_TYPES
from marrowscope_training.recogniser import beside

LABELS = np.arange(120) % len(CELL_TYPES)


def sure(answers: np.ndarray, confidence: np.ndarray) -> np.ndarray:
    """Probabilities [n, 13] with the answer's at `confidence`, the others alike."""
    out = np.repeat((1 - confidence)[:, None] / 12, 13, 1)
    out[np.arange(len(answers)), answers] = confidence
    return out


def test_what_is_said_together_is_right_where_the_surer_one_is():
    wrong = (LABELS + 1) % len(CELL_TYPES)
    first_errs = np.arange(120) < 60
    one = sure(np.where(first_errs, wrong, LABELS), np.where(first_errs, 0.4, 0.9))
    other = sure(np.where(first_errs, LABELS, wrong), np.where(first_errs, 0.9, 0.4))
    weight, scores = beside.best(one, other, LABELS)
    assert scores[0.0] < 0.6 and scores[weight] == 1 and 0 < weight
    assert np.allclose(beside.together(one, other, 0.3).sum(1), 1)
    assert np.allclose(beside.together(one, other, 0), one)


def test_another_that_only_errs_gets_no_share():
    one = sure(LABELS, np.full(120, 0.6))
    other = sure((LABELS + 1) % len(CELL_TYPES), np.full(120, 0.9))
    assert beside.best(one, other, LABELS)[0] == 0


def test_a_run_of_other_cells_is_refused(tmp_path):
    store = SimpleNamespace(names=["pbc/a.png", "pbc/b.png"])
    file = tmp_path / "val.json"
    file.write_text(
        json.dumps(
            [{"file": "pbc/b.png", "probabilities": [1, 0]}, {"file": "pbc/a.png", "probabilities": [0, 1]}]
        )
    )
    assert beside.answers_of(file, store).tolist() == [[0, 1], [1, 0]]
    file.write_text(json.dumps([{"file": "pbc/b.png", "probabilities": [1, 0]}]))
    with pytest.raises(SystemExit, match="pbc/a.png"):
        beside.answers_of(file, store)
