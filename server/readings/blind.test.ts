/** What a blind second reader could find out about the first one: by any answer, by what is heard, and by having seen the case before. */
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { encodeEmbedding } from '../inference/embedding-code.ts'

const BOX = { x: 9, y: 9, width: 60, height: 60 }
const TYPES = ['blast', 'monocyte', 'lymphocyte', 'not_identifiable', 'basophil'] as const
/** Of the machine and the visitor, or of the audit's rows as such; nothing of them is a case's. */
const OF_NO_CASE =
  /^\/(health|state|me|session|users|links|settings|readers|audit|administration|jobs|retention|verify|invitations)\b/

describe.each(TEST_DATABASES)('a blind reader on %s', (_, empty) => {
  let server: TestServer
  let port: number
  let first: Awaited<ReturnType<TestServer['as']>>
  let recogniser: string
  const begun = Date.now()
  beforeAll(async () => {
    server = await startTestServer(await empty())
    await server.app.listen({ host: '127.0.0.1', port: 0 })
    port = (server.app.server.address() as AddressInfo).port
    first = await server.as('doctor')
    recogniser = (await server.ports.inference.models()).recogniser.sha256
  })
  afterAll(() => server.close())

  type Caller = typeof first
  const change = (who: Caller, caseId: string, changes: object[]) =>
    who('POST', `/cases/${caseId}/changes`, { changes })
  const assign = (caseId: string, { userId }: Caller) =>
    first('POST', `/cases/${caseId}/second-readings`, { readerId: userId })
  const codeOf = async (answer: ReturnType<Caller>) => {
    const { statusCode, body } = await answer
    return statusCode === 200 ? 200 : JSON.parse(body).code
  }
  const touch = (caseId: string, id: string, version = 1) =>
    change(first, caseId, [{ id, version, set: { type: 'promyelocyte' } }])

  /** A case whose cells were seen by the recogniser. */
  async function seenCase() {
    const made = await insertCase(server.ports, TYPES)
    const n = Math.random()
    const rows = made.cellIds.map((cell_id, i) => ({
      cell_id,
      case_id: made.caseId,
      recogniser,
      embedding: encodeEmbedding(
        Array.from({ length: 192 }, (_, at) => (at === i ? 0.8 : 0.1 * Math.sin(at * n))),
      ),
    }))
    await server.ports.db.insertInto('cell_embeddings').values(rows).execute()
    return made
  }

  /** The answers to every GET route there is, by address. */
  async function everything(
    who: Caller,
    ids: { [noun: string]: string[]; cases: string[]; cells: string[] },
  ) {
    const answers = new Map<string, object>()
    const ask = async (url: string) => {
      const { statusCode, headers, rawPayload } = await who('GET', url)
      const at = /"at":\d+/g
      const body =
        rawPayload.length > 0 && /json/.test(`${headers['content-type']}`)
          ? rawPayload.toString()
          : rawPayload.toString('base64')
      const { etag, 'cache-control': cache, 'content-length': length } = headers
      answers.set(url, {
        statusCode,
        etag,
        cache,
        length,
        body: url.includes('/cells') ? body.replace(at, '') : body,
      })
    }
    const { paths } = server.app.swagger() as { paths: Record<string, { get?: object }> }
    for (const [path, methods] of Object.entries(paths)) {
      const url = path.replace(/^\/api/, '')
      if (!methods.get || OF_NO_CASE.test(url) || url.endsWith('/events')) continue
      const noun = url.split('/')[1]!
      for (const id of url.includes('{') ? (ids[noun] ?? ['none']) : [''])
        await ask(url.replace(/\{\w+\}/, id))
    }
    const [caseId] = ids.cases
    for (const query of ['?basis=reviewed', '?basis=manual'])
      await ask(`/cases/${caseId}/differential${query}`)
    for (const since of [1, begun]) await ask(`/cases/${caseId}/cells?since=${since}`)
    await ask(`/by-number?number=${caseId}`)
    for (const query of [`?search=${caseId}`, '?status=in_review', '?reader=none', '?order=oldest'])
      await ask(`/cases${query}`)
    for (const id of ids.cells) for (const v of [1, 2, 3]) await ask(`/cells/${id}/crop?v=${v}`)
    return answers
  }

  /** What the stream of a case tells a person from now on. */
  async function hear({ cookie }: Caller, caseId: string) {
    const heard: string[] = []
    const response = await new Promise<import('node:http').IncomingMessage>((open) =>
      get({ port, path: `/api/cases/${caseId}/events`, headers: { cookie } }, open),
    )
    const told = { heard, ended: false, close: () => response.destroy() }
    response.on('data', (chunk) =>
      heard.push(...`${chunk}`.split('\n').filter((line) => line.startsWith('data:'))),
    )
    response.on('end', () => {
      told.ended = true
    })
    response.on('error', () => {})
    return told
  }

  test('no answer and no event changes with what the first reader does', async () => {
    const { caseId, fieldId, cellIds } = await seenCase()
    const second = await server.as('administrator')
    await touch(caseId, cellIds[0]!)
    const [reading] = (await assign(caseId, second)).json()
    await change(second, caseId, [{ id: cellIds[4], version: 1, set: { type: 'eosinophil' } }])
    const { db } = server.ports
    const row = await db
      .selectFrom('cases')
      .select('patient_id')
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow()
    const slide = await db
      .selectFrom('slides')
      .select('id')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    const ids = {
      cases: [caseId],
      fields: [fieldId],
      cells: [...cellIds],
      slides: [slide.id],
      patients: [row.patient_id],
      'second-readings': [reading.id],
    }
    const before = await everything(second, ids)
    const [openly, blindly] = [await hear(first, caseId), await hear(second, caseId)]

    await touch(caseId, cellIds[0]!, 2)
    await touch(caseId, cellIds[1]!)
    await change(first, caseId, [
      { id: cellIds[2], version: 1, set: { reviewed: true } },
      { id: cellIds[3], version: 1, set: { type: 'plasma_cell' } },
      { id: cellIds[4], version: 1, set: { type: 'plasma_cell' } },
    ])
    await change(first, caseId, [{ id: cellIds[2], version: 2, set: { reviewed: false } }])
    const kept = (await first('POST', `/cells/${cellIds[1]}/reference`)).json()
    await first('PUT', `/cases/${caseId}/manual-count`, { counts: { blast: 40 }, version: 0 })
    for (const set of [{ deleted: true }, { box: BOX }]) {
      expect(await codeOf(change(first, caseId, [{ id: cellIds[2], version: 3, set }]))).toBe('BOXES_HELD')
    }
    expect(await codeOf(first('POST', `/fields/${fieldId}/cells`, { box: BOX }))).toBe('BOXES_HELD')
    expect(await codeOf(first('POST', `/cases/${caseId}/analyses`, { fieldIds: [fieldId] }))).toBe(
      'BOXES_HELD',
    )
    await change(second, caseId, [])

    const after = await everything(second, ids)
    expect([...after.keys()]).toEqual([...before.keys()])
    expect(before.size).toBeGreaterThan(60)
    for (const [url, answer] of after) expect([url, answer]).toEqual([url, before.get(url)])
    const stale = { 'if-none-match': (await second('GET', `/cells/${cellIds[1]}/crop`)).headers.etag }
    const again = await server.app.inject({
      url: `/api/cells/${cellIds[1]}/crop`,
      headers: { ...stale, cookie: second.cookie } as Record<string, string>,
    })
    expect(again.statusCode).toBe(304)
    expect((await second('GET', `/references/${kept.id}/picture`)).statusCode).toBe(404)
    expect((await first('GET', `/references/${kept.id}/picture`)).statusCode).toBe(200)

    // The second's own change is heard by the second alone, after all of the first's.
    await change(second, caseId, [{ id: cellIds[4], version: 2, set: { type: 'basophil' } }])
    await expect.poll(() => blindly.heard.length).toBeGreaterThan(0)
    expect(blindly.heard.map((line) => JSON.parse(line.slice(5)))).toEqual([
      { kind: 'cells', cellIds: [cellIds[4]], userId: second.userId },
    ])
    expect(openly.heard).not.toHaveLength(0)
    expect(openly.heard.join()).not.toContain(second.userId)

    const rows = (await second('GET', `/audit?case=${caseId}`)).json().items
    expect(rows).toEqual([])
    for (const url of ['/audit', '/audit?event=manual_count', '/audit/export']) {
      expect((await second('GET', url)).body).not.toContain('manual_count.write')
    }
    expect(
      (await (await server.as('administrator'))('GET', `/audit?case=${caseId}`)).json().items,
    ).not.toEqual([])

    // At the end both streams are over, so that each is asked anew who listens.
    await second('POST', `/second-readings/${reading.id}/finish`)
    await expect.poll(() => openly.ended && blindly.ended).toBe(true)
    expect((await second('GET', `/audit?case=${caseId}`)).json().items).not.toEqual([])
  })

  test('how an earlier second reader agreed with the first is not told', async () => {
    const { caseId, cellIds } = await seenCase()
    await touch(caseId, cellIds[0]!)
    const [earlier, later] = [await server.as('doctor'), await server.as('doctor')]
    const [reading] = (await assign(caseId, earlier)).json()
    await change(earlier, caseId, [{ id: cellIds[0], version: 1, set: { type: 'blast' } }])
    await earlier('POST', `/second-readings/${reading.id}/finish`)
    await first('DELETE', `/second-readings/${reading.id}`)
    await assign(caseId, later)
    const told = await later('GET', `/cases/${caseId}/second-readings`)
    expect(told.json()).toMatchObject([{ readerId: later.userId, agreement: null }])
    expect(told.body).not.toContain('promyelocyte')
  })

  test('what the first reader drew or took away before is not marked', async () => {
    const { caseId, fieldId, cellIds } = await seenCase()
    const second = await server.as('doctor')
    const added = (await first('POST', `/fields/${fieldId}/cells`, { box: BOX, type: 'eosinophil' })).json()
    await change(first, caseId, [{ id: cellIds[1], version: 1, set: { deleted: true } }])
    await assign(caseId, second)
    const cells = (await second('GET', `/cases/${caseId}/cells?since=0`)).json().cells
    expect(cells.map(({ id }: { id: string }) => id)).not.toContain(cellIds[1])
    expect(
      new Set(cells.map(({ origin, detection }: Record<string, unknown>) => `${origin} ${detection}`)).size,
    ).toBe(1)
    const own = cells.find(({ id }: { id: string }) => id === added.id)
    expect(own).toMatchObject({ reviewed: false, type: own.suggested, version: 1 })
    expect((await second('GET', `/cells/${cellIds[1]}`)).statusCode).toBe(404)
  })

  const SEEN: [string, (who: Caller, caseId: string, cellIds: string[]) => unknown][] = [
    ['read its cells', (who, caseId) => who('GET', `/cases/${caseId}/cells`)],
    ['looked at one cell', (who, _, cellIds) => who('GET', `/cells/${cellIds[0]}`)],
    ['read its differential', (who, caseId) => who('GET', `/cases/${caseId}/differential`)],
    ['read its report', (who, caseId) => who('GET', `/cases/${caseId}/report.json`)],
    [
      'counted at the microscope',
      (who, caseId) => who('PUT', `/cases/${caseId}/manual-count`, { counts: { blast: 1 }, version: 0 }),
    ],
    [
      'named a cell and took it back',
      async (who, caseId, cellIds) => {
        await change(who, caseId, [{ id: cellIds[2], version: 1, set: { reviewed: true } }])
        await change(who, caseId, [{ id: cellIds[2], version: 2, set: { reviewed: false } }])
      },
    ],
    [
      'was its first reader',
      async (who, caseId) => {
        for (const readerId of [who.userId, null]) {
          const { version } = (await first('GET', `/cases/${caseId}`)).json()
          expect(await codeOf(first('PATCH', `/cases/${caseId}`, { version, readerId }))).toBe(200)
        }
      },
    ],
    [
      'followed up its patient',
      async (who, caseId) => {
        const { patientId } = (await first('GET', `/cases/${caseId}`)).json()
        await who('GET', `/patients/${patientId}/follow-up`)
      },
    ],
    ['read the audit', (who) => who('GET', '/audit')],
  ]
  test.each(SEEN)('who %s cannot read it blind', async (_, see) => {
    const { caseId, cellIds } = await seenCase()
    await touch(caseId, cellIds[0]!)
    const [who, other] = [await server.as('administrator'), await server.as('doctor')]
    await see(who, caseId, cellIds)
    expect(await codeOf(assign(caseId, who))).toBe('READER_IS_FIRST')
    // Nor by way of another reader.
    await assign(caseId, other)
    expect(await codeOf(assign(caseId, who))).toBe('READER_IS_FIRST')
  })

  test('who looked at the case before the first reader touched it has seen nothing', async () => {
    const { caseId, cellIds } = await seenCase()
    const who = await server.as('technician')
    await who('GET', `/cases/${caseId}/cells`)
    await touch(caseId, cellIds[0]!)
    await who('GET', `/cases/${caseId}`)
    expect(await codeOf(assign(caseId, who))).toBe(200)
  })

  test('a reader from whom the case was taken back may have it again, unless it was looked at in between', async () => {
    const { caseId, cellIds } = await seenCase()
    await touch(caseId, cellIds[0]!)
    const who = await server.as('doctor')
    for (const looks of [false, true]) {
      const [reading] = (await assign(caseId, who)).json()
      expect(reading).toMatchObject({ readerId: who.userId, status: 'open' })
      await who('GET', `/cases/${caseId}/cells`)
      await change(who, caseId, [{ id: cellIds[3], version: 1, set: { type: 'monocyte' } }])
      await first('DELETE', `/second-readings/${reading.id}`)
      if (looks) await who('GET', `/cases/${caseId}/cells`)
    }
    expect(await codeOf(assign(caseId, who))).toBe('READER_IS_FIRST')
  })

  test('the blind reader is not made the first one, and no reading begins while cells are being found', async () => {
    const { caseId } = await seenCase()
    const who = await server.as('doctor')
    const { db } = server.ports
    const { version } = (await first('GET', `/cases/${caseId}`)).json()
    await db.updateTable('fields').set({ status: 'waiting' }).where('case_id', '=', caseId).execute()
    const analysis = { id: caseId, case_id: caseId, status: 'running', total: 1, done: 0, cells: 0 } as const
    const rest = {
      models: '{}',
      classes: '[]',
      error: null,
      created_by: caseId,
      created_at: 1,
      started_at: 1,
      finished_at: null,
    }
    await db
      .insertInto('analyses')
      .values({ ...analysis, ...rest })
      .execute()
    expect(await codeOf(assign(caseId, who))).toBe('ANALYSIS_RUNNING')
    await db.updateTable('analyses').set({ status: 'done' }).where('id', '=', caseId).execute()
    expect(await codeOf(assign(caseId, who))).toBe(200)
    expect(await codeOf(first('PATCH', `/cases/${caseId}`, { version, readerId: who.userId }))).toBe(
      'READER_IS_SECOND',
    )
  })
})
