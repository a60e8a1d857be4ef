"""The variants compared: the Vision Transformer with its parts switched, its peers, the classical ways."""

from dataclasses import dataclass

from torch import nn

from ...cells import CELL_CLASSES
from ...recogniser.network import Recogniser
from ...recogniser.peers import PEERS
from .settings import Config


@dataclass(frozen=True)
class Variant:
    """kind: ours, a name of PEERS, svm or forest; the other switches are our network's. regions: how they are weighed, or
    empty without selection."""

    kind: str = "ours"
    stem: bool = False
    overlap: bool = False
    regions: str = ""
    contrastive: bool = False

    @property
    def trained(self) -> bool:
        return self.kind not in ("svm", "forest")


VARIANTS = {
    "full": Variant(stem=True, overlap=True, regions="squeeze", contrastive=True),
    "vit": Variant(),
    "thesis": Variant(overlap=True, regions="squeeze", contrastive=True),
    "stem": Variant(stem=True),
    "overlap": Variant(overlap=True),
    "regions-se": Variant(regions="squeeze"),
    "contrastive": Variant(contrastive=True),
    "regions-product": Variant(regions="product"),
    "regions-se-no-gradient": Variant(regions="squeeze-no-gradient"),
    "resnet-18": Variant("resnet-18"),
    "convnext-v2-atto": Variant("convnext-v2-atto"),
    "svm": Variant("svm"),
    "forest": Variant("forest"),
    "resnet-50": Variant("resnet-50"),
    "resnext-50": Variant("resnext-50"),
    "resnet-18-fine": Variant("resnet-18-fine"),
}


def build(variant: Variant, config: Config) -> nn.Module:
    if variant.kind in PEERS:
        return PEERS[variant.kind](len(CELL_CLASSES))
    return Recogniser(
        classes=len(CELL_CLASSES),
        dim=config.dim,
        depth=config.depth,
        heads=config.heads,
        overlap=variant.overlap,
        stem=variant.stem,
        stem_width=config.stem_width,
        stem_blocks=config.stem_blocks,
        regions=bool(variant.regions),
        drop_path=config.drop_path,
        weighing=variant.regions or "squeeze",
    )
