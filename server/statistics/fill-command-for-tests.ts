/** `node server/statistics/fill-command-for-tests.ts CASES CELLS READER_ID`: made-up cases in the site of the environment. */
import { readConfig } from '../config.ts'
import { openDatabase } from '../database/open.ts'
import { fillSite } from './fill-for-tests.ts'

const [cases, cellsPerCase, reader] = process.argv.slice(2)
const db = await openDatabase(readConfig(process.env).databaseUrl)
const corrected = (month: number) => (month === 11 ? 0.3 : 0.08)
const readers = reader ? { readers: [reader] } : {}
await fillSite(db, { cases: Number(cases), cellsPerCase: Number(cellsPerCase), corrected, ...readers })
await db.destroy()
