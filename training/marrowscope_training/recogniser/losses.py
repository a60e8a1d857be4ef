"""The losses of the recogniser."""

import torch
import torch.nn.functional as F
from torch import Tensor


def contrastive(tokens: Tensor, labels: Tensor, margin: float = 0.4) -> Tensor:
    """Cosine contrastive loss with a margin over a batch (TransFG, He 2022): tokens of the same type are to
    be similar, those of different types less similar than the margin. tokens [B, dim], labels [B]. Returns
    the mean over B² pairs."""
    unit = F.normalize(tokens, dim=1)
    cosine = unit @ unit.T
    same = (labels[:, None] == labels[None, :]).float()
    return (same * (1 - cosine) + (1 - same) * F.relu(cosine - margin)).sum() / len(labels) ** 2


def soft_targets(labels: Tensor, answers: Tensor, share: float) -> Tensor:
    """The target distribution of each cell [B, K]: its label [B], of which the teachers' answers replace a
    `share` (Hinton 2015: where a label is wrong or two types are similar, the teacher says so). answers [b,
    K]: those for the first b cells, NaN where there are none. A cell without a label has zeros for the
    label's part."""
    out = F.one_hot(labels.clamp_min(0), answers.shape[1]).float() * (labels >= 0)[:, None]
    first = out[: len(answers)]
    out[: len(answers)] = torch.where(answers.isnan(), first, (1 - share) * first + share * answers)
    return out


def recognition(
    logits: Tensor,
    tokens: Tensor,
    labels: Tensor,
    smoothing: float,
    weight: float,
    margin: float,
    targets: Tensor | None = None,
    possible: Tensor | None = None,
) -> dict[str, Tensor]:
    """Cross-entropy with label smoothing to the labels, or to `targets` [B, K] instead, and the contrastive
    loss times `weight` (0: none). With `possible`, bool [B, K], a label below 0 means that only the possible
    classes of a cell are known: it is trained to be one of these, and nothing else."""
    if possible is not None:
        known = labels >= 0
        whole = -torch.logsumexp(F.log_softmax(logits, 1).masked_fill(~possible, -torch.inf), 1)[~known].sum()
        logits, tokens, share = logits[known], tokens[known], known.sum() / len(labels)
        targets = None if targets is None else targets[known]
        parts = recognition(logits, tokens, labels[known], smoothing, weight, margin, targets)
        return {k: v * share for k, v in parts.items()} | {"partial": whole / len(labels)}
    target = labels if targets is None else targets
    parts = {"cross_entropy": F.cross_entropy(logits, target, label_smoothing=smoothing)}
    if weight:
        parts["contrastive"] = weight * contrastive(tokens, labels, margin)
    return parts
