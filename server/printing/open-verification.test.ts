/** What anyone may ask of a signed page, an addendum looked at before it is added, and what a signer is asked to accept. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_DRAFT } from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { pages } from './pages-for-tests.ts'

const PASSWORD = 'correct horse battery'
const ACCEPTED = ['UNREVIEWED_LEFT', 'BELOW_TARGET']

describe.each(TEST_DATABASES)('a signed page on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor', PASSWORD)
  })
  afterAll(() => server.close())

  const signed = async () => {
    const { caseId } = await insertCase(server.ports, ['blast', 'erythroblast'])
    const body = { version: 1, password: PASSWORD, accepted: ACCEPTED }
    expect((await doctor('POST', `/cases/${caseId}/sign`, body)).statusCode).toBe(200)
    return caseId
  }
  const hashes = async (caseId: string): Promise<string[]> =>
    (await doctor('GET', `/cases/${caseId}/signatures`)).json().map((one: { sha256: string }) => one.sha256)
  /** As somebody who has no account. */
  const ask = (sha256: string) => server.app.inject({ method: 'GET', url: `/api/verify/${sha256}` })
  const pdf = (caseId: string, more = '', host = 'localhost:8080') =>
    server.app.inject({
      ...{ method: 'GET' as const, url: `/api/cases/${caseId}/report.pdf?lang=en${more}` },
      headers: { cookie: doctor.cookie, host },
    })

  test('anyone is told whether it holds, since when, and nothing else', async () => {
    const caseId = await signed()
    const [first] = await hashes(caseId)
    const answer = await ask(first!)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({ state: 'valid', signedAt: expect.any(Number) })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect((await ask('0'.repeat(64))).json()).toEqual({ state: 'unknown', signedAt: null })
    // An id is no hash, and whose it is only an account is told.
    expect((await ask(caseId)).statusCode).toBe(400)
    const whose = await server.app.inject({ method: 'GET', url: `/api/signatures/${first}` })
    expect(whose.statusCode).toBe(401)

    const addendum = { text: 'Flow cytometry agrees.', password: PASSWORD }
    await doctor('POST', `/cases/${caseId}/addenda`, addendum)
    const [, second] = await hashes(caseId)
    expect((await ask(first!)).json().state).toBe('superseded')
    expect((await ask(second!)).json().state).toBe('valid')

    await server.ports.db
      .updateTable('signatures')
      .set((eb) => ({ snapshot: eb.fn('replace', ['snapshot', eb.val('张三'), eb.val('李四')]) }))
      .where('sha256', '=', first!)
      .execute()
    expect((await ask(first!)).json()).toEqual({ state: 'not_valid', signedAt: expect.any(Number) })
  })

  test('whoever asks very often is told to wait', async () => {
    const statuses = []
    for (let n = 0; n < 40; n++) statuses.push((await ask('1'.repeat(64))).statusCode)
    expect(statuses.at(-1)).toBe(429)
  })

  test('an addendum is looked at as it would print; only its writer sees it, and nothing is added', async () => {
    const caseId = await signed()
    const preview = (
      await doctor('POST', `/cases/${caseId}/addenda/previews`, { text: 'Late finding.' })
    ).json()
    const shown = await pdf(caseId, `&addendum=${preview.id}`)
    expect(shown.statusCode).toBe(200)
    const text = pages(shown.rawPayload)?.join(' ')
    if (text !== undefined) {
      for (const part of ['AMENDED', 'PREVIEW', 'Late finding.']) expect(text).toContain(part)
    }
    expect(pages((await pdf(caseId)).rawPayload)?.join(' ') ?? '').not.toContain('AMENDED')
    expect(await hashes(caseId)).toHaveLength(1)
    const other = await server.as('doctor')
    const theirs = await other('GET', `/cases/${caseId}/report.pdf?addendum=${preview.id}`)
    expect([theirs.statusCode, theirs.json().code]).toEqual([404, 'PREVIEW_GONE'])
    const reader = await server.as('read_only')
    expect((await reader('POST', `/cases/${caseId}/addenda/previews`, { text: 'x' })).statusCode).toBe(403)
  })

  test('the amended page says so at its top', async () => {
    const caseId = await signed()
    await doctor('POST', `/cases/${caseId}/addenda`, { text: 'Late finding.', password: PASSWORD })
    for (const [lang, word] of [
      ['en', 'AMENDED'],
      ['zh', '已补充'],
    ]) {
      const answer = await doctor('GET', `/cases/${caseId}/report.pdf?lang=${lang}`)
      const text = pages(answer.rawPayload)
      if (text) expect(text[0]!.trim().indexOf(word!)).toBeLessThan(200)
      if (text) expect(text[0]).toContain(word)
    }
  })

  test('what contradicts the numbers is asked by itself, accepted by itself, and audited', async () => {
    const { caseId } = await insertCase(server.ports, [
      ...Array(40).fill('blast'),
      ...Array(60).fill('erythroblast'),
    ])
    const texts = { opinion: { zh: '', en: 'Blasts are not increased. Marrow about normal.' } }
    const draft = { ...EMPTY_DRAFT, texts }
    await doctor('PUT', `/cases/${caseId}/report-draft`, { draft, version: 0 })
    const checks = (await doctor('GET', `/cases/${caseId}/checks`)).json()
    const keys = checks.flatMap(({ key }: { key?: string }) => key ?? [])
    const phrase = 'PHRASE_CONTRADICTS:opinion:blast:not_increased'
    expect(keys).toEqual(expect.arrayContaining([phrase, 'SHARE_FAR:blast']))
    expect(checks.find(({ key }: { key?: string }) => key === phrase)).toMatchObject({
      blocking: false,
      numbers: { words: 'Blasts are not increased', value: 40, types: ['blast'], reference: '0–2' },
    })
    const sign = (accepted: string[]) =>
      doctor('POST', `/cases/${caseId}/sign`, { version: 1, password: PASSWORD, accepted })
    const some = await sign([...ACCEPTED, ...keys.filter((key: string) => key !== phrase)])
    expect(some.json()).toMatchObject({ code: 'NOT_ACCEPTED', details: { checks: [{ key: phrase }] } })
    expect((await sign([...ACCEPTED, ...keys])).statusCode).toBe(200)
    await server.app.journal.settle()
    const row = await server.ports.db
      .selectFrom('audit')
      .select('detail')
      .where('case_id', '=', caseId)
      .where('event', '=', 'case.sign')
      .where('status', '=', 200)
      .executeTakeFirstOrThrow()
    expect(row.detail).toContain(phrase)
    const text = pages((await pdf(caseId)).rawPayload)?.join(' ') ?? ''
    expect(text).not.toContain('PHRASE_CONTRADICTS')
  })
})
