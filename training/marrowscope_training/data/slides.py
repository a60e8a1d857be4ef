"""The part of DICOM that is needed to cut labelled cells out of whole slides: a tiled JPEG picture (VL Whole
Slide Microscopy Image) and boxes on it (Microscopy Bulk Simple Annotations). Needs pydicom: pip install -e
"training[slides]"."""

import struct
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
SLIDE, BOXES = "1.2.840.10008.5.1.4.1.1.77.1.6", "1.2.840.10008.5.1.4.1.1.91.1"


class SlideNotReadable(ValueError):
    """A DICOM file of a kind that is not supported here."""


@dataclass(frozen=True)
class Boxes:
    """Boxes of one annotation object: `labels` [n], and x0, y0, x1, y1 [n, 4] in pixels of the slide `slide`
    (a SOP instance UID)."""

    series: str
    patient: str
    slide: str
    labels: list[str]
    boxes: np.ndarray


def header(file: Path):
    """All of a DICOM file except its pixels; None for any other file."""
    import pydicom
    from pydicom.errors import InvalidDicomError

    try:
        return pydicom.dcmread(file, stop_before_pixels=True)
    except InvalidDicomError:
        return None


def boxes_of(file: Path) -> Boxes:
    """Raises SlideNotReadable where the boxes are not rectangles in the plane of one slide."""
    d = header(file)
    if d.AnnotationCoordinateType != "2D":
        raise SlideNotReadable(f"{file}: its boxes are not in pixels of the slide")
    references = [r for s in d.get("ReferencedSeriesSequence", []) for r in s.ReferencedInstanceSequence]
    references = [*d.get("ReferencedImageSequence", []), *references]
    labels, boxes = [], []
    for group in d.AnnotationGroupSequence:
        if group.GraphicType != "RECTANGLE":
            raise SlideNotReadable(f"{file}: {group.GraphicType} where rectangles were expected")
        corners = np.frombuffer(group.PointCoordinatesData, "<f4").reshape(-1, 4, 2)
        boxes.append(np.concatenate([corners.min(1), corners.max(1)], 1))
        labels += [str(group.AnnotationGroupLabel)] * len(corners)
    if not references:
        raise SlideNotReadable(f"{file}: it does not say which slide its boxes lie on")
    slide = str(references[0].ReferencedSOPInstanceUID)
    found = np.concatenate(boxes) if boxes else np.zeros((0, 4))
    return Boxes(str(d.get("SeriesDescription", "")), str(d.PatientID), slide, labels, found)


class Slide:
    """One level of a slide. Only the tiles that are needed are read."""

    def __init__(self, file: Path):
        d = header(file)
        if d.file_meta.TransferSyntaxUID != JPEG_BASELINE or d.SamplesPerPixel != 3:
            raise SlideNotReadable(f"{file}: only slides of baseline JPEG tiles in colour are read")
        if d.PhotometricInterpretation == "RGB":
            raise SlideNotReadable(f"{file}: JPEG tiles that hold RGB are not read")
        self.file, self.rows, self.columns = file, d.Rows, d.Columns
        self.width, self.height = d.TotalPixelMatrixColumns, d.TotalPixelMatrixRows
        shared = d.SharedFunctionalGroupsSequence[0]
        self.um_per_pixel = float(shared.PixelMeasuresSequence[0].PixelSpacing[0]) * 1000
        self.tiles = self._positions(d)
        self.frames = self._frames(int(d.NumberOfFrames))

    def _positions(self, d) -> dict[tuple[int, int], int]:
        """Column and row of a tile -> its frame."""
        across = -(-self.width // self.columns)
        if d.get("DimensionOrganizationType") == "TILED_FULL":
            return {(i % across, i // across): i for i in range(int(d.NumberOfFrames))}
        found = {}
        for i, frame in enumerate(d.PerFrameFunctionalGroupsSequence):
            position = frame.PlanePositionSlideSequence[0]
            x, y = position.ColumnPositionInTotalImagePixelMatrix, position.RowPositionInTotalImagePixelMatrix
            found[(x - 1) // self.columns, (y - 1) // self.rows] = i
        return found

    def _frames(self, count: int) -> list[tuple[int, int]]:
        """Offset and length of each frame: the items after PixelData, one for each frame (PS3.5 A.4)."""
        import pydicom

        found = []
        with self.file.open("rb") as handle:
            pydicom.dcmread(handle, stop_before_pixels=True)
            tag = handle.read(12)
            if tag[:4] != b"\xe0\x7f\x10\x00":
                raise SlideNotReadable(f"{self.file}: it holds no pixels")
            while len(item := handle.read(8)) == 8 and item[:4] == b"\xfe\xff\x00\xe0":
                found.append((handle.tell(), struct.unpack("<I", item[4:])[0]))
                handle.seek(found[-1][1], 1)
        if len(found) != count + 1:
            raise SlideNotReadable(f"{self.file}: {len(found) - 1} pieces for {count} tiles")
        return found[1:]  # the first is the offset table

    def region(self, x0: int, y0: int, x1: int, y1: int) -> np.ndarray:
        """RGB uint8 [y1 - y0, x1 - x0, 3]; white where the slide has no tile."""
        out = np.full((y1 - y0, x1 - x0, 3), 255, np.uint8)
        with self.file.open("rb") as handle:
            for row in range(y0 // self.rows, -(-y1 // self.rows)):
                for column in range(x0 // self.columns, -(-x1 // self.columns)):
                    frame = self.tiles.get((column, row))
                    if frame is None:
                        continue
                    handle.seek(self.frames[frame][0])
                    data = np.frombuffer(handle.read(self.frames[frame][1]), np.uint8)
                    tile = cv2.imdecode(data, cv2.IMREAD_COLOR)
                    if tile is None:
                        raise SlideNotReadable(f"{self.file}: tile {frame} cannot be read")
                    tx, ty = column * self.columns, row * self.rows
                    ax, ay = max(x0, tx), max(y0, ty)
                    bx, by = min(x1, tx + self.columns), min(y1, ty + self.rows)
                    part = tile[ay - ty : by - ty, ax - tx : bx - tx]
                    out[ay - y0 : by - y0, ax - x0 : bx - x0] = cv2.cvtColor(part, cv2.COLOR_BGR2RGB)
        return out
