/** Pictures of what no recogniser of marrow cells was taught, drawn: each fills the 22 µm around its middle. */
import sharp from 'sharp'
import { type Random, seededRandom } from '../../testkit/index.ts'
import type { Raster } from '../../vision/index.ts'

export const STRANGE_SIDE = 128
export const STRANGE_UM_PER_PIXEL = 0.25

const MIDDLE = STRANGE_SIDE / 2
const SIGNS = [...'ABCDEFGHKLMNPRSTabcdefghkmnprst0123456789µ%骨髓细胞']

const paint = (random: Random, low: number, high: number) =>
  `rgb(${[0, 1, 2].map(() => random.int(low, high)).join(',')})`

function text(random: Random): string {
  const line = () => {
    const word = Array.from({ length: random.int(2, 9) }, () => SIGNS[random.int(0, SIGNS.length - 1)]).join(
      '',
    )
    const [x, y, size] = [random.int(5, 50), random.int(40, 95), random.int(10, 44)]
    return `<text x="${x}" y="${y}" font-size="${size}" fill="${paint(random, 0, 120)}" font-family="sans-serif">${word}</text>`
  }
  return Array.from({ length: random.int(1, 3) }, line).join('')
}

/** Oval red cells with an oval nucleus, as birds, reptiles, amphibians and fish have them: 11–16 µm long. */
function nucleatedRedCells(random: Random): string {
  const cell = (x: number, y: number) => {
    const [long, turn] = [random.range(22, 32), random.range(0, 180)]
    const wide = long * random.range(0.5, 0.65)
    const oval = (share: number, fill: string) =>
      `<ellipse rx="${long * share}" ry="${wide * share}" fill="${fill}" transform="translate(${x} ${y}) rotate(${turn})"/>`
    const red = random.int(-15, 15)
    return (
      oval(1, `rgb(${208 + red},${152 + red},${160 + red})`) + oval(0.42, `rgb(${88 + red},52,${120 + red})`)
    )
  }
  const others = Array.from({ length: random.int(1, 5) }, () =>
    cell(random.range(0, STRANGE_SIDE), random.range(0, STRANGE_SIDE)),
  )
  return [...others, cell(MIDDLE, MIDDLE)].join('')
}

/** Lines of a measuring grid. */
function grid(random: Random): string {
  const [gap, width, turn] = [random.range(8, 40), random.range(1, 4), random.range(0, 90)]
  const lines = Array.from({ length: 40 }, (_, i) => {
    const at = (i - 20) * gap
    return `<path d="M${at} -300V300M-300 ${at}H300"/>`
  })
  return `<g stroke="${paint(random, 0, 160)}" stroke-width="${width}" transform="translate(${MIDDLE} ${MIDDLE}) rotate(${turn})">${lines.join('')}</g>`
}

const drawn: Record<string, (random: Random) => string> = {
  text,
  'red cells with a nucleus (birds, fish), drawn': nucleatedRedCells,
  'lines of a grid': grid,
  'one colour': () => '',
}

/** Pictures of each kind, the same for a seed. */
export async function strangePictures(count: number, seed: number): Promise<Map<string, Raster[]>> {
  const kinds = new Map<string, Raster[]>()
  for (const [number, [kind, inside]] of Object.entries(drawn).entries()) {
    kinds.set(kind, [])
    for (let i = 0; i < count; i++) {
      const random = seededRandom(seed + number * 100_000 + i)
      const ground = kind === 'one colour' ? paint(random, 0, 255) : paint(random, 215, 250)
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${STRANGE_SIDE}" height="${STRANGE_SIDE}"><rect width="100%" height="100%" fill="${ground}"/>${inside(random)}</svg>`
      kinds.get(kind)!.push(square(await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer()))
    }
  }
  const noise = Array.from({ length: count }, (_, i) => {
    const random = seededRandom(seed + 900_000 + i)
    return square(Uint8Array.from({ length: STRANGE_SIDE ** 2 * 3 }, () => random.int(0, 255)))
  })
  return kinds.set('noise', noise)
}

const square = (data: Uint8Array): Raster => ({ data, width: STRANGE_SIDE, height: STRANGE_SIDE })
