"""What the recogniser is taught by."""

import torch.nn.functional as F
from torch import Tensor


def contrastive(tokens: Tensor, labels: Tensor, margin: float = 0.4) -> Tensor:
    """Cosine contrastive loss with a margin over a batch (TransFG, He 2022): same type alike, different types
    less alike than the margin. tokens [B, dim], labels [B]; the mean over B² pairs."""
    unit = F.normalize(tokens, dim=1)
    cosine = unit @ unit.T
    same = (labels[:, None] == labels[None, :]).float()
    return (same * (1 - cosine) + (1 - same) * F.relu(cosine - margin)).sum() / len(labels) ** 2


def recognition(
    logits: Tensor, tokens: Tensor, labels: Tensor, smoothing: float, weight: float, margin: float
) -> dict[str, Tensor]:
    """Cross-entropy with label smoothing, and the contrastive loss by its weight (0 switches it off)."""
    parts = {"cross_entropy": F.cross_entropy(logits, labels, label_smoothing=smoothing)}
    if weight:
        parts["contrastive"] = weight * contrastive(tokens, labels, margin)
    return parts
