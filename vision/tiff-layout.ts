import { FieldRefused } from './field-refused.ts'
import type { OpenWarning } from './result.ts'
import type { TiffPage } from './scale/tiff-tags.ts'

/** What of a TIFF is the field: one page, or three whose grey values are its red, green and blue. */
export type TiffLayout = {
  /** Numbers of pages, from 0: one, or those of red, green and blue. */
  pages: [number] | [number, number, number]
  warnings: OpenWarning[]
}

/**
 * The largest page that is no small copy and no mask; the first where several are. Three grey pages that OME or ImageJ
 * call channels are one picture. Pages that are left out are told.
 *
 * Errors: FIELD_FORMAT_NOT_READ for a camera's raw file.
 */
export function layoutOf(pages: readonly TiffPage[]): TiffLayout {
  if (pages.some(({ raw }) => raw)) {
    throw new FieldRefused('FIELD_FORMAT_NOT_READ', "is a camera's raw file; develop it to JPEG or TIFF")
  }
  const whole = pages.flatMap((page, i) => (page.reduced ? [] : [i]))
  const candidates = whole.length > 0 ? whole : pages.map((_, i) => i)
  const channels = channelOrder(pages, candidates)
  if (channels) return { pages: channels, warnings: [] }
  const area = (i: number) => pages[i]!.width * pages[i]!.height
  const best = candidates.reduce((a, b) => (area(b) > area(a) ? b : a))
  // ImageJ writes a large stack behind one page.
  const { description } = pages[0]!
  const stacked = description.startsWith('ImageJ=') && /^images=(?!1$)\d+$/m.test(description)
  return { pages: [best], warnings: candidates.length > 1 || stacked ? ['PAGES_LEFT_OUT'] : [] }
}

/** OME's colours of channels: red, green, blue and opaque as one signed number. */
const OME_COLOURS = new Map([[-16776961, 'red'], [16711935, 'green'], [65535, 'blue']]) // biome-ignore format: pairs
const RGB = ['red', 'green', 'blue']

/** The pages of red, green and blue; undefined where the file does not say that its pages are these. */
function channelOrder(
  pages: readonly TiffPage[],
  candidates: readonly number[],
): [number, number, number] | undefined {
  if (candidates.length !== 3) return undefined
  const three = candidates.map((i) => pages[i]!)
  const alike = three.every(
    ({ samples, width, height, bits, sampleFormat }) =>
      samples === 1 &&
      width === three[0]!.width &&
      height === three[0]!.height &&
      bits[0] === three[0]!.bits[0] &&
      sampleFormat === three[0]!.sampleFormat,
  )
  if (!alike) return undefined
  const { description } = pages[0]!
  const says = (name: string) =>
    new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`).exec(description)?.[1] ?? undefined
  if (/<OME\b|<\w+:OME\b/.test(description)) {
    if (says('SizeC') !== '3' || (says('SizeZ') ?? '1') !== '1' || (says('SizeT') ?? '1') !== '1')
      return undefined
    return sorted(candidates, omeColours(description))
  }
  if (!description.startsWith('ImageJ=') || says('channels') !== '3') return undefined
  if ((says('slices') ?? '1') !== '1' || (says('frames') ?? '1') !== '1') return undefined
  return [...candidates] as [number, number, number]
}

/** The colours that the channels name, in the order of the pages. */
function omeColours(xml: string): (string | undefined)[] {
  return [...xml.matchAll(/<(?:\w+:)?Channel\b[^>]*>/g)].slice(0, 3).map(([channel]) => {
    const name = /\bName\s*=\s*["'](red|green|blue|r|g|b)["']/i.exec(channel)?.[1]?.toLowerCase()
    const colour = /\bColor\s*=\s*["'](-?\d+)["']/.exec(channel)?.[1]
    return name ? RGB.find((full) => full[0] === name[0]) : OME_COLOURS.get(Number(colour))
  })
}

/** As the names say where they name all three, else as they come. */
function sorted(candidates: readonly number[], names: readonly (string | undefined)[]) {
  const order = RGB.map((name) => names.indexOf(name))
  const named = order.every((at) => at >= 0)
  return (named ? order.map((at) => candidates[at]!) : [...candidates]) as [number, number, number]
}
