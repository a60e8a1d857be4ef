import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { here, PYTHON, python } from '../python.ts'
import type { Peers } from './networks.ts'

const run = (...args: string[]) => execFileSync(python(), args, { encoding: 'utf8' })

test.skipIf(!PYTHON)('the peer has the size of the networks that it claims to be', () => {
  const { detector, recogniser }: Peers = JSON.parse(run(here('speed/peer.py'), '--describe'))
  // ResNet-50 has 25,557,032 parameters, 2,049,000 of them in the layer that names; ViT-B/16 has 86,567,656 with
  // 1000 classes (torchvision documents both).
  const conv = (inputs: number, outputs: number, size: number) => (inputs * size * size + 1) * outputs
  const laterals = [512, 1024, 2048].reduce((sum, inputs) => sum + conv(inputs, 256, 1), 0)
  const pyramid = laterals + 4 * conv(256, 256, 3) + conv(2048, 256, 3)
  const heads = 8 * conv(256, 256, 3) + conv(256, 9, 3) + conv(256, 36, 3)
  expect(detector.parameters).toBe(25_557_032 - 2_049_000 + pyramid + heads)
  expect(recogniser.parameters).toBe(86_567_656 - 987 * 769)
  expect(detector.gmac).toBeGreaterThan(150)
  expect(detector.gmac).toBeLessThan(200)
  expect(recogniser.gmac).toBeCloseTo(17.56, 1)
})

/** A strided grouped convolution, a product with a transposed factor, and a sum over shared letters. */
const NETWORK = `
import sys
import numpy as np, onnx
from onnx import helper as h, numpy_helper
weights = {"k": (6, 3, 3, 3), "m": (5, 6)}
nodes = [
    h.make_node("Cast", ["x"], ["f"], to=1),
    h.make_node("Concat", ["f", "f"], ["two"], axis=1),
    h.make_node("Conv", ["two", "k"], ["c"], group=2, strides=[2, 2], pads=[1, 1, 1, 1]),
    h.make_node("GlobalAveragePool", ["c"], ["p"]),
    h.make_node("Flatten", ["p"], ["v"]),
    h.make_node("Gemm", ["v", "m"], ["g"], transB=1),
    h.make_node("Einsum", ["g", "g"], ["y"], equation="bi, bj -> ij"),
]
value = lambda name, kind, shape: h.make_tensor_value_info(name, kind, shape)
graph = h.make_graph(nodes, "g", [value("x", 2, [1, 3, "h", "w"])], [value("y", 1, [5, 5])],
    [numpy_helper.from_array(np.zeros(s, np.float32), n) for n, s in weights.items()])
onnx.save(h.make_model(graph, opset_imports=[h.make_opsetid("", 17)], ir_version=8), sys.argv[1])
`

test.skipIf(!PYTHON)('products are counted as by hand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marrowscope-macs-'))
  try {
    const file = join(folder, 'network.onnx')
    run('-c', NETWORK, file)
    const { parameters, gmac } = JSON.parse(run(here('speed/macs.py'), file, '1,3,8,10'))
    expect(parameters).toBe(6 * 3 * 9 + 5 * 6)
    expect(gmac * 1e9).toBeCloseTo(6 * (4 * 5) * (3 * 9) + 5 * 6 + 5 * 5, 6)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
