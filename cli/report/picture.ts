import sharp from 'sharp'
import type { Box } from '../../annotation/index.ts'
import { decode, openImage } from '../../vision/index.ts'
import { finished, type Html, html } from './html.ts'

/** Side of a picture in the page, CSS pixels. */
const SIDE = 112
/** Image pixels to a CSS pixel, for screens that have more than one. */
const SHARPNESS = 2

/** A box to draw on a picture, in image pixels. */
export type Outline = { box: Box; colour: string; dashed: boolean }

/**
 * A small square picture of what lies around `centre`, as inline SVG with the image inside.
 * @param file image file, decoded with its EXIF orientation
 * @param centre image pixels
 * @param side side of the shown square, image pixels; what lies outside of the image is grey
 */
export async function picture(
  file: string,
  centre: readonly [x: number, y: number],
  side: number,
  outlines: Outline[],
  label: string,
): Promise<Html> {
  const whole = Math.max(1, Math.round(side))
  const left = Math.round(centre[0] - whole / 2)
  const top = Math.round(centre[1] - whole / 2)
  const data = await cutOut(file, left, top, whole)
  const scale = SIDE / whole
  const rects = outlines.map(({ box: [x, y, w, h], colour, dashed }) => {
    const dash = dashed ? ' stroke-dasharray="4 3"' : ''
    const place = [x - left, y - top, w, h].map((value) => (value * scale).toFixed(1))
    const rect = `<rect x="${place[0]}" y="${place[1]}" width="${place[2]}" height="${place[3]}" fill="none"`
    return `${rect} stroke="#fff" stroke-opacity=".6" stroke-width="3"/>${rect} stroke="${colour}" stroke-width="1.5"${dash}/>`
  })
  return html`<svg viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label="${label}"><image width="${SIDE}" height="${SIDE}" href="data:image/webp;base64,${data}"/>${finished(rects.join(''))}</svg>`
}

async function cutOut(file: string, left: number, top: number, side: number): Promise<string> {
  const { data, width, height } = await decode(await openImage(file))
  const inside = {
    left: clamp(left, width - 1),
    top: clamp(top, height - 1),
    right: clamp(left + side, width),
    bottom: clamp(top + side, height),
  }
  const cut = await sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .extract({
      left: inside.left,
      top: inside.top,
      width: inside.right - inside.left,
      height: inside.bottom - inside.top,
    })
    .extend({
      left: inside.left - left,
      top: inside.top - top,
      right: left + side - inside.right,
      bottom: top + side - inside.bottom,
      background: '#d9dadd',
    })
    .png()
    .toBuffer()
  const pixels = SIDE * SHARPNESS
  const small = await sharp(cut).resize(pixels, pixels, { fit: 'fill' }).webp({ quality: 60 }).toBuffer()
  return small.toString('base64')
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max)
}
