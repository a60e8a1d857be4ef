"""Exports the detector. The program that runs it filters by score and suppresses duplicates."""

from pathlib import Path

from torch import Tensor, nn

from .. import export as common
from ..data import sources, tiles
from ..engine import averaged
from .network import Detector
from .train import Config, build


class Exported(nn.Module):
    """image uint8 [1, H, W, 3], H and W multiples of 32 -> boxes [A, 4], x1 y1 x2 y2 in its pixels, and
    scores [A]."""

    def __init__(self, network: Detector):
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        boxes, scores = self.network.detections(image.permute(0, 3, 1, 2).float() / 255)
        return boxes[0], scores[0]


def export(config: Config, folder: Path, data: Path, out: Path) -> None:
    network = build(config)
    network.load_state_dict(averaged(folder / "checkpoint.pt"))
    network.eval()
    pictures = []
    for path, _, scale in tiles.txl(data, "val", set())[:3] + tiles.bccd(data, "val", set())[:3]:
        small, _ = tiles.shrink(sources.read_image(path), scale)
        pictures.append(tiles.padded(small)[None])
    file = out / "detector.onnx"
    axes = {"image": {1: "height", 2: "width"}, "boxes": {0: "anchors"}, "scores": {0: "anchors"}}
    worst = common.write(Exported(network), pictures, ("image", ["boxes", "scores"]), axes, file)
    facts = {
        "name": "marrowscope-detector",
        "task": "detector",
        "umPerPixel": tiles.UM_PER_PIXEL,
        "sizeMultiple": max(network.strides),
    }
    common.card(file, facts)
    print(f"{file}: largest difference from PyTorch {worst:.1e}")
