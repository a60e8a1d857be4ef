"""Labels are drawn from known probabilities. What was done to the logits is undone."""

import pytest
import torch

from marrowscope_training.recogniser.calibration import Calibration, calibrate, of_card


def drawn(scores: torch.Tensor) -> torch.Tensor:
    torch.manual_seed(4)
    return torch.distributions.Categorical(logits=scores).sample()


@pytest.fixture
def logits():
    torch.manual_seed(4)
    return torch.randn(6000, 13) * 2


def test_a_temperature_and_skewed_frequencies_are_undone():
    generator = torch.Generator().manual_seed(4)
    truth = torch.randn(4000, 3, generator=generator) * 2 + torch.tensor([0.0, 1.0, -1.0])
    found = calibrate((truth - torch.tensor([0.0, 1.0, -1.0])) * 3, drawn(truth))
    assert found.temperature == pytest.approx(3, rel=0.1) and found.exponent == pytest.approx(1, abs=0.1)
    assert found.offsets == pytest.approx([0, 1, -1], abs=0.15)


def test_what_no_temperature_can_undo_an_exponent_does(logits):
    """Sure answers are right; middling ones are right less often than their probability."""
    truth = Calibration(1.2, 1.7)
    labels = drawn(truth.scores(logits))
    found = calibrate(logits, labels)
    assert found.exponent == pytest.approx(1.7, rel=0.1) and found.temperature == pytest.approx(1.2, rel=0.1)
    apart = (found.probabilities(logits) - truth.probabilities(logits)).abs()
    assert apart.max() < 0.1 and apart.mean() < 0.01
    assert (found.probabilities(logits) - torch.softmax(logits, 1)).abs().max() > 0.2


def test_the_exponent_1_is_the_temperature_alone_and_any_keeps_the_order(logits):
    plain = Calibration(1.5).probabilities(logits)
    assert torch.allclose(plain, torch.softmax(logits / 1.5, 1), atol=1e-6)
    bent = Calibration(1.5, 1.8).probabilities(logits)
    assert (bent.argsort(1) == logits.argsort(1))[:, -3:].all()


def test_a_card_without_an_exponent_is_of_a_temperature_alone():
    predictions = Calibration(0.8, 1.5, tuple(i / 10 for i in range(13)))
    assert of_card(predictions.facts()) == predictions
    facts = predictions.facts()
    del facts["exponent"]
    assert of_card(facts).exponent == 1


def test_a_few_cells_or_a_network_that_errs_for_sure_leave_numbers_all_the_same(logits):
    for count, scale in ((2, 1.0), (5, 40.0), (300, 1000.0)):
        some = logits[:count] * scale
        for labels in (some.argmax(1), some.argmin(1)):
            found = calibrate(some, labels)
            p = found.probabilities(some)
            assert torch.isfinite(p).all() and torch.allclose(p.sum(1), torch.ones(count), atol=1e-5)
            assert 0.01 <= found.temperature <= 100 and 1 / 3 <= found.exponent <= 3
