/** What somebody who may write the database does to a signed report or to the audit is found by the other of the two. */
import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chain } from '../audit/chain.ts'
import { seal } from '../audit/seal.ts'
import { SiteKey } from '../audit/site-key.ts'
import { verifyAudit } from '../audit/verify-audit.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { canonical, sha256 } from '../hashing/canonical.ts'

const PASSWORD = 'correct horse battery'

describe.each(TEST_DATABASES)('signatures and audit on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  let caseId: string
  /** Outside the site's own folder. */
  let kept: string
  const keptThere = () => ({
    MARROWSCOPE_AUDIT_HEADS: join(kept, 'heads.txt'),
    MARROWSCOPE_SITE_KEY: join(kept, 'key.pem'),
  })
  beforeEach(async () => {
    kept = mkdtempSync(join(tmpdir(), 'marrowscope-kept-'))
    server = await startTestServer(await empty(), keptThere())
    doctor = await server.as('administrator', PASSWORD)
    caseId = await signed()
    for (const text of ['first', 'second'])
      await doctor('POST', `/cases/${caseId}/addenda`, { text, password: PASSWORD })
    await server.app.journal.settle()
    await server.heads.keep()
  })
  afterEach(() => server.close())

  async function signed(): Promise<string> {
    const made = await insertCase(server.ports, ['blast', 'monocyte'])
    const accepted = ['UNREVIEWED_LEFT', 'BELOW_TARGET']
    const body = { version: 1, password: PASSWORD, accepted }
    expect((await doctor('POST', `/cases/${made.caseId}/sign`, body)).statusCode).toBe(200)
    return made.caseId
  }
  const verdict = async () => (await verifyAudit(server.ports.db, server.ports.config)).broken
  const shown = async () =>
    (await doctor('GET', `/cases/${caseId}/signatures`)).json() as { intact: boolean; lost: number }[]
  const rowsOf = () =>
    server.ports.db
      .selectFrom('signatures')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('number')
      .execute()
  const set = (id: string, values: object) =>
    server.ports.db.updateTable('signatures').set(values).where('id', '=', id).execute()

  test('agree while nobody has touched either', async () => {
    expect(await verdict()).toBeNull()
    expect((await shown()).map(({ intact, lost }) => [intact, lost])).toEqual(Array(3).fill([true, 0]))
  })

  test('a snapshot that was swapped, with all hashes after it made anew, is not intact', async () => {
    let previous = ''
    for (const row of await rowsOf()) {
      const content = JSON.parse(row.snapshot)
      if (row.kind === 'signature') content.patient.name = '李四'
      else content.previous = previous
      const snapshot = canonical(content)
      previous = sha256(snapshot)
      await set(row.id, { snapshot, sha256: previous })
    }
    expect((await shown()).map(({ intact }) => intact)).toEqual([false, false, false])
    expect(await verdict()).toMatchObject({ message: expect.stringContaining(`signed in case ${caseId}`) })
    const [first] = await rowsOf()
    const answer = (await doctor('GET', `/signatures/${first!.sha256}`)).json()
    expect(answer).toMatchObject({ exists: true, intact: false })
  })

  test('an addendum that is taken from the end is missed, and so is the whole report', async () => {
    const { db } = server.ports
    const [, , last] = await rowsOf()
    await db.deleteFrom('signatures').where('id', '=', last!.id).execute()
    expect((await shown()).map(({ lost }) => lost)).toEqual([1, 1])
    expect(await verdict()).toMatchObject({ message: expect.stringContaining('that is gone from case') })
    await db.deleteFrom('signatures').where('case_id', '=', caseId).execute()
    expect(await verdict()).toMatchObject({ message: expect.stringContaining('that is gone from case') })
    await db.deleteFrom('cases').where('id', '=', caseId).execute()
    expect(await verdict()).toMatchObject({ message: expect.stringContaining('was not erased') })
  })

  test('an addendum that nobody wrote is not intact, however well it is made', async () => {
    const [, , last] = await rowsOf()
    const content = JSON.parse(last!.snapshot)
    const snapshot = canonical({ ...content, previous: last!.sha256, number: 4, text: 'forged' })
    const row = { ...last!, id: 'forged', number: 4, text: 'forged', snapshot, sha256: sha256(snapshot) }
    await server.ports.db.insertInto('signatures').values(row).execute()
    expect((await shown()).map(({ intact }) => intact)).toEqual([true, true, true, false])
    expect(await verdict()).toMatchObject({ message: expect.stringContaining('nobody signed it here') })
  })

  test('what was signed before the audit held hashes stays intact, and nothing more than that', async () => {
    const { db } = server.ports
    const made = await insertCase(server.ports, ['blast'])
    const snapshot = canonical({ signature: { userName: '王医生' } })
    const row = {
      id: 'old',
      case_id: made.caseId,
      number: 1,
      kind: 'signature',
      user_id: doctor.userId,
    } as const
    const old = { ...row, at: 1, text: '', snapshot, sha256: sha256(snapshot) }
    await db.insertInto('signatures').values(old).execute()
    caseId = made.caseId
    expect((await shown()).map(({ intact }) => intact)).toEqual([false])
    const entry = { id: 'old row', at: 1, user_id: doctor.userId, ip: '', event: 'case.sign', status: 200 }
    const of = { subject_id: caseId, case_id: null, patient_id: null, detail: '{}' }
    await chain(db, [{ entry: { ...entry, ...of } }])
    expect((await shown()).map(({ intact }) => intact)).toEqual([true])
    expect(await verdict()).toBeNull()
    await db
      .insertInto('signatures')
      .values({ ...old, id: 'put in', number: 2 })
      .execute()
    expect((await shown()).map(({ intact }) => intact)).toEqual([true, false])
    expect(await verdict()).toMatchObject({ message: expect.stringContaining('nobody signed it here') })
  })

  test('an erased patient is missed by neither', async () => {
    const { patient_id } = await server.ports.db
      .selectFrom('cases')
      .select('patient_id')
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow()
    const { version, confirm } = (await doctor('GET', `/patients/${patient_id}/erasure`)).json()
    const body = { version, confirm, password: PASSWORD, reason: 'asked for', acceptSigned: true }
    expect((await doctor('POST', `/patients/${patient_id}/erase`, body)).statusCode).toBe(200)
    await server.app.journal.settle()
    expect(await verdict()).toBeNull()
    await server.ports.db.deleteFrom('erased_patients').execute()
    expect(await verdict()).toMatchObject({ message: expect.stringContaining('was not erased') })
  })

  const withoutTriggers = async () => {
    for (const change of ['update', 'delete'])
      await sql.raw(`drop trigger audit_no_${change}`).execute(server.ports.db)
  }
  /** The last rows go, and the record of the end with them. */
  async function truncate(): Promise<void> {
    const { db } = server.ports
    await withoutTriggers()
    const [, end] = await db.selectFrom('audit').selectAll().orderBy('number', 'desc').limit(2).execute()
    await db.deleteFrom('audit').where('number', '>', end!.number).execute()
    const head = { number: end!.number, sha256: end!.sha256 }
    await db.updateTable('audit_chain').set(head).where('name', '=', 'head').execute()
  }
  async function rewrite(): Promise<void> {
    const { db } = server.ports
    await withoutTriggers()
    const rows = await db.selectFrom('audit').selectAll().orderBy('number').execute()
    let previous = rows[0]!.previous
    for (const row of rows) {
      const forged = seal({ ...row, ip: '10.0.0.9' }, row.number, previous)
      await db.updateTable('audit').set(forged).where('number', '=', row.number).execute()
      previous = forged.sha256
    }
    await db.updateTable('audit_chain').set({ sha256: previous }).where('name', '=', 'head').execute()
  }

  test.each([
    ['truncated', truncate, 'rows were taken from the end'],
    ['written anew', rewrite, 'the chain was written anew'],
  ])(
    'a chain that was %s does not pass, without anybody having kept anything',
    async (_how, attack, message) => {
      await attack()
      expect(await verdict()).toMatchObject({ message: expect.stringContaining(message) })
      const { auditHeads, siteKey } = server.ports.config
      // The file, too, is written anew by somebody without the key.
      const head = await server.ports.db
        .selectFrom('audit_chain')
        .selectAll()
        .where('name', '=', 'head')
        .executeTakeFirstOrThrow()
      const keyId = new SiteKey(readFileSync(siteKey, 'utf8')).id
      const forged = `${head.number}:${head.sha256} 2026-01-01T00:00:00.000Z ${keyId}`
      writeFileSync(auditHeads, `${forged} ${Buffer.alloc(64).toString('base64')}\n`)
      expect(await verdict()).toMatchObject({
        message: expect.stringContaining('was not signed by this site'),
      })
    },
  )

  test('a truncated chain is told by health while the server works, and at the next start', async () => {
    const told = async () => {
      const head = await server.as('administrator')
      const { parts } = (await head('GET', '/administration/health')).json()
      return parts.find(({ part }: { part: string }) => part === 'audit').code
    }
    await truncate()
    await server.heads.keep()
    expect(await told()).toBe('AUDIT_BROKEN')
    const { db, config } = server.ports
    await db.deleteFrom('audit_chain').where('name', '=', 'broken').execute()
    await server.close()
    server = await startTestServer(config.databaseUrl, keptThere())
    expect(await told()).toBe('AUDIT_BROKEN')
  })

  test('the key is its owner’s alone; a line that a crash has cut off is none', async () => {
    const { auditHeads, siteKey } = server.ports.config
    expect(statSync(siteKey).mode & 0o077).toBe(0)
    appendFileSync(auditHeads, '99:cut')
    expect(await verdict()).toBeNull()
  })
})
