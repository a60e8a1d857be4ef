import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Box } from '../labelled-image.ts'
import {
  averagePrecisionAt,
  COCO_IOUS,
  type CocoMetrics,
  cocoMetrics,
  precisionRecallCurve,
} from './average-precision.ts'
import type { EvaluatedImage } from './evaluated-image.ts'

interface Fixture {
  expected: Record<string, CocoMetrics>
  images: EvaluatedImage[]
}

const FIXTURES: Record<string, Fixture> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/coco-metrics.json'), 'utf8'),
)

describe('against pycocotools', () => {
  test('the fixtures are there', () => expect(Object.keys(FIXTURES)).toHaveLength(8))

  for (const [name, { expected, images }] of Object.entries(FIXTURES)) {
    for (const [maxDets, figures] of Object.entries(expected)) {
      test(`${name}, ${maxDets} detections an image`, () => {
        const ours = flat(cocoMetrics(images, { maxDets: Number(maxDets) }))
        for (const [key, theirs] of Object.entries(flat(figures))) {
          if (theirs === null) expect(ours[key], key).toBeNull()
          else expect(Math.abs(ours[key]! - theirs), key).toBeLessThan(1e-6)
        }
      })
    }
  }

  test('the fixtures tell figures apart', () => {
    const { expected } = FIXTURES['many-detections']!
    expect(expected['100']!.ap).not.toBe(expected['1000']!.ap)
    expect(expected['100']!.ap50).not.toBe(expected['100']!.ap75)
  })
})

describe('average precision', () => {
  test('one hit of two, then a false alarm: half of the recall points at precision 1', () => {
    const images: EvaluatedImage[] = [
      {
        groundTruth: [{ box: [0, 0, 10, 10] }, { box: [50, 0, 10, 10] }],
        detections: [
          { box: [0, 0, 10, 10], score: 0.9 },
          { box: [80, 80, 10, 10], score: 0.8 },
        ],
      },
    ]
    expect(averagePrecisionAt(images, 0.5)).toBeCloseTo(51 / 101, 12)
    expect(averagePrecisionAt(images, COCO_IOUS)).toBe(cocoMetrics(images).ap)
    expect(precisionRecallCurve(images)).toEqual([
      { score: 0.9, precision: 1, recall: 0.5 },
      { score: 0.8, precision: 0.5, recall: 0.5 },
    ])
  })

  test('nothing labelled has no figure', () => {
    expect(cocoMetrics([]).ap).toBeNull()
    expect(
      precisionRecallCurve([{ groundTruth: [], detections: [{ box: [0, 0, 1, 1], score: 1 }] }]),
    ).toEqual([])
  })

  test('lies in 0..1', () => {
    fc.assert(
      fc.property(fc.array(image()), (images) => {
        const figures = Object.values(flat(cocoMetrics(images))).filter((v) => v !== null)
        expect(figures.every((v) => v >= 0 && v <= 1)).toBe(true)
      }),
    )
  })

  test('perfect detections score 1', () => {
    fc.assert(
      fc.property(fc.array(fc.array(box(), { minLength: 1, maxLength: 20 }), { minLength: 1 }), (images) => {
        const perfect = images.map((boxes) => ({
          groundTruth: boxes.map((b) => ({ box: b })),
          detections: boxes.map((b) => ({ box: b, score: 0.5 })),
        }))
        const { ap, ar } = cocoMetrics(perfect)
        expect(ap).toBeCloseTo(1, 12)
        expect(ar).toBeCloseTo(1, 12)
      }),
    )
  })

  test('does not depend on the order of images and boxes where no score ties', () => {
    fc.assert(
      fc.property(fc.array(image(), { minLength: 1 }), (images) => {
        const untied = images.map((one, i) => ({
          ...one,
          detections: one.detections.map((d, j) => ({ ...d, score: (i * 31 + j) / 1000 })),
        }))
        const turned = untied.map((one) => ({ ...one, detections: [...one.detections].reverse() })).reverse()
        const after = flat(cocoMetrics(turned))
        for (const [key, before] of Object.entries(flat(cocoMetrics(untied)))) {
          if (before === null) expect(after[key], key).toBeNull()
          else expect(after[key]!, key).toBeCloseTo(before, 12)
        }
      }),
    )
  })

  test('an ignored truth neither helps nor harms', () => {
    const [cell, doubt]: [Box, Box] = [
      [0, 0, 10, 10],
      [50, 0, 20, 10],
    ]
    const found = [
      { box: doubt, score: 0.95 },
      { box: cell, score: 0.9 },
    ]
    const withDoubt = { groundTruth: [{ box: cell }, { box: doubt, ignore: true }], detections: found }
    expect(cocoMetrics([withDoubt]).ap).toBeCloseTo(1, 12)
    expect(cocoMetrics([{ ...withDoubt, groundTruth: [{ box: cell }] }]).ap).toBeCloseTo(0.5, 12)
  })
})

function flat({ byArea, ...rest }: CocoMetrics): Record<string, number | null> {
  const areas = Object.entries(byArea).flatMap(([area, figures]) =>
    Object.entries(figures).map(([key, value]) => [`${area} ${key}`, value] as const),
  )
  return { ...rest, ...Object.fromEntries(areas) }
}

function box(): fc.Arbitrary<Box> {
  const place = fc.integer({ min: 0, max: 60 })
  const size = fc.integer({ min: 1, max: 120 })
  return fc.tuple(place, place, size, size)
}

function image(): fc.Arbitrary<EvaluatedImage> {
  const label = fc.constantFrom('a', 'b')
  return fc.record({
    groundTruth: fc.array(fc.record({ box: box(), label, ignore: fc.boolean(), crowd: fc.boolean() })),
    detections: fc.array(
      fc.record({ box: box(), label, score: fc.integer({ min: 0, max: 20 }).map((v) => v / 20) }),
    ),
  })
}
