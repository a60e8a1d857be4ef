"""Two models that err on different cells are right together. A run of other cells is refused."""

import json

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


def test_the_combined_answer_is_right_where_the_surer_one_is():
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


def row(file: str, label: str, *probabilities: float) -> dict:
    return {"file": file, "source": file.split("/")[0], "label": label, "probabilities": probabilities}


def test_a_run_of_other_cells_is_refused(tmp_path):
    (tmp_path / "val.json").write_text(
        json.dumps([row("pbc/b.png", "blast", 1, 0), row("pbc/a.png", "band_neutrophil", 0, 1)])
    )
    predictions = beside.of_run(tmp_path, "val")
    assert predictions.labels.tolist() == [0, 4] and predictions.sources.tolist() == ["pbc", "pbc"]
    assert beside.answers_for(["pbc/a.png", "pbc/b.png"], predictions).tolist() == [[0, 1], [1, 0]]
    with pytest.raises(SystemExit, match="pbc/c.png"):
        beside.answers_for(["pbc/a.png", "pbc/c.png"], predictions)
    with pytest.raises(SystemExit, match="no test.json"):
        beside.of_run(tmp_path, "test")


def test_two_runs_are_put_together_and_told_of_each_source(tmp_path, capsys):
    """The first errs on blood where it is unsure, the second on marrow."""
    half = np.arange(120) < 60
    wrong = (LABELS + 1) % len(CELL_TYPES)
    files = [f"{'pbc' if blood else 'matek'}/{i}.png" for i, blood in enumerate(half)]
    for name, errs in (("one", half), ("other", ~half)):
        (tmp_path / name).mkdir()
        predictions = sure(np.where(errs, wrong, LABELS), np.where(errs, 0.4, 0.9))
        rows = [row(f, CELL_TYPES[k], *p) for f, k, p in zip(files, LABELS, predictions.tolist())]
        for split in ("val", "test"):
            (tmp_path / name / f"{split}.json").write_text(json.dumps(rows))
    beside.main(["--run", str(tmp_path / "other"), "--with", str(tmp_path / "one")])
    told = capsys.readouterr().out
    assert "test of matek other's share 0.0   macro-F1 1.0000" in told
    assert "test of pbc other's share 0.0   macro-F1 0.0000" in told
    assert "test of pbc other's share 0.4   macro-F1 1.0000" in told
    assert "test of matek other's share 0.4   macro-F1 1.0000" in told
