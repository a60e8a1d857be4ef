"""Predictions of a PyTorch network for stored cells."""

import numpy as np
import torch
from torch import Tensor, nn

from ..data.crops import CropStore
from .network import mirrored
from .settings import Config, centred, in_colours

BATCH = 64


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
