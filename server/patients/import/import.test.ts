import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '../../database/for-tests.ts'
import type { Database } from '../../database/schema.ts'
import { startTestServer, type TestServer } from '../../for-tests.ts'
import { erasePatient } from '../../privacy/erase-patient.ts'
import { isDamaged } from './damaged-number.ts'
import { readBirthDate, readDate } from './read-date.ts'
import { readRow } from './read-row.ts'

const BLANK = {
  ...{ name: '', sex: '', birthDate: '', hospitalNumber: '', marrowNumber: '' },
  ...{ site: '', receivedOn: '', diagnosis: '', clinicalNote: '' },
}
type Row = Partial<typeof BLANK>
const numbered = (rows: Row[]) => rows.map((row, i) => ({ ...BLANK, ...row, row: i + 2 }))

describe('a day is read as files write it', () => {
  test.each([
    ['1960-02-03', '1960-02-03'],
    ['1960/2/3', '1960-02-03'],
    ['1960年2月3日', '1960-02-03'],
    ['１９６０．２．３', '1960-02-03'],
    ['19600203', '1960-02-03'],
    ['3.2.1960', '1960-02-03'],
    ['1960-02-03 00:00:00', '1960-02-03'],
    ['1960-02-29', '1960-02-29'],
    ['1961-02-29', undefined],
    ['03/02/1960', undefined],
    ['1760-02-03', undefined],
    ['60-2-3', undefined],
    ['yesterday', undefined],
    ['2025-01-02T00:00:00+08:00', '2025-01-02'],
    ['2025-01-02T23:30:00.000+0800', '2025-01-02'],
    ['2025/1/2 8:05', '2025-01-02'],
    ['1960-02-03T00:00:00Z', '1960-02-03'],
    ['1960-02-03 00:00:00.0', '1960-02-03'],
    ['1960-02-02T16:00:00Z', undefined],
    ['1960-02-02T16:00:00.000Z', undefined],
    ['1960-02-02 16:00:00+00:00', undefined],
    ['1960-02-02T15:00:00-0000', undefined],
    ['1960-02-03 24:00', undefined],
    ['1960-02-03 10:61', undefined],
    ['43864', undefined],
    ['0000-00-00', undefined],
    ['1960年2月', undefined],
  ])('%s', (text, day) => {
    expect(readDate(text)).toBe(day)
  })

  test.each([
    ['1960-02-03T00:00:00+08:00', '1960-02-03'],
    ['1960-02-03 00:00', '1960-02-03'],
    ['2024-02-03 14:35', '2024-02-03'],
    ['1960-02-02 16:00:00', undefined],
    ['1960-02-02T17:00:00+01:00', undefined],
    ['1986-06-01T15:00:00Z', undefined],
    ['1900-01-01', undefined],
    ['1899-12-30', undefined],
  ])('of a birth: %s', (text, day) => {
    expect(readBirthDate(text)).toBe(day)
  })

  test('midnight of a day, as another zone writes it, is that day or none', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1901-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: -12, max: 14 }),
        fc.integer({ min: -12, max: 14 }),
        fc.constantFrom('Z', 'offset', 'none'),
        (date, here, there, zone) => {
          // A whole day apart midnight is midnight again, of another day.
          fc.pre(Math.abs(here - there) < 24)
          const day = date.toISOString().slice(0, 10)
          const midnight = Date.parse(day) - here * 3_600_000
          const shift = zone === 'offset' ? there : zone === 'Z' ? 0 : here
          const text = new Date(midnight + shift * 3_600_000).toISOString().slice(0, 19)
          const sign = shift < 0 ? '-' : '+'
          const behind = { Z: 'Z', none: '', offset: `${sign}${String(Math.abs(shift)).padStart(2, '0')}:00` }
          expect([day, undefined]).toContain(readBirthDate(text + behind[zone]))
          if (zone !== 'offset') expect([day, undefined]).toContain(readDate(text + behind[zone]))
        },
      ),
      { seed: 17, numRuns: 2000 },
    )
  })

  test('any day in any of the ways', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1881-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10)
          const [y, m, d] = day.split('-').map(Number)
          for (const text of [
            day,
            `${y}/${m}/${d}`,
            `${y}年${m}月${d}日`,
            `${d}.${m}.${y}`,
            day.replaceAll('-', ''),
          ]) {
            expect(readDate(text)).toBe(day)
          }
        },
      ),
    )
  })
})

test.each([
  [{ name: '' }, 'name', 'NAME_MISSING'],
  [{ name: '王'.repeat(191) }, 'name', 'TOO_LONG'],
  [{ diagnosis: 'x'.repeat(501) }, 'diagnosis', 'TOO_LONG'],
  [{ site: 'a\u0000b' }, 'site', 'NOT_TEXT'],
  [{ name: '\ufffd\ufffd' }, 'name', 'NOT_TEXT'],
  [{ name: '\u200b' }, 'name', 'NAME_MISSING'],
  [{ name: 'NULL' }, 'name', 'NAME_MISSING'],
  [{ name: 'æŽé›·' }, 'name', 'NOT_TEXT'],
  [{ name: "'李雷'" }, 'name', 'NOT_TEXT'],
  [{ sex: '雄' }, 'sex', 'SEX_NOT_KNOWN'],
  [{ birthDate: '1960-13-01' }, 'birthDate', 'DATE_IMPOSSIBLE'],
  [{ receivedOn: '2026-01-03' }, 'receivedOn', 'DATE_IN_FUTURE'],
  [{ birthDate: '2020-01-02', receivedOn: '2020-01-01' }, 'birthDate', 'BORN_AFTER_RECEIVED'],
])('the fault of %j', (row, field, code) => {
  const [given] = numbered([{ name: '李雷', ...row }])
  expect(readRow(given!, '2026-01-02')).toMatchObject([{ row: 2, field, code }])
})

test('a name is read without what nobody sees, and what says nothing is no number', () => {
  const [given] = numbered([{ name: '李\u200b雷\u200e', hospitalNumber: '无', marrowNumber: 'NULL' }])
  expect(readRow(given!, '2026-01-02')).toMatchObject({ name: '李雷', hospitalNumber: '', marrowNumber: '' })
})

test('a row has all of its faults, and a sex may be written in any of the usual ways', () => {
  const [bad] = numbered([{ sex: 'x', birthDate: 'x' }])
  expect(readRow(bad!, '2026-01-02')).toHaveLength(3)
  for (const [sex, as] of [
    ['男', 'male'],
    ['F', 'female'],
    ['１', 'male'],
    ['2', 'female'],
    ['', 'unknown'],
  ]) {
    expect(readRow(numbered([{ name: 'a', sex: sex! }])[0]!, '2026-01-02')).toMatchObject({ sex: as })
  }
})

describe('what a spreadsheet makes of a number is told', () => {
  test.each([
    ...['1.23457E+11', '2.024E+09', '1,2E+05', '1e+16', '1.5E7', '="00123"', "'00124", '`00457', '＝"1"'],
    ...['123456789012345000', '00125.0', '125.00', '#N/A', '########', '2024-03-01 00:00:00', 'Mar-24'],
    ...['24-Mar', '3月24日'],
  ])('%s', (number) => {
    expect(isDamaged(number)).toBe(true)
    expect(readRow(numbered([{ name: '李雷', hospitalNumber: number }])[0]!, '2026-01-02')).toMatchObject([
      { field: 'hospitalNumber', code: 'NUMBER_DAMAGED' },
    ])
  })
  test.each([
    '00123',
    '24-3',
    'E12',
    '24E3',
    'BM2024/1',
    '123456789012345678',
    '2024.15',
    'H-1',
    '骨髓-3月',
    '',
  ])('%s is none of it', (number) => expect(isDamaged(number)).toBe(false))
  test('any number as a spreadsheet writes it is told, or the same as before', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{0,19}$/), (digits) => {
        const general = digits.length > 11 ? Number(digits).toExponential(5).replace('e', 'E') : digits
        const whole = digits.length > 15 ? digits.slice(0, 15).padEnd(digits.length, '0') : digits
        for (const written of [general, whole, `${digits}.0`, `="${digits}"`, `'${digits}`]) {
          expect(written === digits || isDamaged(written), written).toBe(true)
        }
      }),
      { seed: 17 },
    )
  })
})

describe.each(TEST_DATABASES)('import on %s', (kind, empty) => {
  let server: TestServer
  let call: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    call = await server.as('technician')
  })
  afterAll(() => server.close())

  const send = async (path: string, rows: Row[]) =>
    (await call('POST', path, { rows: numbered(rows) })).json()
  const check = (rows: Row[]) => send('/patients/import/check', rows)
  const write = (rows: Row[]) => send('/patients/import', rows)
  const sizes = async () => {
    const count = async (table: 'patients' | 'cases' | 'slides' | 'search_terms') =>
      Number(
        (
          await server.ports.db
            .selectFrom(table)
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      )
    return [await count('patients'), await count('cases'), await count('slides'), await count('search_terms')]
  }
  const codes = (answer: { faults: { row: number; code: string }[] }) =>
    answer.faults.map(({ row, code }) => [row, code])

  const FILE: Row[] = [
    {
      name: '李雷',
      sex: '男',
      birthDate: '1960/2/3',
      hospitalNumber: 'H1',
      marrowNumber: 'B1',
      receivedOn: '2025-01-02',
      diagnosis: '贫血',
    },
    { name: '李雷', sex: '男', hospitalNumber: 'H1', marrowNumber: 'B2', receivedOn: '2025-03-02' },
    { name: '韩梅梅', sex: '女', marrowNumber: 'B3' },
    { name: '王伟', sex: '男' },
    { name: '王伟', sex: '男', birthDate: '1970-01-01' },
    { name: '王伟', marrowNumber: 'B4' },
    { name: '王伟', marrowNumber: 'B5' },
  ]

  test('a check writes nothing; an import writes what the check said; once more adds nothing', async () => {
    const before = await sizes()
    const told = await check(FILE)
    expect(told).toEqual({ faults: [], patients: 6, cases: 5, known: 0, completed: 0 })
    expect(await sizes()).toEqual(before)
    expect(await write(FILE)).toEqual(told)
    const after = await sizes()
    expect(after.slice(0, 3)).toEqual([6, 5, 5])
    for (const again of [check, write]) {
      expect(await again(FILE)).toEqual({ faults: [], patients: 0, cases: 0, known: 7, completed: 0 })
    }
    expect(await sizes()).toEqual(after)
    const { items } = (await call('GET', `/cases?search=${encodeURIComponent('lilei 2025-01 贫血')}`)).json()
    expect(items).toMatchObject([
      { marrowNumber: 'B1', receivedOn: '2025-01-02', patient: { birthDate: '1960-02-03' } },
    ])
  })

  test('what a patient lacks is taken over and kept in the history; what contradicts is a fault', async () => {
    await write([{ name: '孟浩然', hospitalNumber: 'M1' }])
    const answer = await write([
      { name: '孟浩然', hospitalNumber: 'm1', sex: '男', birthDate: '1950-05-05' },
      { name: '孟浩', hospitalNumber: 'M1' },
      { name: '孟浩然', hospitalNumber: 'M1', sex: '女' },
      { name: '孟浩然', hospitalNumber: 'M1', birthDate: '1951-05-05' },
      { name: '孟浩然', hospitalNumber: 'M1', marrowNumber: 'B1' },
      { name: '', hospitalNumber: 'M2' },
    ])
    expect(answer).toMatchObject({ patients: 0, cases: 0, completed: 1 })
    expect(codes(answer)).toEqual([
      [3, 'OTHER_NAME'],
      [4, 'OTHER_PERSON'],
      [5, 'OTHER_PERSON'],
      [6, 'MARROW_NUMBER_TAKEN'],
      [7, 'NAME_MISSING'],
    ])
    const [{ id, version }] = (await call('GET', '/patients?search=M1')).json().items
    expect(version).toBe(2)
    expect((await call('GET', `/patients/${id}/history`)).json()).toMatchObject([
      { kind: 'import', changes: { sex: ['unknown', 'male'], birthDate: [null, '1950-05-05'] } },
    ])
  })

  test('numbers are compared as a person reads them, within a piece and against what is there', async () => {
    const answer = await write([
      { name: '钱一', hospitalNumber: 'Ｗ－１', marrowNumber: 'Ｗ\u200bＢ１' },
      { name: '钱一', hospitalNumber: 'w\u00ad–1', marrowNumber: 'WB2' },
      { name: '钱二', marrowNumber: 'wb\u200e1' },
    ])
    expect(answer).toMatchObject({ patients: 1, cases: 2 })
    expect(codes(answer)).toEqual([[4, 'MARROW_NUMBER_TAKEN']])
    expect(await write([{ name: '钱一', hospitalNumber: 'W-1\u2060', marrowNumber: 'ｗｂ２' }])).toEqual({
      ...{ faults: [], patients: 0, cases: 0, known: 1, completed: 0 },
    })
    expect(codes(await write([{ name: '钱二', hospitalNumber: 'W−1' }]))).toEqual([[2, 'OTHER_NAME']])
    const [row] = (await call('GET', '/cases?search=wb1')).json().items
    expect(row).toMatchObject({ marrowNumber: 'ＷＢ１', patient: { hospitalNumber: 'Ｗ－１' } })
    await write([{ name: '钱三', hospitalNumber: 'V1' }])
    await server.ports.db
      .updateTable('patients')
      .set({ hospital_number: 'ｖ１', hospital_number_key: 'v1' })
      .where('hospital_number_key', '=', 'w-1')
      .execute()
    expect(codes(await write([{ name: '钱一', hospitalNumber: 'V1' }]))).toEqual([[2, 'NUMBER_TWICE']])
  })

  test('a number that is there with zeros before it has lost them', async () => {
    await write([{ name: '冯', hospitalNumber: '0004711', marrowNumber: '00815' }])
    const answer = await write([
      { name: '冯', hospitalNumber: '4711' },
      { name: '陈', marrowNumber: '815' },
      { name: '褚', hospitalNumber: '4712' },
    ])
    expect(codes(answer)).toEqual([
      [2, 'ZEROS_LOST'],
      [3, 'ZEROS_LOST'],
    ])
    expect(answer.patients).toBe(1)
  })

  test('a number of a merged duplicate leads to who was kept', async () => {
    await write([
      { name: '单雄信', hospitalNumber: 'D1', marrowNumber: 'D-A' },
      { name: '单雄心', hospitalNumber: 'D2', marrowNumber: 'D-B' },
    ])
    const id = async (text: string) => (await call('GET', `/patients?search=${text}`)).json().items[0].id
    const [kept, other] = [await id('D1'), await id('D2')]
    await call('POST', `/patients/${kept}/merge`, { version: 1, otherId: other, otherVersion: 1 })
    expect(await write([{ name: '单雄心', hospitalNumber: 'D2', marrowNumber: 'D-C' }])).toMatchObject({
      faults: [],
      patients: 0,
      cases: 1,
    })
    expect((await call('GET', `/patients/${kept}`)).json().cases).toHaveLength(3)
  })

  test.each(['hospital number', 'case'])(
    'a patient who is erased meanwhile, known by the %s, gets no case',
    async (by) => {
      const { ports } = server
      const numbers = by === 'case' ? {} : { hospitalNumber: `E ${by}` }
      const person = { name: '何晓', birthDate: '1961-01-01', sex: '女', ...numbers }
      await write([{ ...person, marrowNumber: `E-1 ${by}` }])
      const [{ id, version }] = (await call('GET', `/patients?search=${encodeURIComponent('何晓')}`)).json()
        .items
      let answered: ReturnType<typeof write> | undefined
      const also = async () => {
        answered ??= write([{ ...person, marrowNumber: `E-2 ${by}` }])
        // SQLite has one connection, so that the import waits until this transaction has ended.
        if (kind === 'MySQL')
          await expect.poll(() => lockWaits(ports.db), { interval: 250 }).toBeGreaterThan(0)
      }
      await erasePatient(ports, { id, version, userId: null, reason: 'asked for', also })
      expect(await answered).toMatchObject({ faults: [], patients: 1, cases: 1 })
      const ownerless = await ports.db
        .selectFrom('cases')
        .leftJoin('patients', 'patients.id', 'cases.patient_id')
        .select('marrow_number')
        .where('patients.id', 'is', null)
        .execute()
      expect(ownerless).toEqual([])
      const [again] = (await call('GET', `/patients?search=${encodeURIComponent('何晓')}`)).json().items
      await erasePatient(ports, { id: again.id, version: again.version, userId: null, reason: 'asked for' })
    },
  )

  test('numbers are one in small letters and in capitals', async () => {
    await write([{ name: '颜回', hospitalNumber: 'k1', marrowNumber: 'k-1' }])
    const answer = await write([
      { name: '颜回', hospitalNumber: 'K1', marrowNumber: 'K-2' },
      { name: '颜回', hospitalNumber: 'K1', marrowNumber: 'K-1' },
      { name: '曾参', hospitalNumber: 'K2', marrowNumber: 'K-1' },
    ])
    expect(answer).toMatchObject({ patients: 0, cases: 1, known: 1 })
    expect(codes(answer)).toEqual([[4, 'MARROW_NUMBER_TAKEN']])
    const patient = { hospitalNumber: 'K1', name: '颜回', sex: 'unknown', birthDate: null }
    const taken = await call('POST', '/cases', { marrowNumber: 'K-1', patient })
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'MARROW_NUMBER_TAKEN'])
    const other = await call('POST', '/patients', { ...patient, name: '颜路' })
    expect([other.statusCode, other.json().code]).toEqual([409, 'HOSPITAL_NUMBER_TAKEN'])
    await call('POST', '/cases', { marrowNumber: 'k-3', patient })
    const { items } = (await call('GET', '/patients?search=k1')).json()
    expect(items).toHaveLength(1)
    expect((await call('GET', `/patients/${items[0].id}`)).json().cases).toHaveLength(3)
  })

  test('two who import the same file at once make no duplicates of its cases', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => ({
      name: `张${i}`,
      hospitalNumber: `T${i}`,
      marrowNumber: `T-${i}`,
    }))
    const answers = await Promise.all([write(rows), write(rows)])
    expect(answers[0].cases + answers[1].cases).toBe(50)
    const { total } = (await call('GET', '/cases?search=T-4')).json()
    expect(total).toBe(11)
  })
})

/** How many transactions of this MySQL database wait until they may write a patient's row. */
async function lockWaits(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from information_schema.innodb_trx
    join information_schema.processlist on id = trx_mysql_thread_id
    where trx_state = 'LOCK WAIT' and db = database() and trx_query like '%patients%'`.execute(db)
  return Number(rows[0]!.n)
}
