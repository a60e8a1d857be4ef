import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fieldsOfCoco, parseCoco } from '../annotation/index.ts'
import { CELL_TYPES } from '../cytology/index.ts'
import { drawField } from '../testkit/index.ts'
import { drawCommand } from './draw.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'draw-'))
  vi.spyOn(console, 'log').mockImplementation(() => {})
})
afterEach(() => rm(dir, { recursive: true }))

async function run(...words: string[]): Promise<void> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  drawCommand(program)
  program.commands[0]!.exitOverride().configureOutput({ writeErr: () => {} })
  await program.parseAsync(['draw', '--out', dir, ...words], { from: 'user' })
}

test('writes fields and labels that read back as they were drawn', async () => {
  await run('--count', '2', '--seed', '70', '--width', '300', '--height', '200', '--scale', '0.25')
  const file = join(dir, 'annotations.json')
  const coco = parseCoco(JSON.parse(await readFile(file, 'utf8')), file)
  expect(coco.categories.map(({ id, name }) => [id, name])).toEqual(
    CELL_TYPES.map((name, i) => [i + 1, name]),
  )
  const fields = fieldsOfCoco(coco, 'drawn', (image) => join(dir, image.file_name))
  expect(fields).toHaveLength(2)
  for (const [i, field] of fields.entries()) {
    const drawn = drawField({ seed: 70 + i, width: 300, height: 200, umPerPixel: 0.25 })
    expect(field.umPerPixel).toBe(0.25)
    expect(field.boxes.map(({ box, label }) => [box, label])).toEqual(
      drawn.cells.map(({ box, type }) => [box, type]),
    )
    expect(await sharp(field.file).raw().toBuffer()).toEqual(Buffer.from(drawn.data))
  }
})

test('refuses a preset, a number and a scale that make no sense', async () => {
  await expect(run('--preset', 'nothing')).rejects.toThrow('crowded')
  await expect(run('--count', '1.5')).rejects.toThrow('whole number')
  await expect(run('--scale', '0')).rejects.toThrow('µm per pixel')
})
