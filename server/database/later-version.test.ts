/** A program that is older than its database: nothing works on it, and each says which version did and what to do. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { run } from '../process-for-tests.ts'
import { backup } from '../site/backup.ts'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'
import { openMarks } from './marks.ts'
import { openDatabase } from './open.ts'
import { type AnyDatabase, MARKS } from './tables.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'marrowscope-place-'))
const REFUSED =
  /brought up to date by Marrowscope 9\.8\.7 on \d{4}-\d\d-\d\d \(9999-of-a-later-day\), which this one, \d+\.\d+\.\d+, does not know\. Install that version again, or restore the backup/

test.each(TEST_DATABASES)(
  'on %s',
  async (_, empty) => {
    const place = { DATABASE_URL: await empty(), MARROWSCOPE_SITE: newFolder() }
    const ours = (await openDatabase(place.DATABASE_URL)) as AnyDatabase
    const saved = join(newFolder(), 'backup')
    await backup(readConfig(place), saved)
    await ours
      .insertInto('kysely_migration')
      .values({ name: '9999-of-a-later-day', timestamp: new Date().toISOString() })
      .execute()
    await ours.updateTable(MARKS).set({ value: '"9.8.7"' }).where('name', '=', 'version').execute()

    const other = { DATABASE_URL: await empty(), MARROWSCOPE_SITE: newFolder() }
    const later = place.DATABASE_URL
    for (const [file, args, env] of [
      ['main.ts', [], { ...place, MARROWSCOPE_PORT: '0' }],
      ['site/command.ts', ['backup', '--out', join(newFolder(), 'backup')], place],
      ['site/command.ts', ['move', '--to', other.DATABASE_URL], place],
      ['site/command.ts', ['move', '--from', other.DATABASE_URL, '--to', later], other],
      ['site/command.ts', ['restore', saved], place],
      ['audit/verify-command.ts', [], place],
      ['summaries/rebuild-command.ts', [], place],
    ] as const) {
      if (args.includes('--from' as never)) await (await openDatabase(other.DATABASE_URL)).destroy()
      const command = run(file, args, env)
      expect(await command.ended, command.output()).not.toBe(0)
      expect(command.output(), `${file} ${args[0]}`).toMatch(REFUSED)
      expect(command.output()).not.toMatch(/at .*\.ts:\d+/)
    }
    const marks = await (await openMarks(ours)).selectFrom(MARKS).select('name').execute()
    expect(marks).toEqual([{ name: 'version' }])
    await ours.destroy()
    const untouched = connectDatabase(later)
    expect(
      await untouched.selectFrom('audit').selectAll().where('event', 'like', 'site.%').execute(),
    ).toEqual([])
    await untouched.destroy()
  },
  240_000,
)
