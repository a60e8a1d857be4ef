/**
 * What the recogniser says of things that are no nucleated cell of marrow or blood:
 *
 *     npm run -s bench -- strangers [--split test --models models --out bench/results/strangers.json]
 *
 * Red cells, platelets and empty places come from bccd in MARROWSCOPE_DATA, the rest is drawn (pictures.ts).
 * Nothing is chosen here; a split other than test is for looking.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { boxCentre, estimate, readFields, type Split } from '../../annotation/index.ts'
import { NOT_IDENTIFIABLE } from '../../cytology/index.ts'
import { seededRandom } from '../../testkit/index.ts'
import {
  imageFromRaster,
  loadRecogniser,
  openImage,
  type Recognition,
  recogniseCells,
} from '../../vision/index.ts'
import { here } from '../python.ts'
import { markdown, percent } from '../words.ts'
import { writeResult } from '../write-result.ts'
import { STRANGE_SIDE, STRANGE_UM_PER_PIXEL, strangePictures } from './pictures.ts'

/** Of each kind: from each field, and drawn. */
const [OF_A_FIELD, DRAWN] = [4, 200]
/** µm between an empty place and the nearest labelled box: nothing labelled lies in its middle. */
const APART = 4

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'test' },
    data: { type: 'string', default: process.env.MARROWSCOPE_DATA },
    models: { type: 'string', default: join(import.meta.dirname, '../../models') },
    out: { type: 'string', default: here('results/strangers.json') },
  },
})
const { data, models, out } = values
if (!data) throw new Error('Say where the images are: MARROWSCOPE_DATA or --data')

const recogniser = await loadRecogniser(models)
const said = new Map<string, Recognition[]>()
const add = (kind: string, some: Recognition[]) => said.set(kind, [...(said.get(kind) ?? []), ...some])

for (const [number, { file, umPerPixel, boxes }] of (
  await readFields(join(data, 'bccd'), values.split as Split)
).entries()) {
  const random = seededRandom(number + 1)
  const image = await openImage(file)
  const apart = (x: number, y: number, labels: string[]) =>
    boxes
      .filter(({ label }) => labels.includes(label))
      .every(({ box: [left, top, width, height] }) => {
        const [dx, dy] = [Math.max(left - x, x - left - width), Math.max(top - y, y - top - height)]
        return Math.max(dx, dy) * umPerPixel! > APART
      })
  const some = <T>(items: T[]) =>
    items
      .map((item) => ({ item, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, OF_A_FIELD)
      .map(({ item }) => item)
  const middles = (label: string) =>
    boxes
      .filter((one) => one.label === label)
      .map(({ box }) => boxCentre(box))
      .filter(([x, y]) => apart(x, y, ['white']))
  const empty = Array.from({ length: 300 }, (): [number, number] => [
    random.range(0, image.width),
    random.range(0, image.height),
  ]).filter(([x, y]) => apart(x, y, ['white', 'red', 'platelet']))
  for (const [kind, places] of [
    ['red cell', some(middles('red'))],
    ['platelet', some(middles('platelet'))],
    ['empty place', some(empty)],
  ] as const) {
    add(kind, await recogniseCells({ recogniser }, image, umPerPixel!, places))
  }
}

const middle: [number, number] = [STRANGE_SIDE / 2, STRANGE_SIDE / 2]
for (const [kind, pictures] of await strangePictures(DRAWN, 1)) {
  for (const picture of pictures) {
    add(kind, await recogniseCells({ recogniser }, imageFromRaster(picture), STRANGE_UM_PER_PIXEL, [middle]))
  }
}
await recogniser.network.close()

const share = (some: readonly boolean[]) => some.filter(Boolean).length / some.length
const figure = (some: boolean[]) => estimate(some, share)
const kinds = [...said].map(([kind, all]) => ({
  kind,
  pictures: all.length,
  refused: figure(all.map(({ type }) => type === NOT_IDENTIFIABLE)),
  refusedOrDoubtful: figure(all.map(({ type, doubtful }) => type === NOT_IDENTIFIABLE || doubtful)),
}))
console.log(
  markdown(
    ['', 'pictures', 'called not identifiable, %', 'or doubtful, %'],
    kinds.map(({ kind, pictures, refused, refusedOrDoubtful }) => [
      kind,
      `${pictures}`,
      percent(refused),
      percent(refusedOrDoubtful),
    ]),
  ),
)
writeResult(out, { split: values.split, model: recogniser.card.version, kinds })
