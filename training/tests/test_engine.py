import csv

import pytest
import torch
from torch import nn

from marrowscope_training import config, curves, engine
from marrowscope_training.engine import Learning, NonFiniteLoss, Run, fit, one_cycle
from marrowscope_training.muon import orthogonal
from marrowscope_training.recogniser.settings import Config


def make(folder):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(20, 20), nn.Tanh(), nn.Linear(20, 2))
    return Run(folder, network, Learning(1e-2, 0.02, 0.01, warmup=5, clip=5.0, average=0.9))


def steps(run, until):
    while run.step < until:
        x = torch.randn(16, 20, generator=torch.Generator().manual_seed(run.step))
        loss = nn.functional.cross_entropy(run.network(x), (x[:, 0] > 0).long())
        run.learn({"loss": loss}, one_cycle(run.step, 40, 5))


def test_a_run_stopped_and_resumed_ends_as_one_that_was_not(tmp_path):
    whole = make(tmp_path / "whole")
    steps(whole, 40)
    first = make(tmp_path / "parts")
    steps(first, 17)
    first.save()
    second = make(tmp_path / "parts")
    assert second.resume() and second.step == 17
    steps(second, 40)
    for a, b in zip(
        whole.average.network.state_dict().values(), second.average.network.state_dict().values()
    ):
        assert torch.allclose(a, b, atol=1e-6)


class Interrupted(Exception):
    pass


def fitted(folder, stop=None, seed=3):
    """A network with dropout, which draws for itself; interrupted where step `stop` would begin."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(20, 20), nn.BatchNorm1d(20), nn.Dropout(0.2), nn.Linear(20, 2))
    run = Run(folder, network, Learning(1e-2, 0.02, 0.01, warmup=5, clip=5.0, average=0.9))
    asked = []

    def batch_at(step):
        if step == stop:
            raise Interrupted
        asked.append(step)
        return torch.randn(16, 20, generator=torch.Generator().manual_seed(step))

    loss = lambda x: {"loss": nn.functional.cross_entropy(network(x), (x[:, 0] > 0).long())}
    evaluate = lambda: {"score": run.step / 10}
    try:
        fit(run, 20, batch_at, loss, every=6, seed=seed, evaluate=evaluate, evaluate_every=8)
    finally:
        run.asked = asked
    return run


def test_fit_stopped_and_resumed_ends_as_not_stopped_to_the_last_digit(tmp_path):
    whole = fitted(tmp_path / "whole")
    assert whole.asked == list(range(20))
    with pytest.raises(Interrupted):
        fitted(tmp_path / "parts", stop=15)
    resumed = fitted(tmp_path / "parts")
    assert resumed.asked == list(range(12, 20))  # saved every 6 steps
    for one, other in ((whole.network, resumed.network), (whole.average.network, resumed.average.network)):
        assert all(torch.equal(a, b) for a, b in zip(one.state_dict().values(), other.state_dict().values()))
    again = fitted(tmp_path / "parts")
    assert again.step == 20 and again.asked == []


def test_a_run_moves_its_network_to_the_accelerator(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "accelerator", lambda: torch.device("meta"))
    run = make(tmp_path)
    for network in (run.network, run.average.network):
        assert {p.device.type for p in network.parameters()} == {"meta"}
    learnt = {id(p) for part in run.optimiser.parts for g in part.param_groups for p in g["params"]}
    assert learnt == {id(p) for p in run.network.parameters()}


def test_fit_logs_and_evaluates_at_its_steps_and_at_the_end(tmp_path):
    fitted(tmp_path)
    rows = list(csv.DictReader((tmp_path / "log.csv").open()))
    assert [row["step"] for row in rows] == ["6", "8", "12", "16", "18", "20"]
    assert [row["score"] for row in rows] == ["", "0.8", "", "1.6", "", "2.0"]
    assert all(float(row["loss"]) > 0 for row in rows)
    assert (tmp_path / "curves.png").exists()


def test_it_learns_and_draws_its_curves(tmp_path):
    run = make(tmp_path)
    assert curves.draw(tmp_path) is None
    steps(run, 5)
    run.log()
    steps(run, 40)
    run.log(score=0.5)
    lines = (tmp_path / "log.csv").read_text().split()
    assert lines[0] == "step,seconds,loss,score" and len(lines) == 3
    assert float(lines[2].split(",")[2]) < float(lines[1].split(",")[2])
    assert curves.draw(tmp_path).stat().st_size > 1000


def test_it_stops_on_a_loss_that_is_not_finite_and_spares_the_weights(tmp_path):
    run = make(tmp_path)
    before = [p.clone() for p in run.network.parameters()]
    with pytest.raises(NonFiniteLoss, match="step 0"):
        run.learn({"loss": sum(p.sum() for p in run.network.parameters()) * float("nan")}, 1.0)
    assert all(torch.equal(a, b) for a, b in zip(before, run.network.parameters()))


def test_orthogonal_pulls_singular_values_together():
    matrix = torch.randn(24, 40, generator=torch.Generator().manual_seed(2)) * torch.linspace(0.1, 3, 40)
    values = torch.linalg.svdvals(orthogonal(matrix, 5))
    assert values.min() > 0.5 and values.max() < 1.4


def test_an_unknown_key_in_a_configuration_is_an_error(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text("epochs = 3\nepoch = 4\n")
    with pytest.raises(ValueError, match="unknown keys epoch"):
        config.read(file, Config)
    file.write_text("epochs = 3\nsources = ['pbc']\n")
    assert config.read(file, Config).sources == ("pbc",)
