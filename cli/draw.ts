import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import sharp from 'sharp'
import type { CocoDocument } from '../annotation/index.ts'
import { CELL_TYPES } from '../cytology/index.ts'
import { type DrawnField, drawField, type FieldOptions, PRESETS, type PresetName } from '../testkit/index.ts'

interface DrawOptions {
  out: string
  count: number
  seed: number
  preset?: PresetName
  width?: number
  height?: number
  scale?: number
}

/** `draw`: synthetic fields as PNG with their boxes and types as one COCO JSON. */
export function drawCommand(program: Command): void {
  program
    .command('draw')
    .description('draw synthetic marrow fields with their boxes and types (COCO), for tests and experiments')
    .requiredOption('--out <dir>', 'folder to write to')
    .option('--count <n>', 'how many fields', wholeNumber, 1)
    .option('--seed <n>', 'seed of the first field; the next ones count up', wholeNumber, 1)
    .option('--preset <name>', `one of ${Object.keys(PRESETS).join(', ')}`, presetName)
    .option('--width <pixels>', 'width of a field', wholeNumber)
    .option('--height <pixels>', 'height of a field', wholeNumber)
    .option('--scale <µm per pixel>', 'scale of a field', positive)
    .action(draw)
}

async function draw(options: DrawOptions): Promise<void> {
  const { out, count, seed, preset, width, height, scale } = options
  await mkdir(out, { recursive: true })
  const fields: NamedField[] = []
  for (let i = 0; i < count; i++) {
    const fieldOptions: FieldOptions = {
      ...(preset ? PRESETS[preset] : {}),
      seed: seed + i,
      ...(width ? { width } : {}),
      ...(height ? { height } : {}),
      ...(scale ? { umPerPixel: scale } : {}),
    }
    const { data, ...field } = drawField(fieldOptions)
    const file = `${preset ?? 'field'}-${seed + i}.png`
    await sharp(data, { raw: { width: field.width, height: field.height, channels: 3 } }).toFile(
      join(out, file),
    )
    fields.push({ file, field })
  }
  await writeFile(join(out, 'annotations.json'), JSON.stringify(drawnCoco(fields), null, 1))
  const cells = fields.reduce((sum, { field }) => sum + field.cells.length, 0)
  console.log(`Drew ${count} synthetic ${count === 1 ? 'field' : 'fields'} with ${cells} cells in ${out}.`)
}

export interface NamedField {
  file: string
  field: Omit<DrawnField, 'data'>
}

/** COCO labels whose categories are all the types in their usual order, so that files of several runs can be joined. */
export function drawnCoco(fields: NamedField[]): CocoDocument {
  const cells = fields.flatMap(({ field }, i) => field.cells.map((cell) => ({ ...cell, imageId: i + 1 })))
  return {
    images: fields.map(({ file, field }, i) => ({
      id: i + 1,
      file_name: file,
      width: field.width,
      height: field.height,
      um_per_pixel: field.umPerPixel,
    })),
    annotations: cells.map(({ box, type, imageId }, i) => ({
      id: i + 1,
      image_id: imageId,
      category_id: CELL_TYPES.indexOf(type) + 1,
      bbox: box,
      area: box[2] * box[3],
      iscrowd: 0,
    })),
    categories: CELL_TYPES.map((name, i) => ({ id: i + 1, name })),
  }
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Give a whole number, 0 or more.')
  return value
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value < 10)) throw new InvalidArgumentError('Give µm per pixel, for example 0.1.')
  return value
}

function presetName(text: string): PresetName {
  if (Object.hasOwn(PRESETS, text)) return text as PresetName
  throw new InvalidArgumentError(`Give one of ${Object.keys(PRESETS).join(', ')}.`)
}
