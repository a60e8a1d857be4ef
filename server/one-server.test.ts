/** Two servers with two data folders on one database: the second says who has it; a killed one is followed. */
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connectDatabase } from './database/connect.ts'
import { TEST_DATABASES } from './database/for-tests.ts'
import { STALE } from './database/lock-database.ts'
import { openMarks } from './database/marks.ts'
import { type AnyDatabase, MARKS } from './database/tables.ts'
import { runServer } from './process-for-tests.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'marrowscope-folder-'))

describe.each(TEST_DATABASES)('on %s', (_, empty) => {
  test('one site has one server', async () => {
    const DATABASE_URL = await empty()
    const start = (folder: string) => runServer({ DATABASE_URL, MARROWSCOPE_SITE: folder })
    const [folder, other] = [newFolder(), newFolder()]
    const first = await start(folder)
    await first.answers()

    const second = await start(other)
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain(
      `works on this database (process ${first.child.pid} on ${hostname()}), and only one may`,
    )

    // Killed: another folder waits until its lock has run out, the same one does not.
    first.child.kill('SIGKILL')
    await first.ended
    const third = await start(other)
    expect(await third.ended).toBe(1)
    expect(third.output()).toMatch(/If it no longer runs, start again in \d+ s/)
    const again = await start(folder)
    await again.answers()
    again.child.kill('SIGKILL')
    await again.ended
    const db = connectDatabase(DATABASE_URL) as AnyDatabase
    const marks = await openMarks(db)
    await marks
      .updateTable(MARKS)
      .set((e) => ({ at: e('at', '-', STALE) }))
      .execute()
    const follower = await start(other)
    await follower.answers()

    // One that was cut off for longer, and comes back, ends by itself.
    await marks.updateTable(MARKS).set({ value: '{"token":"another"}' }).execute()
    const [code] = await once(follower.child, 'exit')
    expect(code).toBe(1)
    expect(follower.output()).toContain('works on this database now; this one ends')
    await marks.deleteFrom(MARKS).execute()

    // Ended in order, it leaves the database free at once.
    const last = await start(folder)
    await last.answers()
    last.child.kill('SIGTERM')
    expect(await last.ended).toBe(0)
    expect(await marks.selectFrom(MARKS).selectAll().where('name', '=', 'server').execute()).toEqual([])
    await db.destroy()
  }, 240_000)
})
