import type { TiffTags } from './tiff-tags.ts'

/** Scales a microscope camera or slide scanner can have. 12,700 dpi is 2 µm/px; 72, 96, 300 or 4800 dpi is print. */
const PLAUSIBLE = { min: 0.02, max: 2 }

const UM: Record<string, number> = {
  nm: 1e-3, µm: 1, um: 1, µ: 1, micron: 1, microns: 1, micrometer: 1, micrometre: 1, micrometers: 1, micrometres: 1,
  mm: 1e3, cm: 1e4, m: 1e6, inch: 25400,
} // biome-ignore format: a table

/** µ as it comes out of other ways to write it: an escape, the Greek letter, and UTF-8 or GBK taken for Latin-1. */
const MICRO = /\\u00b5|\\u03bc|\u03bc|Âµ|Î¼|¦Ì|&(micro|mu);/gi

function plausible(umPerPixel: number | undefined): number | undefined {
  return umPerPixel !== undefined && umPerPixel >= PLAUSIBLE.min && umPerPixel <= PLAUSIBLE.max
    ? umPerPixel
    : undefined
}

/** µm in a unit as programs write it ('µm', 'micron', '\u00B5m' spelt out, 'mm'); undefined when unknown. */
function unit(name: string): number | undefined {
  const plain = name.replace(/&#(x[\da-f]{1,4}|\d{1,5});/gi, (_, code: string) =>
    String.fromCharCode(Number(code.replace(/^x/i, '0x'))),
  )
  return UM[plain.replace(MICRO, 'µ').trim().toLowerCase()]
}

/** An attribute of an XML text in either kind of quotes. */
function attribute(xml: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]+)"|'([^']+)')`).exec(xml)
  return found?.[1] ?? found?.[2]
}

/** µm per pixel from a resolution in dots per inch; undefined when no microscope could have it. */
export function scaleFromDensity(dotsPerInch: number | undefined): number | undefined {
  return dotsPerInch ? plausible(25400 / dotsPerInch) : undefined
}

/**
 * µm per pixel from the tags of a TIFF: the OME-XML `PhysicalSizeX` (µm unless it names a unit), the `MPP` of
 * Aperio, the `unit` of ImageJ (pixels per unit in XResolution), else the plain resolution. Undefined when there is
 * none, or none that a microscope could have.
 */
export function scaleFromTiff({ description, xResolution, resolutionUnit }: TiffTags): number | undefined {
  const size = attribute(description, 'PhysicalSizeX')
  if (size !== undefined) {
    const um = unit(attribute(description, 'PhysicalSizeXUnit') ?? 'µm')
    return um && plausible(Number(size) * um)
  }
  const aperio = /\bMPP\s*=\s*([\d.]+)/.exec(description)
  if (aperio) return plausible(Number(aperio[1]))
  if (!xResolution) return undefined
  const imageJ = /^ImageJ=/.test(description) ? /^unit=(.+)$/m.exec(description)?.[1] : undefined
  const um = imageJ ? unit(imageJ.trim()) : { 2: 25400, 3: 1e4 }[resolutionUnit]
  return um && plausible(um / xResolution)
}
