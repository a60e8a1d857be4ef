import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agreement, CELL_TYPES, clopperPearson } from '../../cytology/index.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { markAll, refreshDue } from '../summaries/refresh.ts'
import { fillSite } from './fill-for-tests.ts'

describe.each(TEST_DATABASES)('statistics on %s', (_, empty) => {
  let server: TestServer
  let researcher: Awaited<ReturnType<TestServer['as']>>
  let doctor: Awaited<ReturnType<TestServer['as']>>
  let ids: string[]
  const corrected = (month: number) => (month === 11 ? 0.5 : 0.08)
  beforeAll(async () => {
    server = await startTestServer(await empty())
    researcher = await server.as('researcher')
    doctor = await server.as('doctor')
    const readers = [doctor.userId, researcher.userId]
    const filling = { cases: 60, cellsPerCase: 60, from: '2024-01-01', to: '2024-12-30', readers, corrected }
    ids = await fillSite(server.ports.db, filling)
  })
  afterAll(() => server.close())

  const get = async (what: string, query = '', who = researcher) => {
    const answer = await who('GET', `/statistics/${what}${query}`)
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, ''])
    return answer.json()
  }
  /** Cells as the tables have them, with the case of each. */
  const cells = () =>
    server.ports.db
      .selectFrom('cells')
      .innerJoin('cases', 'cases.id', 'cells.case_id')
      .select(['cells.type', 'suggested', 'reviewed', 'confirmed', 'deleted', 'case_id'])
      .select(['received_on', 'site', 'status'])
      .execute()

  test('the overview counts cases and cells, by month, and how long they took', async () => {
    const all = await cells()
    const found = await get('overview')
    const there = all.filter((cell) => !cell.deleted)
    expect(found).toMatchObject({
      cases: 60,
      signed: 54,
      cells: there.length,
      reviewed: there.filter((cell) => cell.reviewed).length,
      singly: there.filter((cell) => cell.confirmed === 'singly').length,
      together: there.filter((cell) => cell.confirmed === 'together').length,
      corrected: there.filter((cell) => cell.reviewed && cell.type !== cell.suggested).length,
      correctedSingly: there.filter((cell) => cell.confirmed === 'singly' && cell.type !== cell.suggested)
        .length,
    })
    expect(found.periods).toHaveLength(12)
    expect(found.periods[1]).toMatchObject({
      start: '2024-02-01',
      cells: there.filter((cell) => cell.received_on.startsWith('2024-02')).length,
    })
    const { turnaround } = found
    expect(turnaround.cases).toBe(54)
    expect([turnaround.q1 <= turnaround.median, turnaround.median <= turnaround.q3]).toEqual([true, true])
    expect((await get('overview', '?by=week')).periods[0]).toMatchObject({ start: '2024-01-01' })
  })

  test('filters take the cases that they name', async () => {
    const all = await cells()
    const cases = (of: (cell: (typeof all)[number]) => boolean) =>
      new Set(all.filter(of).map((cell) => cell.case_id)).size
    const asked: [string, number][] = [
      ['?site=iliac', cases((cell) => cell.site === 'iliac')],
      [
        '?from=2024-03-01&to=2024-05-31',
        cases((c) => c.received_on >= '2024-03-01' && c.received_on <= '2024-05-31'),
      ],
      [`?reader=${doctor.userId}`, 30],
      ['?reader=none', 0],
      ['?status=in_review', cases((cell) => cell.status === 'in_review')],
      ['?diagnosis=aml', 15],
      ['?diagnosis=%25', 0],
      ['?recogniser=recogniser%200.2.0', 30],
    ]
    for (const [query, count] of asked)
      expect([query, (await get('overview', query)).cases]).toEqual([query, count])
    const byCase = Map.groupBy(
      all.filter((cell) => !cell.deleted && cell.type !== 'not_identifiable'),
      (c) => c.case_id,
    )
    const many = [...byCase.values()].filter(
      (of) => of.filter((c) => c.type === 'blast').length >= of.length * 0.2,
    )
    expect(many.length).toBeGreaterThan(0)
    expect((await get('overview', '?type=blast&atLeast=20')).cases).toBe(many.length)
    expect(await get('types', '?type=blast&atLeast=20&site=nowhere')).toMatchObject({ cases: 0, cells: 0 })
  })

  test('a diagnosis is found as it is written, whatever its letters', async () => {
    const { db } = server.ports
    const change = (diagnosis: string) =>
      db.updateTable('case_summaries').set({ diagnosis }).where('case_id', '=', ids[0]!).execute()
    const { diagnosis } = await db
      .selectFrom('case_summaries')
      .select('diagnosis')
      .where('case_id', '=', ids[0]!)
      .executeTakeFirstOrThrow()
    await change('Ödem, AML?')
    for (const typed of ['Ödem', 'Ödem, aml', 'DEM, A']) {
      const query = `?diagnosis=${encodeURIComponent(typed)}`
      expect([typed, (await get('overview', query)).cases]).toEqual([typed, 1])
    }
    await change(diagnosis)
  })

  test('what lies outside is decided by the table of ranges that the site chose', async () => {
    const percents = (await cells())
      .filter((cell) => !cell.deleted && cell.type !== 'not_identifiable')
      .reduce((of, { case_id, type }) => {
        const { blasts, all } = of.get(case_id) ?? { blasts: 0, all: 0 }
        return of.set(case_id, { blasts: blasts + (type === 'blast' ? 1 : 0), all: all + 1 })
      }, new Map<string, { blasts: number; all: number }>())
    const of = (test: (percent: number) => boolean) =>
      [...percents.values()].filter(({ blasts, all }) => test((100 * blasts) / all)).length
    const blasts = async () => {
      const { ranges, types } = await get('types')
      const { range, below, above } = types.find(({ type }: { type: string }) => type === 'blast')
      return { ranges, range, below, above }
    }
    const administrator = await server.as('administrator')
    const tables = (await administrator('GET', '/reference-tables')).json()
    const usual = tables.find(({ active }: { active: boolean }) => active)
    const before = await blasts()
    expect(before.ranges).toBe(usual.name)
    const own = { name: 'Ours', source: 'Ours', note: '', ranges: { blast: { text: '', low: 3, high: 20 } } }
    const { id } = (await administrator('POST', '/reference-tables', own)).json()
    expect(await blasts()).toEqual(before)
    await administrator('POST', `/reference-tables/${id}/choose`)
    const [below, above] = [of((percent) => percent < 3), of((percent) => percent > 20)]
    expect(above).toBeGreaterThan(0)
    expect(await blasts()).toEqual({ ranges: 'Ours', range: '3–20', below, above })
    await administrator('POST', `/reference-tables/${usual.id}/choose`)
    expect(await blasts()).toEqual(before)
  })

  test('distributions: pooled share, exact quartiles of the cases, and how many lie outside', async () => {
    const there = (await cells()).filter((cell) => !cell.deleted && cell.type !== 'not_identifiable')
    const found = await get('types')
    const byCase = [...Map.groupBy(there, (cell) => cell.case_id).values()]
    for (const type of CELL_TYPES) {
      const percents = byCase
        .map((of) => (100 * of.filter((cell) => cell.type === type).length) / of.length)
        .sort((a, b) => a - b)
      const one = found.types.find((row: { type: string }) => row.type === type)
      expect(one.percent).toBeCloseTo((100 * there.filter((c) => c.type === type).length) / there.length, 9)
      expect(one.median).toBeCloseTo((percents[29]! + percents[30]!) / 2, 1)
      if (type === 'blast') expect(one.above).toBe(percents.filter((percent) => percent > 2).length)
    }
  })

  test('corrections: the matrix, and precision, recall and F1 with exact intervals', async () => {
    const all = (await cells()).filter((cell) => !cell.deleted && cell.reviewed)
    const singly = all.filter((cell) => cell.confirmed === 'singly')
    expect(singly.length).toBeGreaterThan(all.length / 2)
    const kappaOf = (of: typeof all) =>
      agreement(
        [...Map.groupBy(of, (cell) => `${cell.suggested} ${cell.type}`).values()].map((same) => ({
          ...{ first: same[0]!.suggested, second: same[0]!.type },
          count: same.length,
        })),
      )
    // The second way goes through the summaries of the cases.
    for (const [query, reviewed] of [
      ['', all],
      ['?atLeast=0&type=blast', all],
      ['?confirmed=singly', singly],
      ['?confirmed=singly&atLeast=0&type=blast', singly],
    ] as const) {
      const n = (of: (cell: (typeof reviewed)[number]) => boolean) => reviewed.filter(of).length
      const found = await get('corrections', query)
      expect(found.reviewed).toBe(reviewed.length)
      for (const [which, of] of [
        ['all', all],
        ['singly', singly],
      ] as const) {
        const { kappa, low, ...counts } = kappaOf(of)
        expect(found.kappa[which]).toMatchObject({ cells: counts.cells, agreed: counts.agreed })
        expect(found.kappa[which].kappa).toBeCloseTo(kappa!, 9)
        expect(found.kappa[which].low).toBeCloseTo(low!, 9)
      }
      for (const { suggested, type, count } of found.corrections) {
        expect(count).toBe(n((cell) => cell.suggested === suggested && cell.type === type))
      }
      const band = found.types.find((row: { type: string }) => row.type === 'band_neutrophil')
      const agreed = n((cell) => cell.type === 'band_neutrophil' && cell.suggested === 'band_neutrophil')
      const suggested = n((cell) => cell.suggested === 'band_neutrophil')
      const named = n((cell) => cell.type === 'band_neutrophil')
      expect(band).toMatchObject({ agreed, suggested, named })
      expect(band.precision).toEqual({ value: agreed / suggested, ...clopperPearson(agreed, suggested) })
      expect(band.recall.value).toBeCloseTo(agreed / named, 12)
      expect(band.f1.value).toBeCloseTo((2 * agreed) / (suggested + named), 12)
    }
  })

  test('drift: a month in which half is corrected lies beyond the limits', async () => {
    const { weeks, drifting, centre } = await get('drift')
    expect(drifting).toBe(true)
    expect(centre).toBeGreaterThan(0.08)
    const beyond = weeks.filter((week: { signal: string }) => week.signal === 'beyond_limits')
    expect(beyond.length).toBeGreaterThan(0)
    expect(beyond.every((week: { start: string }) => week.start >= '2024-11-25')).toBe(true)
    expect((await get('drift', '?to=2024-10-31')).drifting).toBe(false)
    const alone = await get('drift', '?confirmed=singly')
    const singly = (await cells()).filter((cell) => !cell.deleted && cell.confirmed === 'singly')
    const sum = (key: string) =>
      alone.weeks.reduce((total: number, week: Record<string, number>) => total + week[key]!, 0)
    expect([sum('reviewed'), sum('corrected')]).toEqual([
      singly.length,
      singly.filter((cell) => cell.type !== cell.suggested).length,
    ])
  })

  test('Bland and Altman’s limits are those of the cases’ differences', async () => {
    const { db } = server.ports
    const rows = await db
      .selectFrom('case_summaries')
      .selectAll()
      .where('signed_at', 'is not', null)
      .execute()
    const apart = rows.map(
      (row) =>
        (100 * row.suggested_eosinophil) / row.suggested - (100 * row.counted_eosinophil) / row.counted,
    )
    const mean = apart.reduce((a, b) => a + b, 0) / apart.length
    const found = await get('differences', '?of=eosinophil')
    expect(found).toMatchObject({ cases: 54, type: 'eosinophil' })
    expect(found.points).toHaveLength(54)
    const own = found.types.find((row: { type: string }) => row.type === 'eosinophil')
    expect(own.bias).toBeCloseTo(mean, 9)
    expect(own.sd).toBeCloseTo(Math.sqrt(apart.reduce((a, b) => a + (b - mean) ** 2, 0) / 53), 9)
  })

  test('two readers: κ of a pair is pooled over its cases, whoever was first', async () => {
    const { db } = server.ports
    const pairs = [
      [
        { first: 'blast', second: 'blast', count: 8, singly: 5 },
        { first: 'blast', second: 'monocyte', count: 2, singly: 1 },
        { first: 'lymphocyte', second: 'lymphocyte', count: 4, singly: 4 },
      ],
      // Finished before it was kept how cells were confirmed.
      [
        { first: 'monocyte', second: 'monocyte', count: 7 },
        { first: 'monocyte', second: 'blast', count: 3 },
      ],
    ] as const
    for (const [i, of] of pairs.entries()) {
      await db
        .insertInto('second_readings')
        .values({
          id: uuid(),
          case_id: ids[i]!,
          reader_id: [researcher.userId, doctor.userId][i]!,
          status: 'finished',
          agreement: JSON.stringify({ pairs: of }),
          created_by: doctor.userId,
          created_at: 1,
          finished_at: 2,
        })
        .execute()
    }
    const found = await get('readers')
    expect(found.readers).toHaveLength(1)
    const together = agreement([
      { first: 'blast', second: 'blast', count: 8 },
      { first: 'blast', second: 'monocyte', count: 5 },
      { first: 'monocyte', second: 'monocyte', count: 7 },
      { first: 'lymphocyte', second: 'lymphocyte', count: 4 },
    ])
    expect(found.readers[0]).toMatchObject({ cases: 2, cells: 24, agreed: 19 })
    expect(found.readers[0].kappa).toBeCloseTo(together.kappa!, 12)
    expect(found.pooled.kappa).toBeCloseTo(together.kappa!, 12)
    const singly = agreement([
      { first: 'blast', second: 'blast', count: 5 },
      { first: 'blast', second: 'monocyte', count: 1 },
      { first: 'lymphocyte', second: 'lymphocyte', count: 4 },
    ])
    expect(found.pooled.singly).toMatchObject({ cells: 10, agreed: 9 })
    expect(found.pooled.singly.kappa).toBeCloseTo(singly.kappa!, 12)
  })

  test('a case that the asking person reads blind is left out, and synthetic ones are unless asked for', async () => {
    const { db } = server.ports
    const reading = {
      case_id: ids[5]!,
      reader_id: doctor.userId,
      status: 'open',
      agreement: null,
    } as const
    await db
      .insertInto('second_readings')
      .values({ id: uuid(), ...reading, created_by: doctor.userId, created_at: 1, finished_at: null })
      .execute()
    for (const what of ['overview', 'types', 'differences', 'drift', 'corrections', 'readers']) {
      await get(what, '?site=iliac', doctor)
    }
    expect((await get('overview', '', doctor)).cases).toBe(59)
    expect((await get('overview')).cases).toBe(60)
    expect((await get('corrections', '', doctor)).reviewed).toBeLessThan((await get('corrections')).reviewed)
    await db.updateTable('cases').set({ synthetic: 1 }).where('id', '=', ids[6]!).execute()
    await markAll(db)
    while ((await refreshDue(db)) > 0);
    expect((await get('overview')).cases).toBe(59)
    expect((await get('overview', '?synthetic=true')).cases).toBe(60)
  })

  test('a technician may not; choices name what occurs; an odd filter is refused', async () => {
    const technician = await server.as('technician')
    expect((await technician('GET', '/statistics/overview')).statusCode).toBe(403)
    expect(await get('choices')).toMatchObject({
      sites: expect.arrayContaining(['iliac', 'sternum', 'tibia']),
      recognisers: expect.arrayContaining(['recogniser 0.1.0', 'recogniser 0.2.0']),
      readers: expect.arrayContaining([{ id: doctor.userId, name: 'A doctor' }]),
    })
    for (const query of ['?from=yesterday', '?type=elephant', '?atLeast=101']) {
      expect((await researcher('GET', `/statistics/overview${query}`)).statusCode).toBe(400)
    }
  })
})
