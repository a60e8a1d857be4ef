"""Whole slides with boxes, drawn in the layout of the Imaging Data Commons."""

import csv

import cv2
import numpy as np
import pytest

pydicom = pytest.importorskip(
    "pydicom", reason='whole slides need pydicom: pip install -e "training[slides]"'
)
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from marrowscope_training.data import cut_slides, index_sets, slides
from marrowscope_training.data.public_sets import PUBLIC_SETS, LeftOut, WrongFolder

TILE, UM = 128, 0.2


def dicom(kind: str, syntax: str, **values) -> Dataset:
    d = Dataset()
    d.file_meta = FileMetaDataset()
    d.SOPClassUID, d.SOPInstanceUID = kind, generate_uid()
    d.file_meta.MediaStorageSOPClassUID, d.file_meta.MediaStorageSOPInstanceUID = kind, d.SOPInstanceUID
    d.file_meta.TransferSyntaxUID = syntax
    for key, value in values.items():
        setattr(d, key, value)
    return d


def save(d: Dataset, file) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    d.save_as(file, enforce_file_format=True)


def part(**values) -> Dataset:
    d = Dataset()
    for key, value in values.items():
        setattr(d, key, value)
    return d


def slide(picture: np.ndarray, patient: str, sparse: bool) -> Dataset:
    height, width = picture.shape[:2]
    padded = cv2.copyMakeBorder(picture, 0, -height % TILE, 0, -width % TILE, cv2.BORDER_CONSTANT)
    corners = [(x, y) for y in range(0, height, TILE) for x in range(0, width, TILE)]
    if sparse:
        corners = corners[::-1][:-1]  # another order, and the first tile is not there
    tiles = []
    for x, y in corners:
        tile = cv2.cvtColor(padded[y : y + TILE, x : x + TILE], cv2.COLOR_RGB2BGR)
        tiles.append(cv2.imencode(".jpg", tile, [cv2.IMWRITE_JPEG_QUALITY, 97])[1].tobytes())
    spacing = part(PixelMeasuresSequence=Sequence([part(PixelSpacing=[UM / 1000, UM / 1000])]))
    d = dicom(slides.SLIDE, slides.JPEG_BASELINE, PatientID=patient, Rows=TILE, Columns=TILE)
    d.SamplesPerPixel, d.PhotometricInterpretation, d.PlanarConfiguration = 3, "YBR_FULL_422", 0
    d.BitsAllocated = d.BitsStored = 8
    d.HighBit, d.PixelRepresentation, d.NumberOfFrames = 7, 0, len(tiles)
    d.TotalPixelMatrixColumns, d.TotalPixelMatrixRows = width, height
    d.SharedFunctionalGroupsSequence = Sequence([spacing])
    if sparse:
        d.DimensionOrganizationType = "TILED_SPARSE"
        d.PerFrameFunctionalGroupsSequence = Sequence(
            part(
                PlanePositionSlideSequence=Sequence(
                    [
                        part(
                            ColumnPositionInTotalImagePixelMatrix=x + 1,
                            RowPositionInTotalImagePixelMatrix=y + 1,
                        )
                    ]
                )
            )
            for x, y in corners
        )
    else:
        d.DimensionOrganizationType = "TILED_FULL"
    d.PixelData = encapsulate(tiles)
    d["PixelData"].is_undefined_length = True
    return d


def boxes(on: Dataset, groups: dict[str, list[tuple[int, int, int]]], series: str) -> Dataset:
    """Squares of half a side r around x, y, a group a label."""
    d = dicom(slides.BOXES, ExplicitVRLittleEndian, PatientID=on.PatientID, SeriesDescription=series)
    d.AnnotationCoordinateType = "2D"
    d.ReferencedImageSequence = Sequence(
        [part(ReferencedSOPClassUID=on.SOPClassUID, ReferencedSOPInstanceUID=on.SOPInstanceUID)]
    )
    found = []
    for label, cells in groups.items():
        corners = [[(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)] for x, y, r in cells]
        data = np.array(corners, "<f4").tobytes()
        found.append(part(AnnotationGroupLabel=label, GraphicType="RECTANGLE", PointCoordinatesData=data))
    d.AnnotationGroupSequence = Sequence(found)
    return d


def patient(folder, draw, name: str, groups, sparse=False) -> np.ndarray:
    cells = [c for g in groups.values() for c in g]
    picture = draw(500, cells, len(name))[:430]
    image = slide(picture, name, sparse)
    save(image, folder / name / "sm" / "base.dcm")
    save(
        boxes(image, groups, "Consensus: cell bounding boxes with cell type labels"),
        folder / name / "ann" / "consensus.dcm",
    )
    save(
        boxes(image, {"plasma_cell": cells}, "Session 1: Cell bounding boxes with cell type labels"),
        folder / name / "ann" / "session.dcm",
    )
    return picture


def test_cells_are_cut_where_their_boxes_lie_and_split_by_patient(tmp_path, draw):
    groups = {
        "myelocytic_blast": [(128, 128, 24)],
        "proerythroblast": [(300, 260, 24), (490, 420, 24)],
        "megakaryocyte": [(250, 60, 24)],
    }
    names = [f"P{n}" for n in range(12)]
    pictures = {n: patient(tmp_path, draw, n, groups, sparse=n == "P1") for n in names}
    (tmp_path / "notes.dcm").write_text("no DICOM")
    counts = index_sets.index("pediatric", tmp_path)
    with (tmp_path / "index.csv").open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [r["class"] for r in rows if r["file"].split("/")[-1].startswith("P1_")] == [
        "blast",
        "erythroblast",
        "erythroblast",
    ]
    assert len(rows) == 36
    assert [n for (s, r), n in counts.items() if s == "left out" and "outside" in r] == [12]
    of = {n: {r["split"] for r in rows if f"/{n}_" in r["file"]} for n in names}
    assert all(s == {index_sets.split_of(n)} for n, s in of.items()) and len(set.union(*of.values())) > 1
    for name in ("P0", "P1"):  # full and sparse tiles
        (cell,) = [
            c
            for s in ("train", "val", "test")
            for c in index_sets.crops({"pediatric": str(tmp_path)}, s)
            if c.file.name.startswith(f"{name}_") and "00001" in c.file.name
        ]
        cut = cv2.cvtColor(cv2.imread(str(cell.file)), cv2.COLOR_BGR2RGB)
        true = cv2.resize(pictures[name][180:340, 220:380], (320, 320), interpolation=cv2.INTER_CUBIC)
        assert cut.shape == (320, 320, 3) and cell.um_per_pixel == 0.1
        assert np.abs(cut.astype(int) - true).mean() < 6  # JPEG


def test_what_cannot_be_cut_is_listed_and_an_unknown_label_stops(tmp_path, draw):
    groups = {"lymphocyte": [(200, 200, 20)]}
    patient(tmp_path, draw, "A", groups)
    patient(tmp_path, draw, "B", groups)
    (tmp_path / "B" / "sm" / "base.dcm").unlink()
    counts = index_sets.index("pediatric", tmp_path)
    assert counts["left out", "its slide is not in the folder"] == 1
    patient(tmp_path, draw, "C", {"martian": [(200, 200, 20)]})
    with pytest.raises(WrongFolder, match="unknown labels martian"):
        cut_slides.index("pediatric", tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongFolder, match="no labelled cell found in 0 annotation objects"):
        cut_slides.index("pediatric", tmp_path / "empty")


def test_every_label_of_the_conversion_has_a_place():
    classes = PUBLIC_SETS["pediatric"].classes[""]
    assert len(classes) == 52
    assert classes["basophilic_erythroblast"] == "erythroblast" and classes["basophilic_band"] == "basophil"
    assert isinstance(classes["promonocyte"], LeftOut)
