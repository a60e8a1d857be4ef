import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { verifyChain } from '../audit/verify.ts'
import * as first from './0001-first.ts'
import * as second from './0002-likeness-and-second-readings.ts'
import * as third from './0003-audit-chain.ts'
import * as fifteenth from './0015-cases.ts'
import { connectDatabase } from './connect.ts'
import { TEST_DATABASES } from './for-tests.ts'

const ROWS = 1203

describe.each(TEST_DATABASES)('an audit from before the chain on %s', (_, empty) => {
  let db: ReturnType<typeof connectDatabase>
  beforeEach(async () => {
    db = connectDatabase(await empty())
    await first.up(db as never)
    await second.up(db as never)
    const old = Array.from({ length: ROWS }, (_, i) => {
      // Times repeat and the ids do not follow them.
      const id = `id-${String((i * 7919) % ROWS).padStart(5, '0')}`
      const row = { id, at: 1000 + (i >> 2), user_id: null, ip: '::1', event: '案.read', subject_id: null }
      return { ...row, status: 200, detail: '{}' }
    })
    for (let i = 0; i < ROWS; i += 400) {
      await db
        .insertInto('audit')
        .values(old.slice(i, i + 400) as never)
        .execute()
    }
  })
  afterEach(() => db.destroy())

  const chained = async () => {
    await fifteenth.up(db as never) // the check reads the columns of today
    expect(await verifyChain(db)).toMatchObject({ intact: ROWS, broken: null })
    const rows = await db.selectFrom('audit').select(['at', 'id']).orderBy('number').execute()
    expect(rows).toEqual(rows.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(ROWS)
    await expect(db.deleteFrom('audit').execute()).rejects.toThrow('append-only')
  }

  test('is chained in its order', async () => {
    await third.up(db as never)
    await chained()
  })

  test('is chained also when an attempt was stopped half-way', async () => {
    let inserts = 0
    const stopped = db.withPlugin({
      transformQuery({ node }) {
        if (node.kind === 'InsertQueryNode' && ++inserts === 3) throw new Error('stopped')
        return node
      },
      transformResult: async ({ result }) => result,
    })
    await expect(third.up(stopped as never)).rejects.toThrow('stopped')
    await third.up(db as never)
    await chained()
  })
})
