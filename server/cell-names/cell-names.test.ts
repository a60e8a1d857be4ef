import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_NAME_PRESETS } from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'

const OWN = { id: null, kind: 'subtype', under: 'lymphocyte', key: null, retired: false } as const

describe.each(TEST_DATABASES)('the finer names of a site on %s', (_, empty) => {
  let server: TestServer
  let admin: Awaited<ReturnType<TestServer['as']>>
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    admin = await server.as('administrator')
    doctor = await server.as('doctor')
  })
  afterAll(() => server.close())

  const names = async () => (await doctor('GET', '/cell-names')).json()
  const save = (version: number, entries: readonly object[]) =>
    admin('PUT', '/cell-names', { version, entries: [...entries] })

  test('a new site has none; a preset is saved as its first version', async () => {
    expect(await names()).toEqual({ version: 0, entries: [] })
    const preset = CELL_NAME_PRESETS[0]!.names
    expect((await doctor('PUT', '/cell-names', { version: 0, entries: preset })).statusCode).toBe(403)
    const saved = await save(0, preset)
    expect([saved.statusCode, saved.json().version]).toEqual([200, 1])
    expect(await names()).toEqual({ version: 1, entries: preset })
  })

  test('a site adds its own, retires one and changes the order; earlier versions stay', async () => {
    const { entries } = await names()
    const own = { ...OWN, en: 'Sézary cell', zh: 'Sézary 细胞', abbreviation: 'Séz', key: 'J' }
    const [first, ...rest] = entries
    const saved = (await save(1, [...rest, { ...first, retired: true }, own])).json()
    expect(saved.version).toBe(2)
    expect(saved.entries.at(-1)).toMatchObject({ en: 'Sézary cell', key: 'j', under: 'lymphocyte' })
    expect(saved.entries.at(-1).id).toMatch(/^[0-9a-f-]{36}$/)
    const versions = (await admin('GET', '/cell-names/versions')).json()
    expect(versions.map((one: { version: number }) => one.version)).toEqual([2, 1])
    expect(versions[1].entries).toEqual(entries)
    expect((await doctor('GET', '/cell-names/versions')).statusCode).toBe(403)
  })

  test('who saved over another version is told, and of two at once one is', async () => {
    const { version, entries } = await names()
    const old = await save(version - 1, entries)
    expect([old.statusCode, old.json().code]).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(old.json().details.version).toBe(version)
    const both = await Promise.all([save(version, entries), save(version, entries)])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  })

  test.each<[string, ...object[]]>([
    ['a name twice', { ...OWN, en: 'HAIRY', zh: '多毛' }, { ...OWN, en: 'Hairy', zh: '毛' }],
    ['a key twice', { ...OWN, en: 'A', zh: '甲', key: 'k' }, { ...OWN, en: 'B', zh: '乙', key: 'K' }],
    ['a key with a meaning of its own', { ...OWN, en: 'A', zh: '甲', key: 'z' }],
    ['no type', { ...OWN, en: 'A', zh: '甲', under: 'not_identifiable' }],
    ['no Chinese', { ...OWN, en: 'A', zh: ' ' }],
    ['too long an abbreviation', { ...OWN, en: 'A', zh: '甲', abbreviation: 'ABCDEFG' }],
  ])('%s is refused', async (_what, ...wrong: object[]) => {
    const { version, entries } = await names()
    const answer = await save(version, [...entries, ...wrong.map((one) => ({ abbreviation: 'X', ...one }))])
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'CELL_NAME_NOT_VALID'])
  })

  test('a name or tag that cells bear cannot be taken out or made another, only retired', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, ['erythroblast'])
    const set = { subtype: 'proerythroblast', tags: ['binucleate'] }
    await doctor('POST', `/cases/${caseId}/changes`, { changes: [{ id: cellIds[0], version: 1, set }] })
    const { version, entries } = await names()
    const is = (id: string) => (one: { id: string }) => one.id === id
    for (const id of ['proerythroblast', 'binucleate']) {
      const without = await save(
        version,
        entries.filter((one: { id: string }) => one.id !== id),
      )
      expect([without.statusCode, without.json().code]).toEqual([409, 'CELL_NAME_IN_USE'])
    }
    const moved = entries.map((one: { id: string }) =>
      is('proerythroblast')(one) ? { ...one, under: 'blast' } : one,
    )
    expect((await save(version, moved)).json().code).toBe('CELL_NAME_IN_USE')
    const retired = entries.map((one: { id: string }) =>
      is('proerythroblast')(one) ? { ...one, retired: true, en: 'Pronormoblast' } : one,
    )
    expect((await save(version, retired)).statusCode).toBe(200)
    // One that no cell bears may go.
    const unused = retired.filter((one: { id: string }) => one.id !== 'mott_cell')
    expect((await save(version + 1, unused)).statusCode).toBe(200)
  })
})
