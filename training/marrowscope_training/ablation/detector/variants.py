"""The variants that are compared: our network with its parts switched, its nearest peers, and two classical
methods."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor, nn

from ...detector.losses import detection
from ...detector.network import Detector
from ...detector.settings import Settings
from ...detector.two_stage import FasterRCNN
from ...detector.yolox import YoloX

Losses = Callable[[Tensor, list[Tensor], Tensor], dict[str, Tensor]]


@dataclass(frozen=True)
class Variant:
    """kind: ours, faster-rcnn, yolox, otsu-watershed or k-means; the other options are our network's. border:
    whether cells that the field's border cuts are labelled in training."""

    kind: str = "ours"
    aggregate: bool = True
    assignment: str = "transport"
    per_place: int = 1
    quality: bool = True
    border: bool = True

    @property
    def trained(self) -> bool:
        return self.kind not in ("otsu-watershed", "k-means")


def baseline(**switches) -> Variant:
    """The thesis's baseline (nine anchors, no quality branch) with these parts added."""
    plain = {"aggregate": False, "assignment": "iou", "per_place": 9, "quality": False}
    return Variant(**(plain | switches))


VARIANTS = {
    "full": Variant(),
    "retinanet": baseline(),
    "pa": baseline(aggregate=True),
    "ot": baseline(assignment="transport"),
    "pa-ot": baseline(aggregate=True, assignment="transport"),
    "full-9": Variant(per_place=9),
    "retinanet-1": baseline(per_place=1),
    "full-no-border": Variant(border=False),
    "full-iou": Variant(assignment="iou"),
    "full-atss": Variant(assignment="atss"),
    "full-simota": Variant(assignment="simota"),
    "faster-rcnn": Variant("faster-rcnn"),
    "yolox": Variant("yolox"),
    "otsu-watershed": Variant("otsu-watershed"),
    "k-means": Variant("k-means"),
}


def build(variant: Variant, settings: Settings) -> tuple[nn.Module, Losses]:
    """The network and its loss: images, truths ([G, 4] for each image), unknown -> parts of the loss."""
    if variant.kind == "faster-rcnn":
        network = FasterRCNN(settings)
        return network, network.losses
    if variant.kind == "yolox":
        network = YoloX()
        return network, network.losses
    network = Detector(settings, variant.aggregate, variant.per_place, variant.quality)

    def losses(images: Tensor, truths: list[Tensor], unknown: Tensor) -> dict[str, Tensor]:
        return detection(
            [part.cpu() for part in network(images)],
            truths,
            unknown,
            network.strides,
            variant.per_place,
            variant.assignment,
            variant.quality,
        )

    return network, losses
