import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DICTIONARY, dictionary } from './dictionary.ts'
import { openDatabase } from './open.ts'
import type { AnyDatabase } from './tables.ts'

const file = join(mkdtempSync(join(tmpdir(), 'marrowscope-')), 'empty.db')
const db = (await openDatabase(pathToFileURL(file).href)) as AnyDatabase
writeFileSync(DICTIONARY, await dictionary(db))
await db.destroy()
