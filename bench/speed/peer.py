"""The peer of the speed bench: RetinaNet-R50-FPN at short side 800, then ViT-B/16 at 224, in PyTorch eager.

    python bench/speed/peer.py THREADS        first line out: the versions; then for each JSON line in, a JSON line out
    python bench/speed/peer.py --describe     parameters and multiply-accumulates, without computing anything

In:  {"task": "field" | "recognise", "file", "umPerPixel", "centres": [[x, y]…]}. The centres stand for what a trained
     detector would find: with random weights the found boxes mean nothing, but decoding and suppressing them takes
     its time.
Out: {"ms", "cells", "stages": {name: ms}, "peakRss": bytes}. "recognise" times cropping and naming alone.
"""

import json
import platform
import resource
import sys
from time import perf_counter

import cv2
import numpy as np
import torch
from peer_networks import RetinaNet, VisionTransformer
from torch import Tensor

SHORT_SIDE, LONG_SIDE, MULTIPLE = 800, 1333, 32
CROP_UM, CROP_PIXELS, BATCH, CLASSES = 24, 224, 16, 13
CANDIDATES, IOU = 1000, 0.5
MEAN, STD = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])


class Peer:
    def __init__(self):
        self.detector, self.recogniser = RetinaNet().eval(), VisionTransformer(CLASSES).eval()
        self.anchors: dict[tuple[int, int], Tensor] = {}

    def answer(self, task: str, file: str, umPerPixel: float, centres: list) -> dict:
        clock = [perf_counter()]
        image = cv2.cvtColor(cv2.imread(file, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
        clock.append(perf_counter())
        if task == "field":
            found = self.detect(image)
            clock.append(perf_counter())
        probabilities = self.recognise(image, centres, round(CROP_UM / umPerPixel))
        if task == "field":
            json.dumps([found.tolist(), probabilities.tolist()])
        clock.append(perf_counter())
        names = ["decode", "detect", "recognise"] if task == "field" else ["decode", "recognise"]
        stages = {name: (b - a) * 1000 for name, a, b in zip(names, clock, clock[1:])}
        ms = sum(stages.values()) if task == "field" else stages["recognise"]
        return {"ms": ms, "cells": len(centres), "stages": stages, "peakRss": peak_rss()}

    def detect(self, image: np.ndarray) -> np.ndarray:
        """Boxes [K, 4] x, y, width, height in the image's pixels."""
        height, width = image.shape[:2]
        scale = min(SHORT_SIDE / min(height, width), LONG_SIDE / max(height, width))
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        h, w = small.shape[:2]
        small = cv2.copyMakeBorder(small, 0, -h % MULTIPLE, 0, -w % MULTIPLE, cv2.BORDER_CONSTANT)
        logits, deltas = self.detector(normalised(small[None]))
        if small.shape[:2] not in self.anchors:
            self.anchors[small.shape[:2]] = self.detector.anchors(*small.shape[:2])
        scores, best = logits[0, :, 0].sigmoid().topk(CANDIDATES)
        anchors, deltas = self.anchors[small.shape[:2]][best], deltas[0, best]
        sizes = anchors[:, 2:] * deltas[:, 2:].clamp(max=4).exp()
        corners = anchors[:, :2] + anchors[:, 2:] * deltas[:, :2] - sizes / 2
        boxes = torch.cat([corners, sizes], 1).numpy()
        return boxes[np.array(cv2.dnn.NMSBoxes(boxes, scores.numpy(), 0.0, IOU), int)] / scale

    def recognise(self, image: np.ndarray, centres: list, side: int) -> Tensor:
        """Probabilities [N, CLASSES] of the cells around the centres, from squares of `side` pixels."""
        size = (CROP_PIXELS, CROP_PIXELS)
        rows = []
        for start in range(0, len(centres), BATCH):
            cuts = [
                cv2.getRectSubPix(image, (side, side), centre) for centre in centres[start : start + BATCH]
            ]
            crops = np.stack([cv2.resize(cut, size, interpolation=cv2.INTER_AREA) for cut in cuts])
            rows.append(self.recogniser(normalised(crops)).softmax(1))
        return torch.cat(rows)


def normalised(pictures: np.ndarray) -> Tensor:
    """uint8 [N, H, W, 3] -> float [N, 3, H, W]."""
    return ((torch.from_numpy(pictures).float() / 255 - MEAN) / STD).permute(0, 3, 1, 2).contiguous()


def peak_rss() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def describe() -> dict:
    """Input shapes, parameters and multiply-accumulates; a 4:3 field for the detector, one crop for the recogniser."""
    # Imported here because the memory of it is not the peer's.
    from torch.utils.flop_counter import FlopCounterMode

    networks = {}
    with torch.device("meta"):
        for name, network, shape in (
            ("detector", RetinaNet(), (1, 3, 800, 1088)),
            ("recogniser", VisionTransformer(CLASSES), (1, 3, 224, 224)),
        ):
            counter = FlopCounterMode(display=False)
            with counter:
                network.eval()(torch.empty(shape))
            parameters = sum(p.numel() for p in network.parameters())
            gmac = counter.get_total_flops() / 2e9
            networks[name] = {"input": shape, "parameters": parameters, "gmac": gmac}
    return networks


def main(argument: str) -> None:
    if argument == "--describe":
        print(json.dumps(describe()))
        return
    versions = {"python": platform.python_version(), "torch": torch.__version__, "opencv": cv2.__version__}
    print(json.dumps(versions), flush=True)
    torch.set_num_threads(int(argument))
    cv2.setNumThreads(int(argument))
    torch.manual_seed(0)
    peer = Peer()
    with torch.inference_mode():
        for line in sys.stdin:
            print(json.dumps(peer.answer(**json.loads(line))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
