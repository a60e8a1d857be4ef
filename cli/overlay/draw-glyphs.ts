/**
 * Draws glyphs.png, the letters of the overlays, from a free font: `node cli/overlay/draw-glyphs.ts`. Kept as a
 * picture because machines without fonts, or without any font configuration, must draw overlays too.
 */
import { join } from 'node:path'
import sharp from 'sharp'
import { CHARACTERS, GLYPHS } from './letters.ts'

const font = join(import.meta.dirname, '../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf')
// Full blocks fill their cells, so that the picture is not trimmed to the ink of the first and last letter.
const line = `█${CHARACTERS}█`.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const text = { text: line, font: 'DejaVu Sans Mono Bold 40', fontfile: font, dpi: 72 }
const { data, info } = await sharp({ text }).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
const advance = Math.floor(info.width / (CHARACTERS.length + 2))
// The blocks spill a few pixels over their neighbours.
for (let row = 0; row < info.height; row++) {
  data.fill(0, row * info.width, row * info.width + advance + 3)
  data.fill(0, (row + 1) * info.width - advance - 5, (row + 1) * info.width)
}
await sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  .extract({ left: advance + 1, top: 0, width: advance * CHARACTERS.length, height: info.height })
  .toColourspace('b-w')
  .png({ palette: true, colours: 16, compressionLevel: 9 })
  .toFile(GLYPHS)
