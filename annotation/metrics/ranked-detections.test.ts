import { expect, test } from 'vitest'
import type { Box } from '../labelled-image.ts'
import { averagePrecisionAt, COCO_IOUS } from './average-precision.ts'
import type { EvaluatedImage } from './evaluated-image.ts'
import { rankDetections, rankedPrecisions, timesOf } from './ranked-detections.ts'

/** Cells in a row, one of them ignored, with detections that are shifted more and more, and extra ones. */
function image(seed: number): EvaluatedImage {
  const at = (n: number, shift = 0): Box => [n * 30 + shift, 10, 20, 20]
  const cells = [0, 1, 2, 3, 4].map((n) => ({ box: at(n), crowd: n === seed % 5 }))
  const found = [0, 1, 2, 3, 4, 5, 6].map((n) => ({
    box: at(n, (n * seed * 3) % 17),
    score: ((n * 37 + seed * 11) % 20) / 20,
  }))
  return { groundTruth: cells, detections: found }
}

const images = [1, 2, 3, 4, 5, 6].map(image)

test('gives to the digit what matching anew gives, for the images and for any sample of them', () => {
  const ranked = rankDetections(images, COCO_IOUS, 1000)
  for (const sample of [
    [0, 1, 2, 3, 4, 5],
    [0, 0, 3, 3, 3, 5],
    [2, 2, 2, 2, 2, 2],
  ]) {
    const anew = COCO_IOUS.map((iou) =>
      averagePrecisionAt(
        sample.map((i) => images[i]!),
        iou,
        { maxDets: 1000 },
      ),
    )
    const cached = rankedPrecisions(ranked, timesOf(sample, images.length))
    cached.forEach((ap, i) => {
      expect(ap).toBeCloseTo(anew[i]!, 10)
    })
    expect(new Set(anew).size).toBeGreaterThan(2)
  }
})

test('is null where nothing is labelled', () => {
  const ranked = rankDetections([{ groundTruth: [], detections: image(1).detections }], [0.5], 10)
  expect(rankedPrecisions(ranked)).toEqual([null])
})
