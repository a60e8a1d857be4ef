"""The variants that are compared: the Vision Transformer with its parts switched, its peers, and the
classical methods."""

from dataclasses import dataclass

from torch import nn

from ...cells import CELL_CLASSES
from ...recogniser import settings
from ...recogniser.peers import PEERS
from .settings import Config


@dataclass(frozen=True)
class Variant:
    """kind: ours, a name of PEERS, svm or forest; the other options are our network's. deep: see DEEP.
    regions: how they are weighed; empty without selection. pretrained: trained without labels first."""

    kind: str = "ours"
    stem: bool = False
    deep: bool = False
    overlap: bool = False
    regions: str = ""
    contrastive: bool = False
    pretrained: bool = False

    @property
    def trained(self) -> bool:
        return self.kind not in ("svm", "forest")


# More convolutions and fewer blocks of attention.
DEEP = {"stem_widths": (32, 64, 128), "stem_blocks": (1, 2, 2), "depth": 4}
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
    "full-deep": Variant(stem=True, deep=True, overlap=True, regions="squeeze", contrastive=True),
    "full-pretrained": Variant(stem=True, overlap=True, regions="squeeze", contrastive=True, pretrained=True),
    "resnet-18": Variant("resnet-18"),
    "resnet-18-half": Variant("resnet-18-half"),
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
    changed = {"stem": variant.stem, "overlap": variant.overlap, "regions": bool(variant.regions)}
    if variant.regions:
        changed["weighing"] = variant.regions
    if variant.deep:
        changed |= DEEP
    return settings.build(config, **changed)
