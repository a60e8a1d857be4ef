/** The files whose scale is wrong, or written in unusual ways (cases/fields beside the image data). Skipped where they are not there. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fieldEvidence } from '../analyse.ts'
import { openImage } from '../decode.ts'
import { slideScales } from './slide-scale.ts'

const data = process.env.MARROWSCOPE_DATA
const fields = data === undefined ? undefined : join(data, '../cases/fields')
const there = fields !== undefined && existsSync(fields)
if (!there) console.warn('the files of cases/ beside MARROWSCOPE_DATA are not there: their tests are skipped')

describe.skipIf(!there)('scales that went wrong', () => {
  const scaleOf = async (name: string) =>
    slideScales([await fieldEvidence(await openImage(join(fields!, name)), { estimate: true })])[0]!

  it.each([
    ['field-scale-cm-value-tagged-inch-0.442.tif', 0.442, 'contradicted'],
    ['field-scale-tenth-0.0174x.tif', 0.025, 'contradicted'],
    ['field-scale-uncalibrated-1um.tif', 1, 'contradicted'],
    // Two nuclei and no red cells.
    ['scale-ome-uncalibrated-1um.tif', 1, 'doubted'],
    ['field-scale-true-0.174.tif', 0.174, 'none'],
    ['scale-ome-latin1-micro.tif', 0.174, 'none'],
    ['scale-imagej-latin1.tif', 0.174, 'none'],
    ['scale-ome-charref-greek956.tif', 0.174, 'none'],
    ['scale-ome-single-quotes.tif', 0.174, 'none'],
  ])('%s says %f, which is %s', async (name, umPerPixel, doubt) => {
    expect(await scaleOf(name)).toMatchObject({
      ...{ umPerPixel: expect.closeTo(umPerPixel, 4), source: 'metadata', doubt },
    })
  })
})
