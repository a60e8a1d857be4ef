/** `marrowscope references import`: reads the server's settings; exit code 1 and one sentence when it fails. */
import { readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type CellType,
  isCropFile,
  MarrowscopeError,
  type PublishedSet,
  publishedCrop,
  setOfCrops,
  someOfEach,
} from '../../cytology/index.ts'
import { readConfig } from '../config.ts'
import { connectDatabase } from '../database/connect.ts'
import { mustExist } from '../database/must-exist.ts'
import { refuseLaterVersion } from '../database/open.ts'
import { Decoding } from '../decoding/decoding.ts'
import { ChildInference } from '../inference/child.ts'
import { writeForOwnerAlone } from '../owner-alone.ts'
import { startError } from '../start-error.ts'
import { FolderStorage } from '../storage/folder.ts'
import { addToSet, openSet } from './reference-sets.ts'

/** ms between lines of progress. */
const PACE = 1000

interface Crop {
  file: string
  type: CellType
  set: PublishedSet | null
}

async function cropsIn(folder: string): Promise<Crop[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && isCropFile(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return files.flatMap((file) => {
    const crop = publishedCrop(relative(resolve(folder, '..'), file))
    return crop ? [{ file, ...crop }] : []
  })
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    source: { type: 'string' },
    licence: { type: 'string' },
    address: { type: 'string' },
    'um-per-pixel': { type: 'string' },
    'per-type': { type: 'string' },
  },
})

async function run(folder: string): Promise<void> {
  const config = readConfig(process.env)
  mustExist(config.databaseUrl)
  const crops = await cropsIn(folder)
  const [first] = crops
  if (!first) {
    throw new Error(
      `No image in ${folder} lies in a folder that names a type; name the folders by the ids of types, as plasma_cell, or give a public set as it was downloaded.`,
    )
  }
  const known = setOfCrops(crops)
  const source = values.source ?? known?.source
  const licence = values.licence ?? known?.licence
  if (!source || !licence) {
    throw new Error('Say where the cells are from and under what licence, with --source and --licence.')
  }
  const umPerPixel = Number(values['um-per-pixel'] ?? known?.umPerPixel)
  if (!(umPerPixel > 0 && umPerPixel <= 2)) {
    throw new Error('Say how many µm a pixel is, with --um-per-pixel, e.g. 0.1.')
  }
  const perType = Number(values['per-type'])
  if (!Number.isInteger(perType) || perType < 1) throw new Error('--per-type is a number from 1 on.')

  const db = connectDatabase(config.databaseUrl)
  const inference = new ChildInference(config.modelsFolder)
  try {
    await refuseLaterVersion(db)
    const storage = new FolderStorage(join(config.dataFolder, 'images'))
    const ports = { config, db, storage, inference, decoding: new Decoding(config.limits.decoding) }
    const address = values.address ?? known?.address ?? ''
    const setId = await openSet(db, { source, licence, address }, null)
    const chosen = someOfEach(crops, perType)
    let [taken, there, told] = [0, 0, performance.now()]
    const broken: string[] = []
    for (const [i, { file, type }] of chosen.entries()) {
      if (performance.now() - told > PACE) {
        told = performance.now()
        console.error(`${i} of ${chosen.length}`)
      }
      try {
        if (await addToSet(ports, { setId, type, file, umPerPixel }, null)) taken++
        else there++
      } catch (error) {
        if (!(error instanceof MarrowscopeError)) throw error
        broken.push(`${file}: ${error.message}`)
      }
    }
    const types = new Set(chosen.map(({ type }) => type)).size
    console.log(
      `Taken: ${taken} cells of ${types} types from ${source} (${licence})${there ? `; ${there} were there already` : ''}.`,
    )
    for (const line of broken) console.error(`Not taken: ${line}`)
    if (broken.length > 0) process.exitCode = 1
  } finally {
    await inference.close()
    await db.destroy()
  }
}

writeForOwnerAlone()
try {
  await run(resolve(positionals[0] ?? ''))
} catch (error) {
  console.error(`It was not done. ${startError(error)}`)
  process.exitCode = 1
}
