import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { openDatabase } from '../database/open.ts'
import { chain } from './chain.ts'
import { record } from './record.ts'
import { seal } from './seal.ts'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')

const verify = (url: string, ...more: string[]) => {
  const env = { ...process.env, DATABASE_URL: url }
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'audit', 'verify', ...more], {
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe.each(TEST_DATABASES)('marrowscope audit verify on %s', (_, empty) => {
  test('says intact, then which row was changed, with its exit code; changes nothing', async () => {
    const url = await empty()
    const db = await openDatabase(url)
    for (const event of ['case.create', 'case.read', 'case.sign']) {
      await record(db, { event })
      await chain(db, [])
    }
    const whole = verify(url)
    expect(whole).toMatchObject({ status: 0, stdout: expect.stringContaining('The audit is intact: 3 rows') })
    const kept = /--kept: (\d+:[0-9a-f]{64})/.exec(whole.stdout)![1]!
    expect(verify(url, '--kept', kept).status).toBe(0)
    expect((await db.selectFrom('audit').selectAll().execute()).length).toBe(3)

    for (const change of ['update', 'delete']) await sql.raw(`drop trigger audit_no_${change}`).execute(db)
    const rows = await db.selectFrom('audit').selectAll().orderBy('number').execute()
    await db.updateTable('audit').set({ ip: '10.0.0.9' }).where('number', '=', 2).execute()
    const broken = verify(url)
    expect(broken.status).toBe(1)
    expect(broken.stderr).toMatch(
      /The audit is broken\. Row 2 \(case\.read, .*was changed.*\n1 rows before it/,
    )

    // All of it written anew, the record of the end too: only what was kept elsewhere shows it.
    let previous = rows[0]!.previous
    for (const row of rows) {
      const forged = seal({ ...row, ip: '10.0.0.9' }, row.number, previous)
      await db.updateTable('audit').set(forged).where('number', '=', row.number).execute()
      previous = forged.sha256
    }
    await db.updateTable('audit_chain').set({ sha256: previous }).where('name', '=', 'head').execute()
    expect(verify(url).status).toBe(0)
    const anew = verify(url, '--kept', kept)
    expect([anew.status, anew.stderr]).toEqual([1, expect.stringContaining('written anew')])
    await db.destroy()
  })
})

test('without a database it says so', () => {
  const { status, stderr } = verify('file:///nowhere/marrowscope.db')
  expect(status).toBe(2)
  expect(stderr).toContain('There is no database at /nowhere/marrowscope.db')
})
