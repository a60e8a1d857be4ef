"""RoIAlign (He 2017): the features inside a box on a grid of fixed size, without rounding to whole pixels."""

import torch
import torch.nn.functional as F
from torch import Tensor


def roi_align(features: Tensor, boxes: Tensor, stride: float, bins: int = 7, samples: int = 2) -> Tensor:
    """features [C, h, w] of one picture, boxes [n, 4] in its pixels -> [n, C, bins, bins]. Each bin is the
    mean of samples×samples bilinear samples, evenly spread over it."""
    channels, h, w = features.shape
    offsets = (torch.arange(bins * samples, device=boxes.device) + 0.5) / (bins * samples)
    x = boxes[:, 0:1] + (boxes[:, 2:3] - boxes[:, 0:1]) * offsets
    y = boxes[:, 1:2] + (boxes[:, 3:4] - boxes[:, 1:2]) * offsets
    side = bins * samples
    grid = torch.stack(
        [
            (2 * x / (w * stride) - 1)[:, None, :].expand(-1, side, -1),
            (2 * y / (h * stride) - 1)[:, :, None].expand(-1, -1, side),
        ],
        -1,
    )
    rows = grid.reshape(1, -1, side, 2)
    sampled = F.grid_sample(features[None], rows, "bilinear", "border", align_corners=False)
    by_box = sampled[0].view(channels, len(boxes), side, side).permute(1, 0, 2, 3)
    return F.avg_pool2d(by_box, samples)


def pooled(maps: list[Tensor], boxes: list[Tensor], strides: tuple[int, ...], bins: int = 7) -> Tensor:
    """maps [B, C, h, w] of each level, boxes [n, 4] for each image -> [sum of n, C, bins, bins]. A box of
    side s is read at the level log2(s / 224) levels from stride 16, as in FPN, or at the nearest level that
    exists."""
    out = []
    for i, box in enumerate(boxes):
        size = (box[:, 2:] - box[:, :2]).clamp_min(1e-3).prod(-1).sqrt()
        first = torch.tensor(float(strides[0]), device=box.device).log2()
        level = (torch.floor(4 + torch.log2(size / 224)) - first).clamp(0, len(maps) - 1).long()
        part = maps[0].new_zeros(len(box), maps[0].shape[1], bins, bins)
        for n, (features, stride) in enumerate(zip(maps, strides)):
            rows = (level == n).nonzero().squeeze(1)
            if len(rows):
                part = part.index_copy(0, rows, roi_align(features[i], box[rows], stride, bins))
        out.append(part)
    return torch.cat(out)
