import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  CELL_TYPES,
  type CellClass,
  COUNTING_RULES,
  clopperPearson,
  type Report,
} from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { refreshDue } from '../summaries/refresh.ts'

const PASSWORD = 'correct horse battery'
const CELLS: CellClass[] = [
  ...Array(10).fill('blast'),
  ...Array(30).fill('segmented_neutrophil'),
  ...Array(40).fill('erythroblast'),
  ...Array(20).fill('lymphocyte'),
]
const NEC = {
  name: 'Non-erythroid cells (NEC)',
  description: 'Percentages of all nucleated cells but erythroblasts.',
  source: 'Decision of the laboratory, 3 May',
  note: '',
  denominator: CELL_TYPES.filter((type) => type !== 'erythroblast') as string[],
  meRule: {
    name: 'Ours: neutrophils over erythroblasts',
    source: 'Decision of the laboratory, 3 May',
    note: '',
    numerator: ['segmented_neutrophil', 'band_neutrophil'],
    denominator: ['erythroblast'],
  },
}

describe.each(TEST_DATABASES)('counting rules on %s', (_, empty) => {
  let server: TestServer
  let administrator: Awaited<ReturnType<TestServer['as']>>
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    administrator = await server.as('administrator')
    doctor = await server.as('doctor', PASSWORD)
  })
  afterAll(() => server.close())

  const rules = async () => (await doctor('GET', '/counting-rules')).json()
  const save = async (body: object) => {
    const answer = await administrator('POST', '/counting-rules', body)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json()
  }
  const refused = async (body: object) => {
    const answer = await administrator('POST', '/counting-rules', body)
    return [answer.statusCode, answer.json().code]
  }
  const about = async (id: string) => (await doctor('GET', `/cases/${id}`)).json()
  const change = async (id: string, patch: object) =>
    doctor('PATCH', `/cases/${id}`, { version: (await about(id)).version, ...patch })
  const report = async (id: string): Promise<Report> =>
    (await doctor('GET', `/cases/${id}/report.json`)).json()
  const newCase = async (marrowNumber: string, more: object = {}) => {
    const patient = { hospitalNumber: '', name: marrowNumber, sex: 'unknown', birthDate: null }
    return doctor('POST', '/cases', { marrowNumber, patient, ...more })
  }
  const audited = async (event: string) => {
    const rows = await server.ports.db
      .selectFrom('audit_outbox')
      .select('detail')
      .where('event', '=', event)
      .unionAll(server.ports.db.selectFrom('audit').select('detail').where('event', '=', event))
      .execute()
    // A refused attempt leaves a row too, without what changed.
    return rows.map((row) => JSON.parse(row.detail)).filter(({ after }) => after)
  }

  test('the rules of the program are there from the start, and stay as they are', async () => {
    const list = await rules()
    expect(list.map((one: { rule: object }) => one.rule)).toEqual(COUNTING_RULES)
    expect(list.map((one: { isDefault: boolean }) => one.isDefault)).toEqual([true, false, false])
    expect(await refused({ ...NEC, ruleId: 'icsh_2008', version: 1 })).toEqual([409, 'BUILT_IN'])
    expect((await doctor('POST', '/counting-rules', NEC)).statusCode).toBe(403)
  })

  test('a rule that cannot be counted by is refused with what is wrong', async () => {
    expect(await refused({ ...NEC, denominator: [] })).toEqual([422, 'RULE_COUNTS_NOTHING'])
    expect(await refused({ ...NEC, denominator: ['no_such_type'] })).toEqual([422, 'RULE_TYPE_UNKNOWN'])
    expect(await refused({ ...NEC, source: ' ' })).toEqual([422, 'RULE_SOURCE_MISSING'])
    const both = { ...NEC.meRule, numerator: ['erythroblast', 'blast'] }
    expect(await refused({ ...NEC, meRule: both })).toEqual([422, 'ME_BOTH_SIDES'])
    const taken = { ...NEC, name: ' all nucleated marrow cells, M:E by ICSH' }
    expect(await refused(taken)).toEqual([409, 'RULE_NAME_TAKEN'])
    const nowhere = { ...NEC, ruleId: 'nowhere', version: 1 }
    expect(await refused(nowhere)).toEqual([404, 'NOT_FOUND'])
    expect(await rules()).toHaveLength(COUNTING_RULES.length)
  })

  test('a rule without erythroblasts counts the same everywhere, and a signed case keeps its version', async () => {
    const first = await save(NEC)
    const { id: ruleId, meRule } = first.rule
    expect(first).toMatchObject({
      active: true,
      builtIn: false,
      isDefault: false,
      createdBy: 'A administrator',
    })
    const { caseId } = await insertCase(server.ports, CELLS)
    const { caseId: other } = await insertCase(server.ports, CELLS)
    expect((await about(caseId)).rule.meRule.id).toBe('me_icsh_2008_with_blasts')
    for (const id of [caseId, other]) {
      const given = { countingRule: ruleId, meRule: meRule.id }
      expect((await change(id, given)).json()).toMatchObject({ ...given, countingRuleVersion: 1 })
    }

    // 60 of 100 cells are counted; the ratio is of cells, 30 : 40.
    const expected = { blast: 10, segmented_neutrophil: 30, lymphocyte: 20 }
    const counter = (await doctor('GET', `/cases/${caseId}/differential`)).json()
    expect([counter.rule, counter.counted, counter.notCounted]).toEqual([ruleId, 60, 40])
    expect(counter.byType.erythroblast).toBeUndefined()
    const { low, high } = clopperPearson(10, 60)!
    expect(counter.byType.blast).toEqual({ count: 10, percent: 1000 / 60, low: 100 * low, high: 100 * high })
    expect(counter.meRatio).toEqual({ rule: meRule.id, numerator: 30, denominator: 40, value: 0.75 })

    const before = await report(caseId)
    expect([before.counted, before.notCounted]).toEqual([60, 40])
    for (const { type, lineage: _, reference, mark, ...share } of before.rows) {
      expect([type, share]).toMatchObject([type, counter.byType[type]])
      // Ranges are of all nucleated cells.
      expect([reference, mark]).toEqual(['', 'unknown'])
    }
    expect(before.ratio).toMatchObject({ ...counter.meRatio, name: NEC.meRule.name })
    const csv = (await doctor('GET', `/cases/${caseId}/report.csv?lang=en`)).body
    expect(csv).toMatch(/,blast,Blast,10,16\.6667,/)
    expect(csv).toContain(`,${meRule.id},${NEC.meRule.name},0.75,`)
    expect(csv).toMatch(/,counted,Counted,60,/)
    expect(csv).toMatch(/,not_counted,Left out by the rule or not identifiable,40,/)
    expect(csv).not.toContain(',erythroblast,')

    const list = (await doctor('GET', `/cases?search=${caseId}`)).json()
    expect(list.items[0].blast).toEqual({ percent: 1000 / 60, low: 100 * low, high: 100 * high })
    const { points } = (await doctor('GET', `/patients/${(await about(caseId)).patientId}/follow-up`)).json()
    expect(points[0]).toMatchObject({ rule: ruleId, counted: 60, blast: { count: 10, percent: 1000 / 60 } })

    while ((await refreshDue(server.ports.db)) > 0);
    const summary = await server.ports.db
      .selectFrom('case_summaries')
      .selectAll()
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    // Statistics compare cases, so they are of all nucleated cells whatever the rule; cell for cell they say the same.
    expect(summary).toMatchObject({ counted: 100, counted_erythroblast: 40 })
    for (const { type, count } of before.rows)
      expect([type, summary[`counted_${type}`]]).toEqual([type, count])
    expect(before.counted + summary.counted_erythroblast).toBe(summary.counted)
    expect(Object.keys(expected).map((type) => summary[`counted_${type as CellClass}`])).toEqual([10, 30, 20])

    const { version } = await about(caseId)
    const sign = { version, password: PASSWORD, accepted: await doctor.accepting(caseId) }
    expect((await doctor('POST', `/cases/${caseId}/sign`, sign)).statusCode).toBe(200)
    const signed = await report(caseId)
    expect(signed.rule).toEqual(first.rule)

    // Version 2 takes the lymphocytes out too, and counts blasts among the myeloid cells.
    const second = await save({
      ...NEC,
      ...{ ruleId, version: 1, source: 'Decision of the laboratory, 9 June' },
      denominator: NEC.denominator.filter((type) => type !== 'lymphocyte'),
      meRule: { ...NEC.meRule, numerator: [...NEC.meRule.numerator, 'blast'] },
    })
    expect(second.rule).toMatchObject({ id: ruleId, version: 2, meRule: { id: meRule.id } })
    expect(await refused({ ...NEC, ruleId, version: 1 })).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await report(caseId)).toEqual(signed)
    expect(await about(caseId)).toMatchObject({ rule: first.rule, newerRuleVersion: null })
    const same = (await doctor('GET', `/cases/${caseId}/differential`)).json()
    expect(same).toEqual(counter)
    expect((await change(caseId, { countingRuleVersion: 2 })).json().code).toBe('CASE_SIGNED')

    // The other case stays until a person moves it, and that person is told.
    expect(await about(other)).toMatchObject({
      countingRuleVersion: 1,
      newerRuleVersion: 2,
      rule: first.rule,
    })
    expect((await change(other, { countingRuleVersion: 7 })).json().code).toBe('RULE_VERSION_OLD')
    const moved = (await change(other, { countingRuleVersion: 2 })).json()
    expect(moved).toMatchObject({ countingRuleVersion: 2, newerRuleVersion: null, rule: second.rule })
    expect(await report(other)).toMatchObject({ counted: 40, ratio: { value: 1 } })
    expect((await change(other, { countingRuleVersion: 1 })).json().code).toBe('RULE_VERSION_OLD')
    expect(await audited('case.change')).toContainEqual({
      before: { countingRuleVersion: 1 },
      after: { countingRuleVersion: 2 },
    })
    expect((await audited('counting_rule.save')).map(({ after }) => after)).toEqual([first.rule, second.rule])
  })

  test('what was signed before rules had versions prints as the first one', async () => {
    const { caseId } = await insertCase(server.ports, CELLS)
    const sign = { version: 1, password: PASSWORD, accepted: await doctor.accepting(caseId) }
    expect((await doctor('POST', `/cases/${caseId}/sign`, sign)).statusCode).toBe(200)
    const { id, snapshot } = await server.ports.db
      .selectFrom('signatures')
      .select(['id', 'snapshot'])
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    const old = JSON.parse(snapshot)
    delete old.report.rule.version
    await server.ports.db
      .updateTable('signatures')
      .set({ snapshot: JSON.stringify(old) })
      .where('id', '=', id)
      .execute()
    expect((await report(caseId)).rule).toMatchObject({ id: 'icsh_2008', version: 1 })
  })

  test('a rule is made the default, withdrawn and brought back; cases keep it', async () => {
    const made = await save({ ...NEC, name: 'Withdrawn later' })
    const as = (what: string, id = made.id) => administrator('POST', `/counting-rules/${id}/${what}`)
    const flags = async () =>
      (await rules())
        .filter((one: { isDefault: boolean }) => one.isDefault)
        .map((one: { rule: { name: string } }) => one.rule.name)

    expect((await as('default')).statusCode).toBe(200)
    expect(await flags()).toEqual(['Withdrawn later'])
    const made1 = (await newCase('RULE-1')).json()
    expect(made1).toMatchObject({ countingRule: made.rule.id, meRule: made.rule.meRule.id })
    expect((await as('withdraw')).json().code).toBe('RULE_IS_DEFAULT')

    const next = await save({ ...NEC, name: 'Withdrawn later', ruleId: made.rule.id, version: 1 })
    expect(next).toMatchObject({ isDefault: true, active: true })
    expect((await as('default')).json().code).toBe('CHANGED_MEANWHILE')
    expect((await newCase('RULE-2')).json()).toMatchObject({ countingRuleVersion: 2 })

    const [icsh] = await rules()
    expect((await as('default', icsh.id)).statusCode).toBe(200)
    expect((await as('withdraw', next.id)).statusCode).toBe(200)
    const late = await newCase('RULE-3', { countingRule: made.rule.id })
    expect([late.statusCode, late.json().code]).toEqual([409, 'RULE_WITHDRAWN'])
    expect((await as('default', next.id)).json().code).toBe('RULE_WITHDRAWN')
    // A case that has it goes on with it.
    expect(await about(made1.id)).toMatchObject({ countingRuleVersion: 1, newerRuleVersion: null })
    expect((await change(made1.id, { site: 'sternum' })).json()).toMatchObject({ countingRuleVersion: 1 })
    expect((await as('restore', next.id)).statusCode).toBe(200)
    expect(await about(made1.id)).toMatchObject({ newerRuleVersion: 2 })
    expect(await audited('counting_rule.withdraw')).toHaveLength(1)
    expect(await audited('counting_rule.default')).toHaveLength(2)
    expect((await newCase('RULE-4', { countingRule: 'mine' })).json().code).toBe('COUNTING_RULE_UNKNOWN')
    expect((await newCase('RULE-5', { meRule: 'mine' })).json().code).toBe('ME_RULE_UNKNOWN')
  })

  test('the M:E ratio goes with the rule, unless another one was chosen for the case', async () => {
    const { id } = (await newCase('RATIO-1')).json()
    expect((await change(id, { countingRule: 'chinese_report' })).json().meRule).toBe('ge')
    await change(id, { meRule: 'ge_with_blasts' })
    const back = (await change(id, { countingRule: 'icsh_2008' })).json()
    expect(back).toMatchObject({
      meRule: 'ge_with_blasts',
      rule: { id: 'icsh_2008', meRule: { id: 'ge_with_blasts' } },
    })
  })

  test('two people who save the next version at once make one, and two defaults at once leave one', async () => {
    const made = await save({ ...NEC, name: 'Raced' })
    const next = { ...NEC, name: 'Raced', ruleId: made.rule.id, version: 1 }
    const answers = await Promise.all([1, 2, 3].map(() => administrator('POST', '/counting-rules', next)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
    const builtIn = (await rules()).slice(0, COUNTING_RULES.length) as { id: string }[]
    await Promise.all(builtIn.map(({ id }) => administrator('POST', `/counting-rules/${id}/default`)))
    expect((await rules()).filter((one: { isDefault: boolean }) => one.isDefault)).toHaveLength(1)
  })

  test('the targets that are offered are a setting of the site, and its default is one of them', async () => {
    const settings = (await administrator('GET', '/settings')).json()
    expect(settings).toMatchObject({ target: 500, targets: [200, 300, 500] })
    const gone = await administrator('PUT', '/settings', { ...settings, targets: [100, 200] })
    expect([gone.statusCode, gone.json().code]).toEqual([422, 'TARGET_NOT_OFFERED'])
    const set = { ...settings, target: 100, targets: [400, 100, 100] }
    const saved = await administrator('PUT', '/settings', set)
    expect(saved.json()).toMatchObject({ target: 100, targets: [100, 400] })
    expect((await newCase('TARGET-1')).json().target).toBe(100)
    expect(await audited('settings.edit')).toContainEqual({
      before: { target: 500, targets: [200, 300, 500], version: 0 },
      after: { target: 100, targets: [100, 400], version: 1 },
    })
  })
})
