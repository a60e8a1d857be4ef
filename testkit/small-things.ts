import { cosTurn, lerp, sinTurn, smoothstep, transmission } from './math.ts'
import { noise } from './noise.ts'
import { drawOutline, edgeTowards, longest, type Outline } from './outline.ts'
import type { Dye, Palette } from './palettes.ts'
import type { Random } from './prng.ts'
import { pixelsWithin, type Raster } from './raster.ts'

/** A platelet, a speck of stain precipitate, a clump of protein or a fat vacuole. */
export interface SmallThing {
  /** Centre in the field, µm. */
  x: number
  y: number
  outline: Outline
  dye: Dye
  /** Thickness of the dye, 1 = usual. */
  thickness: number
  /** How much of it is grain (0 = even). */
  grain: number
  /** Width of the grain, µm. */
  grainSize: number
  /** µm over which its edge fades. */
  soft: number
  /** True where it takes the place of what is below (a hole that fat left), false where it only dims it. */
  clears: boolean
  seed: number
}

const CLEAR: Dye = [0, 0, 0]

export function planPlatelet(x: number, y: number, palette: Palette, random: Random): SmallThing {
  return thing(
    x,
    y,
    random.range(0.9, 1.6) * (random.chance(0.06) ? 1.6 : 1),
    palette.dyes.platelet,
    random,
    {
      wobble: 0.25,
      thickness: random.range(0.5, 1),
      grain: 0.9,
      grainSize: 0.45,
      soft: 0.3,
    },
  )
}

/** Stain precipitate: a few dark specks strewn around a place. */
export function planPrecipitate(x: number, y: number, palette: Palette, random: Random): SmallThing[] {
  return Array.from({ length: random.int(1, 5) }, () => {
    const turn = random.next()
    const away = random.range(0, 2.5)
    const dye = random.chance(0.7) ? palette.dyes.azurophil : palette.dyes.chromatin
    return thing(x + away * cosTurn(turn), y + away * sinTurn(turn), random.range(0.1, 0.32), dye, random, {
      wobble: 0.3,
      thickness: random.range(0.4, 1.1),
      grain: 0.2,
      grainSize: 0.4,
      soft: 0.15,
    })
  })
}

/** A pale fleck of dried plasma. */
export function planFleck(x: number, y: number, palette: Palette, random: Random): SmallThing {
  const dye = random.chance(0.6) ? palette.dyes.neutral : palette.dyes.greyBlue
  return thing(x, y, random.range(0.15, 0.6), dye, random, {
    wobble: 0.4,
    thickness: random.range(0.15, 0.7),
    grain: 0.5,
    grainSize: 0.5,
    soft: 0.25,
  })
}

/** A pale, ragged patch of protein or of a burst cell's remains. */
export function planSmear(x: number, y: number, palette: Palette, random: Random): SmallThing {
  const dye = random.chance(0.5) ? palette.dyes.pink : palette.dyes.greyBlue
  return thing(x, y, random.range(1.5, 5), dye, random, {
    wobble: 0.5,
    thickness: random.range(0.15, 0.45),
    grain: 0.9,
    grainSize: 0.7,
    soft: 1.5,
  })
}

/** The clear round hole that a drop of fat leaves in a marrow smear. */
export function planFatHole(x: number, y: number, radius: number, random: Random): SmallThing {
  const look = { wobble: 0.02, thickness: 0, grain: 0, grainSize: 1, soft: 0.3 }
  return { ...thing(x, y, radius, CLEAR, random, look), clears: true }
}

function thing(
  x: number,
  y: number,
  radius: number,
  dye: Dye,
  random: Random,
  look: { wobble: number; thickness: number; grain: number; grainSize: number; soft: number },
): SmallThing {
  const { wobble, ...rest } = look
  const turn = random.next()
  const axis = [cosTurn(turn), sinTurn(turn)] as const
  const outline = drawOutline(
    radius,
    { elongation: 1 + wobble * random.next(), axis, wobble, fringe: wobble / 5 },
    random,
  )
  return { x, y, outline, dye, clears: false, seed: random.int(0, 0x7fffffff), ...rest }
}

export function paintSmallThing(raster: Raster, item: SmallThing, umPerPixel: number): void {
  const widest = longest(item.outline) + item.soft
  const area = pixelsWithin(
    raster,
    umPerPixel,
    item.x - widest,
    item.y - widest,
    item.x + widest,
    item.y + widest,
  )
  if (!area) return
  const f = 1 / item.grainSize
  for (let row = area.y0; row < area.y1; row++) {
    const py = (row + 0.5) * umPerPixel - item.y
    let target = ((row - raster.top) * raster.width + area.x0) * 3
    for (let column = area.x0; column < area.x1; column++, target += 3) {
      const px = (column + 0.5) * umPerPixel - item.x
      const depth = edgeTowards(item.outline, px, py) - Math.sqrt(px * px + py * py)
      const cover = smoothstep(-item.soft, item.soft, depth)
      if (cover === 0) continue
      const grain = item.grain === 0 ? 0 : item.grain * noise(px * f, py * f, item.seed)
      const thickness = item.thickness * Math.max(0, 1 + grain)
      for (let c = 0; c < 3; c++) {
        const at = target + c
        if (item.clears) raster.data[at] = lerp(raster.data[at]!, 1, cover)
        else raster.data[at]! *= transmission(thickness * cover * item.dye[c]!)
      }
    }
  }
}

/** Dried plasma on the glass: a faint, uneven veil over the whole band. */
export function paintVeil(
  raster: Raster,
  umPerPixel: number,
  amount: number,
  palette: Palette,
  seed: number,
): void {
  if (amount <= 0) return
  const { greyBlue, pink } = palette.dyes
  for (let row = 0; row < raster.height; row++) {
    const y = (raster.top + row + 0.5) * umPerPixel
    let target = row * raster.width * 3
    for (let column = 0; column < raster.width; column++, target += 3) {
      const x = (column + 0.5) * umPerPixel
      const broad = noise(x * 0.06, y * 0.06, seed)
      const fine = noise(x * 0.9, y * 0.9, seed ^ 0x51ed270b)
      const thickness = Math.max(0, amount * (0.12 + 0.1 * broad + 0.2 * fine))
      const share = 0.5 + 0.4 * broad
      for (let c = 0; c < 3; c++) {
        raster.data[target + c]! *= transmission(thickness * lerp(greyBlue[c]!, pink[c]!, share))
      }
    }
  }
}
