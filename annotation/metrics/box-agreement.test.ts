import { describe, expect, it } from 'vitest'
import type { Box, LabelledBox, LabelledField } from '../labelled-image.ts'
import { AGREEMENT_FIGURES, agreementCounts, compareField, pairCounts } from './agreement-figures.ts'
import { averagePrecisionAt, COCO_IOUS } from './average-precision.ts'
import { compareBoxes } from './box-agreement.ts'
import { evaluatedImage } from './evaluated-image.ts'

const cell = (...box: Box): LabelledBox => ({ box, label: 'nucleated_cell' })
const ignored = (...box: Box): LabelledBox => ({ ...cell(...box), ignore: true, reason: 'naked' })
const field = (...boxes: LabelledBox[]): LabelledField => ({
  file: '/a.png',
  source: 'a',
  width: 500,
  height: 400,
  boxes,
})

// One cell at the border in both; one that overlaps by 0.8; one that only A has; one that only B has.
const a = field(cell(0, 50, 40, 40), cell(100, 100, 100, 100), cell(300, 300, 50, 50))
const b = field(cell(0, 50, 40, 40), cell(100, 100, 100, 80), cell(300, 100, 50, 50), cell(400, 300, 50, 50))

describe('boxes of two labellings', () => {
  it('are paired; what one alone has is a miss of the other; border cells apart', () => {
    expect(compareBoxes(a, b, 0.5)).toEqual({
      pairs: [
        { iou: 1, border: true, drawn: true },
        { iou: 0.8, border: false, drawn: true },
      ],
      a: { border: { cells: 1, found: 1 }, inner: { cells: 2, found: 1 }, absorbed: 0 },
      b: { border: { cells: 1, found: 1 }, inner: { cells: 3, found: 1 }, absorbed: 0 },
    })
    expect(compareBoxes(a, b, 0.85).pairs).toHaveLength(1)
  })

  it('are paired one to one, the largest overlap first, whatever their order', () => {
    const one = field(cell(100, 100, 100, 100))
    const two = field(cell(100, 100, 100, 60), cell(100, 100, 100, 90))
    for (const other of [two, field(...two.boxes.toReversed())]) {
      expect(compareBoxes(one, other, 0.5).pairs).toEqual([{ iou: 0.9, border: false, drawn: true }])
      expect(compareBoxes(other, one, 0.5).pairs).toEqual([{ iou: 0.9, border: false, drawn: true }])
      expect(compareBoxes(one, other, 0.5).b.inner).toEqual({ cells: 2, found: 1 })
    }
  })

  it('absorb what the other counts but they ignore, on both sides; a pair of cells goes before', () => {
    const doubtful = field(ignored(100, 100, 60, 60), cell(300, 300, 50, 50), cell(305, 300, 50, 50))
    const sure = field(cell(105, 105, 20, 20), cell(140, 140, 60, 60), cell(300, 300, 50, 50))
    const { a, b } = compareBoxes(doubtful, sure, 0.5)
    expect(a).toMatchObject({ inner: { cells: 2, found: 1 }, absorbed: 0 })
    expect(b).toMatchObject({ inner: { cells: 2, found: 1 }, absorbed: 1 })
    expect(compareBoxes(sure, doubtful, 0.5)).toMatchObject({ a: b, b: a })
    const all = field(ignored(0, 0, 500, 400), cell(300, 300, 50, 50))
    expect(compareBoxes(all, sure, 0.5).b).toMatchObject({ inner: { cells: 1, found: 1 }, absorbed: 2 })
  })

  it('are told from proposals that either reader left as they were', () => {
    const other = field(cell(100, 100, 100, 90), cell(300, 300, 50, 40))
    const proposals = [cell(100, 100, 100, 100), cell(310, 300, 50, 50)]
    const { pairs } = compareBoxes(a, other, 0.5, proposals)
    expect(pairs.map(({ drawn }) => drawn)).toEqual([false, true])
    const compared = [compareField(a, other, proposals)]
    expect(pairCounts(compared)).toEqual({ pairs: 2, drawn: 1 })
    expect(AGREEMENT_FIGURES.drawnMeanIou(compared)).toBeCloseTo(0.8)
    expect(AGREEMENT_FIGURES.meanIou(compared)).toBeCloseTo(0.85)
    const left = [compareField(a, a, a.boxes)]
    expect(AGREEMENT_FIGURES.drawnFrom75(left)).toBeNull()
  })

  it('leave out red cells and platelets', () => {
    const red = field({ ...cell(10, 10, 40, 40), label: 'red' }, { ...cell(80, 80, 9, 9), label: 'platelet' })
    expect(compareBoxes(red, b, 0.5).a.inner.cells).toBe(0)
  })
})

describe('figures over fields', () => {
  const fields = [compareField(a, b)]
  const figure = (name: keyof typeof AGREEMENT_FIGURES, of = fields) => AGREEMENT_FIGURES[name](of)

  it('recalls, F1 and overlaps', () => {
    expect(figure('recallOfA')).toBeCloseTo(2 / 3)
    expect(figure('recallOfB')).toBeCloseTo(2 / 4)
    expect(figure('f1')).toBeCloseTo(4 / 7)
    expect(figure('meanIou')).toBeCloseTo(0.9)
    expect(figure('medianIou')).toBeCloseTo(0.9)
    expect(figure('pairsFrom75')).toBe(1)
    expect(figure('pairsFrom90')).toBe(0.5)
    expect(figure('borderRecallOfB')).toBe(1)
    expect(figure('innerRecallOfB')).toBeCloseTo(1 / 3)
    expect(figure('innerMeanIou')).toBeCloseTo(0.8)
    expect(agreementCounts(fields, 'b')).toEqual({ cells: 4, found: 2, border: 1, absorbed: 0 })
  })

  it('average precision of boxes that are all equally sure: precision for the recalls that are reached', () => {
    expect(figure('ap50')).toBeCloseTo((67 / 101) * (2 / 4))
    expect(figure('best50')).toBeCloseTo(67 / 101)
    // From .85 on the second pair is none: recall 1/3, precision 1/4. Whether .8 reaches COCO's .80 hangs on its last bit.
    const from = COCO_IOUS.filter((threshold) => threshold <= 0.8).length
    expect(figure('ap')).toBeCloseTo((from * (67 / 101) * 0.5 + (10 - from) * (34 / 101) * 0.25) / 10)
  })

  it('is what COCO gives where the order of equal scores makes no difference', () => {
    const found = field(...a.boxes.slice(0, 2))
    const detections = found.boxes.map(({ box }) => ({ box, score: 1 }))
    const coco = averagePrecisionAt([evaluatedImage(a, detections, () => true)], 0.5)
    expect(figure('ap50', [compareField(a, found)])).toBeCloseTo(coco!)
    expect(coco).toBeCloseTo(67 / 101)
  })

  it('is one where both are the same, and none where there is nothing', () => {
    for (const name of Object.keys(AGREEMENT_FIGURES) as (keyof typeof AGREEMENT_FIGURES)[]) {
      expect(figure(name, [compareField(a, a)]), name).toBe(1)
      expect(figure(name, [compareField(field(), field())]), name).toBeNull()
    }
    expect(figure('ap50', [compareField(a, field())])).toBe(0)
  })
})
