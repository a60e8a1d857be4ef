import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ScaleEstimate } from './estimate-scale.ts'
import { type FieldEvidence, slideScales } from './slide-scale.ts'

const seen = (umPerPixel: number, spread = 0.05): ScaleEstimate => ({
  ...{ umPerPixel, spread, sure: spread < 0.06, redCells: 40 },
})
const said = (umPerPixel: number, source: 'given' | 'profile' | 'metadata' = 'metadata') => ({
  umPerPixel,
  source,
})
const field = (
  estimate?: ScaleEstimate,
  stated?: FieldEvidence['stated'],
  size = [2560, 1920],
): FieldEvidence => ({
  ...{ width: size[0]!, height: size[1]!, estimate, stated },
})

describe('the scale of a slide', () => {
  it('is one for all fields of which nothing is said, whatever each says by itself', () => {
    const alone = [0.16, 0.17, 0.18, 0.172, 0.35]
    const scales = slideScales(alone.map((one) => field(seen(one))))
    expect(scales.map(({ umPerPixel }) => umPerPixel)).toEqual(Array(5).fill(expect.closeTo(0.172, 6)))
    expect(scales[0]).toMatchObject({ source: 'estimated', sure: true, doubt: 'none' })
    expect(scales.map(({ doubt }) => doubt)).toEqual(['none', 'none', 'none', 'none', 'doubted'])
  })

  it('is what is said, compared with the red cells of all fields of which it is said', () => {
    const of = (stated: FieldEvidence['stated'], estimate: number) =>
      slideScales([field(seen(estimate), stated), field(undefined, stated)]).map((one) => [one.umPerPixel, one.doubt])
    expect(of(said(0.174), 0.18)).toEqual([[0.174, 'none'], [0.174, 'none']])
    expect(of(said(0.174), 0.24)).toEqual([[0.174, 'doubted'], [0.174, 'doubted']])
    expect(of(said(0.442), 0.19)).toEqual([[0.442, 'contradicted'], [0.442, 'contradicted']])
    expect(of(said(0.0174, 'profile'), 0.19)).toEqual([[0.0174, 'contradicted'], [0.0174, 'contradicted']])
    // A person is told, and believed.
    expect(of(said(0.442, 'given'), 0.19)).toEqual([[0.442, 'doubted'], [0.442, 'doubted']])
  }) // biome-ignore format: pairs

  it('is that of the other files of its size where a file has lost its tag', () => {
    const lost = (umPerPixel: number, size?: number[]) => field(seen(umPerPixel), undefined, size)
    const beside = (...fields: FieldEvidence[]) =>
      slideScales([field(seen(0.18), said(0.174)), ...fields]).at(-1)
    expect(beside(lost(0.19))).toMatchObject({ umPerPixel: 0.174, source: 'metadata', doubt: 'none' })
    expect(beside(lost(0.4))).toMatchObject({ umPerPixel: 0.174, doubt: 'doubted' })
    expect(beside(lost(0.19, [1280, 960]))).toMatchObject({
      umPerPixel: expect.closeTo(0.19),
      source: 'estimated',
    })
    expect(beside(field(seen(0.1), said(0.1)), lost(0.19))).toMatchObject({ source: 'estimated' })
  })

  it('does not cry wolf on a few red cells', () => {
    expect(slideScales([field(seen(0.1, 0.3), said(0.174))])[0]).toMatchObject({
      umPerPixel: 0.174,
      doubt: 'none',
    })
    expect(slideScales([field(seen(0.19, 0.3), said(1))])[0]).toMatchObject({
      umPerPixel: 1,
      doubt: 'contradicted',
    })
  })

  it('is doubted where it is coarse and no red cells say so', () => {
    expect(slideScales([field(undefined, said(1))])[0]!.doubt).toBe('doubted')
    expect(slideScales([field(seen(1.02), said(1))])[0]!.doubt).toBe('none')
    expect(slideScales([field(undefined, said(1, 'given'))])[0]!.doubt).toBe('none')
  })

  it('is decided by a person where the two contradict each other', () => {
    const fields = [field(seen(0.19), said(0.442)), field(seen(0.2), said(0.3, 'given'))]
    const [tagged, given] = slideScales(fields, 'estimated')
    expect(tagged).toMatchObject({ umPerPixel: expect.closeTo(0.19), source: 'estimated', doubt: 'none' })
    expect(given).toMatchObject({ umPerPixel: 0.3, source: 'given' })
    expect(slideScales(fields, 'stated')[0]).toMatchObject({ umPerPixel: 0.442, source: 'metadata' })
  })

  it('differs between sizes of picture only where the red cells surely say so', () => {
    const large = Array.from({ length: 6 }, () => field(seen(0.1)))
    const of = (estimate: ScaleEstimate) =>
      slideScales([...large, field(estimate, undefined, [1280, 960])]).at(-1)
    expect(of(seen(0.2))).toMatchObject({ umPerPixel: expect.closeTo(0.2), sure: true })
    expect(of(seen(0.11))).toMatchObject({ umPerPixel: expect.closeTo(0.1), sure: true })
    expect(of(seen(0.2, 0.4))).toMatchObject({ umPerPixel: expect.closeTo(0.1), sure: false })
    // Turned by a quarter it is the same camera.
    const turned = field(seen(0.2), undefined, [1920, 2560])
    expect(slideScales([...large, turned]).at(-1)).toMatchObject({ umPerPixel: expect.closeTo(0.1) })
  })

  it('is a guess and says so without any evidence', () => {
    expect(slideScales([field()])[0]).toMatchObject({ umPerPixel: 0.1, source: 'estimated', sure: false })
    expect(slideScales([])).toEqual([])
  })

  it('holds for any slide: a wrong tag never goes by in silence, a right one is never stopped', () => {
    const scale = fc.double({ min: 0.03, max: 0.4, noNaN: true })
    const noise = fc.array(fc.double({ min: -0.08, max: 0.08, noNaN: true }), { minLength: 1, maxLength: 30 })
    const wrong = fc.constantFrom(0.1, 0.25, 0.394, 0.5, 1.75, 2, 2.54, 4, 10, 25.4)
    fc.assert(
      fc.property(scale, noise, wrong, (truth, noises, factor) => {
        const slide = (tag: number) =>
          slideScales(noises.map((n) => field(seen(truth * Math.exp(n)), said(tag)))).map(
            ({ doubt }) => doubt,
          )
        expect(new Set(slide(truth * factor))).toEqual(new Set(['contradicted']))
        expect(new Set(slide(truth))).toEqual(new Set(['none']))
      }),
    )
  })
})
