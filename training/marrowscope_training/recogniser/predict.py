"""The network that a run made, and predictions of a network for stored cells."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..data.crops import CropStore
from ..engine import averaged
from .dinov2 import DinoRecogniser
from .network import Recogniser, mirrored
from .settings import Config, build, centred, in_colours

BATCH = 64


def trained(config: Config, folder: Path) -> Recogniser | DinoRecogniser:
    """The network of a run's averaged weights, with the `start_share` of those that it started from."""
    weights = averaged(folder / "checkpoint.pt")
    if config.start_share:
        first = averaged(Path(config.start))
        weights = {
            name: torch.lerp(value, first[name], config.start_share) if value.is_floating_point() else value
            for name, value in weights.items()
        }
    network = build(config)
    network.load_state_dict(weights)
    return network.eval()


@torch.no_grad()
def predict(network: nn.Module, store: CropStore, config: Config) -> tuple[Tensor, Tensor]:
    """Logits [n, 13] of a whole store, as the exported graph computes them, and class tokens [n, dim] of unit
    length."""
    network.eval()
    device, logits, tokens = next(network.parameters()).device, [], []
    for i in range(0, len(store), BATCH):
        images = store.tensor(np.arange(i, min(i + BATCH, len(store))))
        with autocast(config, device):
            output, token, _ = mirrored(
                network, in_colours(centred(images, config), config).to(device), config.views
            )
        logits.append(output.float().cpu())
        tokens.append(token.float().cpu())
    return torch.cat(logits), nn.functional.normalize(torch.cat(tokens), dim=1)


def autocast(config: Config, device: torch.device) -> torch.autocast:
    """Computes in the precision of the configuration."""
    return torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bfloat16")
