import base64
import json

import numpy as np
import pytest

from marrowscope_training.cells import CELL_CLASSES
from marrowscope_training.recogniser import known_cells

CARD = {"data": [{"name": "A set", "licence": "CC BY 4.0", "cite": "Somebody"}], "licence": "CC BY 4.0"}


def unit(n: int, d: int, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_index_gives_back_labels_and_embeddings():
    vectors, labels = unit(40, 192), np.arange(40) % len(CELL_CLASSES)
    predictions = json.loads(json.dumps(known_cells.index(CARD, "e" * 64, "val", labels, vectors)))
    coded = np.frombuffer(base64.b64decode(predictions["embeddings"]), np.int8).reshape(
        -1, predictions["dimensions"]
    )
    assert predictions["labels"] == labels.tolist() and predictions["classes"] == list(CELL_CLASSES)
    assert predictions["data"] == ["A set"] and predictions["recogniser"] == "e" * 64
    assert np.abs(coded).max() == 127
    assert np.abs(coded * predictions["scale"] / 127 - vectors).max() <= predictions["scale"] / 127 / 2 + 1e-6


def test_agreement_is_of_the_others():
    centres = np.eye(3, dtype=np.float32)
    vectors = np.concatenate([centres] * 4)
    labels = np.tile([0, 5, 9], 4)
    assert known_cells.agreement(labels, vectors, 3) == 1
    # One of the four at the first centre has another label: its neighbours outvote it, not themselves.
    labels[0] = 5
    assert known_cells.agreement(labels, vectors, 3) == pytest.approx(11 / 12)


def test_cells_of_test_are_refused(capsys, tmp_path):
    with pytest.raises(SystemExit):
        known_cells.main(["--split", "test", "--data", str(tmp_path), "--models", str(tmp_path)])
    assert "split=test" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
