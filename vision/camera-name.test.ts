import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeArrayBuffer } from 'geotiff'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cameraName, cameraOfExif } from './camera-name.ts'
import { openImage } from './decode.ts'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'camera-'))
})
afterAll(() => rm(dir, { recursive: true }))

it.each(['jpg', 'png', 'webp', 'avif'])('the camera is read from a %s file', async (ending) => {
  const grey = sharp({ create: { width: 40, height: 30, channels: 3, background: '#aaa' } })
  const plain = join(dir, `plain.${ending}`)
  const named = join(dir, `named.${ending}`)
  await grey.clone().toFile(plain)
  await grey.withExif({ IFD0: { Make: 'OLYMPUS', Model: 'DP74' } }).toFile(named)
  expect((await openImage(named)).camera).toBe('OLYMPUS DP74')
  expect((await openImage(plain)).camera).toBeUndefined()
})

it('the camera is read from the tags of a TIFF', async () => {
  const path = join(dir, 'named-tags.tif')
  const tags = { width: 8, height: 6, Make: 'Basler', Model: 'ace 2' }
  await writeFile(path, Buffer.from(writeArrayBuffer(new Uint8Array(48), tags)))
  expect((await openImage(path)).camera).toBe('Basler ace 2')
})

it('the maker is named once, and what a file damages names nothing', () => {
  expect(cameraName('Nikon', 'NIKON DS-Fi3')).toBe('NIKON DS-Fi3')
  expect(cameraName('Leica \0\0', ' ICC50   W\0junk')).toBe('Leica ICC50 W')
  expect(cameraName('', ' ')).toBeUndefined()
  expect(cameraName('x'.repeat(300), '')).toHaveLength(190)
  expect(cameraOfExif(Buffer.from('Exif\0\0II*\0damaged'))).toBeUndefined()
})
