"""The whole public sets, as small drawn pictures in the layout in which they are downloaded."""

import csv
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from marrowscope_training import config
from marrowscope_training.cells import CELL_CLASSES
from marrowscope_training.data import index_sets
from marrowscope_training.data.crops import CropStore
from marrowscope_training.data.public_sets import PUBLIC_SETS, LeftOut, WrongFolder
from marrowscope_training.recogniser import settings as recogniser
from marrowscope_training.recogniser import train
from marrowscope_training.recogniser.export import statement

TCIA = sorted(PUBLIC_SETS["tcia"].classes)
PUBLIC = Path(__file__).parent.parent / "configs" / "recogniser-public.toml"


def put(file: Path, draw, height: int, width: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    size = max(height, width)
    picture = draw(size, [(width // 2, height // 2, 40)], len(list(file.parent.iterdir())))[:height, :width]
    assert cv2.imwrite(str(file), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))


@pytest.fixture
def tcia(tmp_path, draw):
    """BM_cytomorphology_data: a folder a class; the large ones in sub-folders by number, the small ones without."""
    folder = tmp_path / "BM_cytomorphology_data"
    for code in TCIA:
        small = code in ("ABE", "FGC", "LYI")
        for n in range(1, 3 if small else 13):
            within = folder / code if small else folder / code / ("0001-1000" if n < 7 else "1001-2000")
            put(within / f"{code}_{n if n < 7 else n + 994:05d}.jpg", draw, 250, 250)
    return folder


@pytest.fixture
def pbc(tmp_path, draw):
    folder = tmp_path / "PBC_dataset_normal_DIB"
    for kind, prefixes in PUBLIC_SETS["pbc"].classes.items():
        for prefix in prefixes:
            for n in range(8):
                put(folder / kind / f"{prefix}_{100 + 7 * n}.jpg", draw, 363, 360)
    (folder / "neutrophil" / ".DS_169665.jpg").write_bytes(b"\0\5\26\7")  # what a Mac leaves behind
    return folder


def table(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_class_of_both_sets_is_mapped_or_left_out_with_a_reason(tcia, pbc):
    assert len(TCIA) == 21
    for name, folder in (("tcia", tcia), ("pbc", pbc)):
        index_sets.index(name, folder)
        cells, left = table(folder / "index.csv"), table(folder / "left-out.csv")
        codes = {p: label for kinds in PUBLIC_SETS[name].classes.values() for p, label in kinds.items()}
        assert {r["source_class"]: r["class"] for r in cells} == {
            p: label for p, label in codes.items() if isinstance(label, str)
        }
        assert {r["source_class"]: r["reason"] for r in left} == {
            p: label.reason for p, label in codes.items() if isinstance(label, LeftOut)
        }
        assert len(cells) + len(left) == len([f for f in folder.rglob("*.jpg") if f.name[0] != "."])
    assert {r["class"] for r in table(tcia / "index.csv")} == set(CELL_CLASSES)
    assert {r["width"] + "x" + r["height"] for r in cells} == {"360x363"}


def test_classes_that_are_easily_confused(tcia, pbc):
    index_sets.index("tcia", tcia)
    index_sets.index("pbc", pbc)
    predictions = {r["source_class"]: r["class"] for f in (tcia, pbc) for r in table(f / "index.csv")}
    assert (predictions["MYB"], predictions["MMZ"], predictions["PMO"]) == (
        "myelocyte",
        "metamyelocyte",
        "promyelocyte",
    )
    assert (predictions["EBO"], predictions["PEB"], predictions["NGB"]) == (
        "erythroblast",
        "erythroblast",
        "band_neutrophil",
    )
    assert (predictions["MY"], predictions["MMY"], predictions["PMY"]) == (
        "myelocyte",
        "metamyelocyte",
        "promyelocyte",
    )
    assert (predictions["BNE"], predictions["PLATELET"]) == ("band_neutrophil", "platelet")


def test_splits_are_stable_disjoint_and_four_fifths_one_tenth_one_tenth(tcia):
    names = ("BLA_00001", "BLA_00005", "BLA_00008")
    assert [index_sets.split_of(n) for n in names] == ["train", "val", "test"]
    counts = {"train": 0, "val": 0, "test": 0}
    for n in range(10_000):
        counts[index_sets.split_of(f"NGS_{n:05d}")] += 1
    assert abs(counts["val"] - 1000) < 100 and abs(counts["test"] - 1000) < 100
    index_sets.index("tcia", tcia)
    first = (tcia / "index.csv").read_text()
    index_sets.index("tcia", tcia)
    assert (tcia / "index.csv").read_text() == first
    files = {s: {c.file for c in index_sets.crops({"tcia": str(tcia)}, s)} for s in counts}
    assert all(files.values())
    assert sum(map(len, files.values())) == len(set.union(*files.values())) == len(table(tcia / "index.csv"))


def test_what_cannot_be_used_is_listed_and_the_rest_goes_on(tcia):
    (tcia / "BLA" / "0001-1000" / "BLA_00003.jpg").write_bytes(b"no picture")
    (tcia / "BLA" / "0001-1000" / "XYZ_00003.jpg").write_bytes(b"")
    twice = tcia / "BLA" / "1001-2000" / "BLA_00001.jpg"
    twice.write_bytes((tcia / "BLA" / "0001-1000" / "BLA_00001.jpg").read_bytes())
    counts = index_sets.index("tcia", tcia)
    assert sum(counts[s, "blast"] for s in ("train", "val", "test")) == 11
    assert {r["file"]: r["reason"] for r in table(tcia / "left-out.csv") if r["file"].startswith("BLA")} == {
        "BLA/0001-1000/BLA_00003.jpg": "cannot be read as an image",
        "BLA/0001-1000/XYZ_00003.jpg": "name begins with no class of its folder",
        "BLA/1001-2000/BLA_00001.jpg": "the same name is there twice",
    }


def test_a_wrong_folder_says_what_is_wrong(tcia, pbc):
    with pytest.raises(WrongFolder, match="there is no folder"):
        index_sets.index("tcia", tcia / "nowhere")
    with pytest.raises(WrongFolder, match="BM_cytomorphology_data looks like it"):
        index_sets.index("tcia", tcia.parent)
    with pytest.raises(WrongFolder, match="not the set tcia: it has none of the folders ABE, ART"):
        index_sets.index("tcia", pbc)
    (tcia / "XXX").mkdir()
    (tcia / "blasts").mkdir()
    with pytest.raises(WrongFolder, match="unknown class folders XXX, blasts"):
        index_sets.index("tcia", tcia)
    assert not (tcia / "index.csv").exists()


def test_the_command_prints_the_table_or_one_sentence(tcia):
    command = [sys.executable, "-m", "marrowscope_training", "index", "tcia"]
    done = subprocess.run([*command, str(tcia)], check=False, capture_output=True, text=True)
    assert done.returncode == 0 and "plasma_cell" in done.stdout and "left out" in done.stdout
    wrong = subprocess.run([*command, str(tcia / "BLA")], check=False, capture_output=True, text=True)
    assert wrong.returncode == 2 and "is not the set tcia" in wrong.stderr and "Traceback" not in wrong.stderr


def test_a_folder_that_is_not_named_is_an_error(monkeypatch):
    monkeypatch.delenv("MARROWSCOPE_TCIA", raising=False)
    with pytest.raises(WrongFolder, match=r"set the environment variable in '\$MARROWSCOPE_TCIA'"):
        index_sets.crops({"tcia": "$MARROWSCOPE_TCIA"}, "train")


def test_the_recipe_trains_a_step_on_both_sets_and_may_be_released(tcia, pbc, tmp_path, monkeypatch):
    monkeypatch.setenv("MARROWSCOPE_TCIA", str(tcia))
    monkeypatch.setenv("MARROWSCOPE_PBC", str(pbc))
    monkeypatch.delenv("MARROWSCOPE_DATA", raising=False)
    small = "dim = 32\ndepth = 2\nheads = 2\nstem_widths = [8, 16]\nstem_blocks = [0, 1]\nbatch = 64\n"
    recipe = PUBLIC.read_text().replace("epochs = 43", "epochs = 0.4")
    recipe = recipe.replace("crop_size = 88", "crop_size = 64\num_per_pixel = 0.34375")
    file = tmp_path / "config.toml"
    file.write_text(recipe.replace("[folders]", f"{small}\n[folders]"))
    settings = config.read(file, recogniser.Config)
    assert not train.needs_data(settings)
    train.train(settings, tmp_path / "run")
    log = table(tmp_path / "run" / "log.csv")
    assert int(log[-1]["step"]) == 1 and 0 <= float(log[-1]["val_macro_f1"]) <= 1
    store = CropStore.labelled(None, "train", settings.sources, (), settings.folders, tmp_path / "cells.npy")
    again = CropStore.labelled(None, "train", settings.sources, (), settings.folders)
    assert set(store.sources) == {"tcia", "pbc"} and (store.images == again.images).all()
    card = statement(settings, 0.5)
    assert card["licence"] == "CC BY 4.0" and card["metrics"]["macroF1"] == 0.5 and len(card["data"]) == 2


def test_a_network_that_saw_other_pictures_gets_no_licence_from_here():
    assert statement(recogniser.Config(), 0) == {}
    with_teacher = recogniser.Config(sources=("tcia",), folders={"tcia": "x"}, teachers={"models": ()})
    assert statement(with_teacher, 0) == {}  # its teacher's licence applies as well
    both = recogniser.Config(sources=("tcia", "segpc"), folders={"tcia": "x"})
    assert train.needs_data(both) and statement(both, 0) == {}
    slides = recogniser.Config(sources=("tcia", "pediatric"), folders={"tcia": "x", "pediatric": "y"})
    assert not train.needs_data(slides) and "licence" not in statement(slides, 0)
