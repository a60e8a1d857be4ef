/** Ten cases, fourteen changes of each, all at once: of two that knew the same version one is made, and each case agrees with itself. */
import { describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, type Answer, Api } from './api.ts'
import { HAS_MARIADB, openDatabaseServer } from './database-server.ts'
import { openSite, type Site } from './site.ts'
import { openSql } from './sql.ts'

const CASES = 10
const patient = (name: string, n: number) => ({
  ...{ hospitalNumber: `H-${n}`, name, sex: 'female', birthDate: null },
})

async function race(site: Site, url?: string): Promise<void> {
  const api = await new Api(site.address).signIn()
  const cases = []
  for (let n = 0; n < CASES; n++) {
    const made = await api.ok('POST', '/api/cases', {
      ...{ marrowNumber: `RACE-${n}`, patient: patient('First', n), target: 10 },
    })
    const { id, patientId } = made
    await api.ok('PUT', `/api/cases/${id}/manual-count`, { counts: { blast: 10 }, version: 0 })
    const { version } = await api.ok('GET', `/api/cases/${id}`)
    const { draft } = await api.ok('GET', `/api/cases/${id}/report-draft`)
    // Of one session no more than eight passwords are looked at at once.
    const person = await new Api(site.address).signIn()
    cases.push({ n, id, patientId, version, draft, person })
  }

  const outcomes = await Promise.all(
    cases.map(async ({ n, id, patientId, version, draft, person }) => {
      const of = `/api/cases/${id}`

      const asked: [string, string, string, unknown][] = [
        ['count', 'PUT', `${of}/manual-count`, { counts: { monocyte: 10 }, version: 1 }],
        ['count', 'PUT', `${of}/manual-count`, { counts: { lymphocyte: 10 }, version: 1 }],
        ['count', 'PUT', `${of}/manual-count`, { counts: { plasma_cell: 10 }, version: 1 }],
        ['patient', 'PATCH', `/api/patients/${patientId}`, { ...patient('Second', n), version: 1 }],
        ['patient', 'PATCH', `/api/patients/${patientId}`, { ...patient('Third', n), version: 1 }],
        ['case', 'PATCH', of, { version, clinicalNote: 'one' }],
        ['case', 'PATCH', of, { version, clinicalNote: 'two' }],
        ['draft', 'PUT', `${of}/report-draft`, { draft, version: 0 }],
        ['draft', 'PUT', `${of}/report-draft`, { draft, version: 0 }],
        ['slide', 'POST', `${of}/slides`, { label: 'A' }],
        ['slide', 'POST', `${of}/slides`, { label: 'B' }],
        ['sign', 'POST', `${of}/sign`, { version, password: ADMINISTRATOR.password, accepted: [] }],
        ['sign', 'POST', `${of}/sign`, { version, password: ADMINISTRATOR.password, accepted: [] }],
        ['addendum', 'POST', `${of}/addenda`, { text: 'after', password: ADMINISTRATOR.password }],
      ]
      const answers = await Promise.all(
        asked.map(
          async ([kind, method, path, body]) => [kind, body, await person.call(method, path, body)] as const,
        ),
      )
      return { id, patientId, answers }
    }),
  )

  const sql = await openSql(site.folder, url)
  for (const { id, patientId, answers } of outcomes) {
    const strange = answers.filter(([, , { status }]) => ![200, 201, 409].includes(status))
    expect(strange).toEqual([])
    // biome-ignore lint/suspicious/noExplicitAny: bodies of many forms
    const done = (kind: string): [any, Answer['body']][] =>
      answers
        .filter(([of, , { status }]) => of === kind && status < 300)
        .map(([, asked, { body }]) => [asked, body])
    for (const kind of ['count', 'case', 'draft', 'sign', 'patient'])
      expect(done(kind).length, kind).toBeLessThanOrEqual(1)
    // Nothing but the other stands in the way of these.
    expect(done('patient')).toHaveLength(1)

    const now = await api.ok('GET', `/api/cases/${id}`)
    const [made] = done('patient')
    const [row] = await sql.all('select name, version from patients where id = ?', [patientId])
    expect([row!.name, Number(row!.version)]).toEqual([made![0].name, 2])
    if (done('case').length > 0) expect(now.clinicalNote).toBe(done('case')[0]![0].clinicalNote)
    const count = await api.ok('GET', `/api/cases/${id}/manual-count`)
    const counts = done('count')[0]?.[0].counts ?? { blast: 10 }
    expect([count.counts, count.version]).toMatchObject([counts, 1 + done('count').length])
    expect((await api.ok('GET', `/api/cases/${id}/slides`)).length).toBe(1 + done('slide').length)

    // Signed or not, and never a report of what was changed under it.
    const signatures = await api.ok('GET', `/api/cases/${id}/signatures`)
    const isSigned = done('sign').length === 1

    expect(signatures.length).toBe(done('sign').length + done('addendum').length)
    expect(
      signatures.every(({ intact, lost }: { intact: boolean; lost: number }) => intact && lost === 0),
    ).toBe(true)
    expect(['signed', 'addended'].includes(now.status)).toBe(isSigned)
    if (!isSigned) continue
    const [frozen] = await sql.all('select snapshot from signatures where case_id = ?', [id])
    const [type] = Object.keys(counts)
    expect(frozen!.snapshot).toContain(`"${type}":10`)
    const after = await api.call('PUT', `/api/cases/${id}/manual-count`, {
      counts: { blast: 9 },
      version: count.version,
    })
    expect([after.status, after.body.code]).toEqual([409, 'CASE_SIGNED'])
  }
  await expect.poll(() => sql.all('select id from audit_outbox')).toEqual([])
  for (const [event, kind] of [
    ['manual_count.write', 'count'],
    ['patient.change', 'patient'],
    ['case.sign', 'sign'],
  ] as const) {
    const rows = await sql.all('select case_id from audit where event = ? and status = 200', [event])
    const made = outcomes.flatMap(({ answers }) =>
      answers.filter(([of, , { status }]) => of === kind && status < 300),
    )
    // The first count of each case was made before.
    expect([event, rows.length]).toEqual([event, made.length + (kind === 'count' ? CASES : 0)])
  }
  await sql.close()
}

describe(`${CASES} cases, 14 changes of each at once`, () => {
  test('on SQLite', async () => {
    const site = await openSite(ADMINISTRATOR_ENV)
    await race(site).finally(() => site.stop())
  }, 120_000)

  test.skipIf(!HAS_MARIADB)(
    `on MariaDB${HAS_MARIADB ? '' : ' (skipped: no mariadbd on this machine)'}`,
    async () => {
      const database = await openDatabaseServer()
      const site = await openSite({ ...ADMINISTRATOR_ENV, DATABASE_URL: database.url })
      try {
        await race(site, database.url)
      } finally {
        await site.stop()
        await database.close()
      }
    },
    120_000,
  )
})
