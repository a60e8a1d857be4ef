"""Every variant of the recogniser's comparison and of the cross-source one, on cells that are drawn and lie on disk."""

import json
from dataclasses import asdict

import pytest
import torch

from marrowscope_training import config
from marrowscope_training.ablation import command
from marrowscope_training.ablation.recogniser import answers, cross, learn, run
from marrowscope_training.ablation.recogniser.settings import Config
from marrowscope_training.ablation.recogniser.variants import VARIANTS, build
from marrowscope_training.ablation.study import CONFIGS
from marrowscope_training.recogniser import classical
from marrowscope_training.recogniser.settings import strength_of

SMALL = """
sources = ["pbc", "matek"]
steps = 2
pretrain_steps = 2
batch = 4
crop_size = 48
um_per_pixel = 0.4
warmup = 1
dim = 48
depth = 3
heads = 3
stem_widths = [16, 32]
stem_blocks = [0, 1]
"""
LARGE = ("resnet-50", "resnext-50")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    file = tmp_path_factory.mktemp("config") / "small.toml"
    file.write_text(SMALL)
    return config.read(file, Config), file


@pytest.fixture(scope="module")
def held(data, small):
    return run.Held(data, small[0])


class Interrupted(RuntimeError):
    pass


@pytest.mark.parametrize("name", [n for n, v in VARIANTS.items() if v.trained])
def test_every_variant_trains_two_steps_and_goes_on_where_it_was_stopped(
    name, small, held, tmp_path, monkeypatch
):
    settings, variant = small[0], VARIANTS[name]
    monkeypatch.setattr(learn, "EVERY", 1 if name not in LARGE else 2)

    def trained(folder, prepare=None):
        torch.manual_seed(1)
        network = build(variant, settings)
        strength = strength_of(settings)
        rest = (variant.contrastive, 1e-3, 1, folder, held["train"], prepare)
        return learn.learn(network, settings, strength, *rest)[0].state_dict()

    whole = trained(tmp_path / "whole")
    assert all(torch.isfinite(v).all() for v in whole.values())
    if name not in LARGE:
        seen = []

        def stops(images, index, g):
            seen.append(index)
            if len(seen) == 2:
                raise Interrupted
            return images

        with pytest.raises(Interrupted):
            trained(tmp_path / "parts", stops)
        resumed = trained(tmp_path / "parts")
        assert all(torch.allclose(whole[k].float(), resumed[k].float(), atol=1e-5) for k in whole)
    for file in tmp_path.rglob("checkpoint.pt"):
        file.unlink()


def test_a_seed_sees_the_same_cells_whatever_the_network(small, held, tmp_path):
    seen = []
    for name in ("vit", "resnet-18"):
        rows = []
        learn.learn(
            build(VARIANTS[name], small[0]),
            small[0],
            strength_of(small[0]),
            False,
            1e-3,
            3,
            tmp_path / name,
            held["train"],
            lambda images, index, g, rows=rows: rows.append(index.tolist()) or images,
        )
        seen.append(rows)
    assert seen[0] == seen[1] and len(seen[0]) == 2


def test_the_parts_of_the_method_are_those_of_their_names():
    full, vit, thesis = (VARIANTS[n] for n in ("full", "vit", "thesis"))
    assert full.stem and full.overlap and full.regions == "squeeze" and full.contrastive
    assert asdict(thesis) == asdict(full) | {"stem": False}
    assert asdict(VARIANTS["full-deep"]) == asdict(full) | {"deep": True}
    for name, part in (("stem", "stem"), ("overlap", "overlap"), ("contrastive", "contrastive")):
        assert asdict(VARIANTS[name]) == asdict(vit) | {part: True}
    network = build(VARIANTS["regions-se-no-gradient"], Config())
    assert network.selection.weighing == "squeeze-no-gradient" and not hasattr(network.patches.stem, "0")
    assert build(vit, Config()).selection is None
    deep = build(VARIANTS["full-deep"], Config())
    assert len(deep.blocks) == 4 and deep.patches.project.in_channels == 128


@pytest.mark.parametrize("name", ["full", "full-pretrained", "convnext-v2-atto", "svm", "forest"])
def test_a_finished_run_leaves_its_answers_and_its_costs(name, data, small, held, tmp_path, monkeypatch):
    monkeypatch.setattr(answers, "TIMES", 2)
    monkeypatch.setattr(classical, "TREES", 40)
    folder = tmp_path / f"{name}-1"
    run.run(name, small[0], 1, folder, held)
    facts = json.loads((folder / "run.json").read_text())
    assert facts["variant"] == name and facts["seed"] == 1 and facts["millisecondsPerCell"] > 0
    assert (facts["parameters"] > 0) == (facts["steps"] > 0) == VARIANTS[name].trained
    for split in ("val", "test"):
        rows = json.loads((folder / f"{split}.json").read_text())
        assert len(rows) == 16 and {r["source"] for r in rows} == {"pbc", "matek"}
        assert rows[0]["file"].startswith("matek/") and rows[0]["label"] in ("lymphocyte", "monocyte")
        assert all(sum(r["probabilities"]) == pytest.approx(1, abs=1e-3) for r in rows)
        assert all(len(r["probabilities"]) == 13 for r in rows)
    assert not (folder / "checkpoint.pt").exists()
    kept = (folder / "test.json").read_bytes()
    run.ask_again([folder], data)
    again = json.loads((folder / "run.json").read_text())
    assert again | {"millisecondsPerCell": 0} == facts | {"millisecondsPerCell": 0}
    assert (folder / "test.json").read_bytes() == kept


@pytest.mark.parametrize("name", list(cross.augmentations("pbc")))
def test_every_augmentation_trains_on_one_source_and_is_tested_on_both(name, data, small, tmp_path):
    held = cross.Held(data, small[0])
    folder = tmp_path / f"pbc-{name}-1"
    cross.run(f"pbc-{name}", small[0], 1, folder, held)
    predictions = {split: json.loads((folder / f"{split}.json").read_text()) for split in ("val", "test")}
    assert {r["source"] for r in predictions["val"]} == {"pbc"}
    assert {r["source"] for r in predictions["test"]} == {"pbc", "matek"}
    augmentation = json.loads((folder / "run.json").read_text())["settings"]["look"]
    assert augmentation["source"] == "pbc" and augmentation["strength"]["turn"] == (
        name == "turn" or name.startswith(("all", "strong"))
    )


def test_measured_features_are_brought_to_their_own_source_without_its_labels(data, small, tmp_path):
    held = cross.Held(data, small[0])
    for name in ("matek-measured", "matek-measured-rescaled"):
        cross.run(name, small[0], 1, tmp_path / f"{name}-1", held)
    facts = json.loads((tmp_path / "matek-measured-rescaled-1/run.json").read_text())
    assert facts["settings"]["look"] == {"source": "matek", "rescaled": True} and facts["steps"] == 0
    assert {p.name for p in tmp_path.glob("features-every-*")} == {
        "features-every-pbc.npy",
        "features-every-matek.npy",
    }
    rows = json.loads((tmp_path / "matek-measured-rescaled-1/test.json").read_text())
    assert {r["source"] for r in rows} == {"pbc", "matek"}
    with pytest.raises(KeyError):
        held["every-nothing"]


def test_one_kind_of_augmentation_at_a_time():
    each = cross.augmentations("matek")
    none = asdict(each["none"].strength)
    changed = {
        name: {k for k, v in asdict(augmentation.strength).items() if v != none[k]}
        for name, augmentation in each.items()
    }
    assert changed["none"] == set() and changed["scanner"] == {"blur", "jpeg", "balance"}
    assert changed["all"] == set().union(*(changed[n] for n in changed if not n.startswith("all")))
    # This comparison was run before there were these kinds; "all" stays what it was.
    assert changed["all"] | {"exchange", "resolution"} == set(none)


def test_the_command_runs_both_comparisons_and_skips_what_is_finished(data, small, tmp_path, capsys):
    words = ["--seeds", "1", "--config", str(small[1]), "--data", str(data), "--threads", "1"]
    threads = torch.get_num_threads()
    try:
        for study, names in (("recogniser", "vit,contrastive"), ("cross", "matek-none,pbc-noise")):
            these = [study, "--only", names, "--out", str(tmp_path / study), *words]
            command.main(these)
            assert all((tmp_path / study / f"{n}-1/run.json").exists() for n in names.split(","))
            capsys.readouterr()
            command.main(these)
            assert "nothing is left to do" in capsys.readouterr().out
        command.main(["recogniser", "--again", "--out", str(tmp_path / "recogniser"), *words])
        assert "vit-1" in capsys.readouterr().out
        with pytest.raises(SystemExit):
            command.main(["recogniser", "--only", "pbc-none", *words])
        assert "no variant is called pbc-none" in capsys.readouterr().err
    finally:
        torch.set_num_threads(threads)


@pytest.mark.parametrize("study", list(command.STUDIES))
def test_every_comparison_has_a_configuration_that_can_be_read(study):
    import importlib

    found = importlib.import_module(f"marrowscope_training.ablation.{command.STUDIES[study]}").STUDY
    assert found.config.parent == CONFIGS
    assert config.read(found.config, found.kind).steps > 0


def test_a_key_without_effect_is_refused(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text("epochs = 3\n")
    with pytest.raises(ValueError, match="epochs"):
        config.read(file, Config)
