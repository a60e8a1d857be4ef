import { fastify } from 'fastify'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { TEST_DATABASES } from './database/for-tests.ts'
import { openDatabase } from './database/open.ts'
import { logged, SAYING_LITTLE } from './log-errors.ts'

describe.each(TEST_DATABASES)('on %s', (_, empty) => {
  test('what the database refused is not kept in the log', async () => {
    const db = await openDatabase(await empty())
    const insert = () =>
      sql`insert into settings (name, value, version) values ('李雷', '{"note": "韩梅梅"}', 1)`.execute(db)
    await insert()
    const error: Error = await insert().then(
      () => expect.unreachable(),
      (refused) => refused,
    )
    const lines: string[] = []
    const stream = { write: (line: string) => void lines.push(line) }
    const { log } = fastify({ logger: { level: 'trace', ...SAYING_LITTLE, stream } })
    log.error(error)
    log.error({ err: error })
    log.error({ err: error }, error.message)
    log.error(error, 'the audit cannot be written')
    log.error(new Error('outside', { cause: error }))
    expect(lines).toHaveLength(5)
    for (const text of [...lines, JSON.stringify(logged(error))]) {
      expect(text).not.toMatch(/李雷|韩梅梅/)
      expect(text).toMatch(/ER_DUP_ENTRY|SQLITE_CONSTRAINT/)
    }
    expect(lines[3]).toContain('the audit cannot be written')
    expect(lines[4]).toContain('outside')
    await db.destroy()
  })
})
