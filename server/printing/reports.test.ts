import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CellClass } from '../../cytology/index.ts'
import { EMPTY_DRAFT, type Report } from '../../cytology/index.ts'
import { insertCase } from '../cells/case-for-tests.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { startTestServer, type TestServer } from '../for-tests.ts'
import { pages } from './pages-for-tests.ts'

const PASSWORD = 'correct horse battery'
const TYPES: CellClass[] = [
  ...Array(6).fill('blast'),
  ...Array(50).fill('segmented_neutrophil'),
  ...Array(20).fill('erythroblast'),
  ...Array(24).fill('lymphocyte'),
]
const ACCEPTED = ['UNREVIEWED_LEFT', 'BELOW_TARGET']

const squeezed = (text: string) => text.replace(/\s+/g, '')

describe.each(TEST_DATABASES)('reports on %s', (_, empty) => {
  let server: TestServer
  let doctor: Awaited<ReturnType<TestServer['as']>>
  beforeAll(async () => {
    server = await startTestServer(await empty())
    doctor = await server.as('doctor', PASSWORD)
  })
  afterAll(() => server.close())

  const fetchPdf = async (id: string, lang: string) => {
    const answer = await doctor('GET', `/cases/${id}/report.pdf?lang=${lang}`)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    return answer.rawPayload
  }
  const report = async (id: string): Promise<Report> =>
    (await doctor('GET', `/cases/${id}/report.json`)).json()
  const enter = async (id: string, cellIds: readonly string[]) => {
    const draft = {
      ...EMPTY_DRAFT,
      department: '血液科',
      bed: '12',
      cellularity: 'active',
      megakaryocytes: { count: 42, stages: { granular: 30 } },
      texts: {
        granulocytic: { zh: '粒系增生活跃。', en: 'Granulopoiesis is active.' },
        opinion: { zh: '请结合临床。', en: '' },
      },
      pictures: cellIds.map((cellId) => ({
        kind: 'cell',
        id: cellId,
        caption: { zh: '原始细胞', en: 'A blast' },
      })),
    }
    const answer = await doctor('PUT', `/cases/${id}/report-draft`, { draft, version: 0 })
    expect(answer.statusCode).toBe(200)
  }

  test('a draft prints all the parts of the Chinese form on one page, and says that it is none', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, TYPES)
    await enter(caseId, cellIds.slice(0, 2))
    const text = pages(await fetchPdf(caseId, 'zh'))
    if (!text) return
    expect(text).toHaveLength(1)
    const page = squeezed(text[0]!)
    const PARTS =
      '骨髓细胞学检查报告单 姓名：张三 性别：女 年龄 科别：血液科 床号：12 住院号：0815 骨髓号 取材部位 取材日期 报告日期 临床诊断 取材 涂片 染色 增生程度 粒红比 巨核细胞 血片 细胞化学 诊断意见 检验者 审核者 签名 粒系增生活跃。 请结合临床。 图1原始细胞(标尺10µm) 合成病例 第1页共1页 ForresearchandeducationNotamedicaldevice'
    for (const part of PARTS.split(' ')) expect(page.replaceAll('.', '')).toContain(part.replaceAll('.', ''))
    // 6 of 100 with the exact interval, above 0–2.
    expect(text[0]).toMatch(/原始细胞\s+6\s+6\.0 ↑\s+2\.2–12\.6\s+0–2/)
    expect(page).toContain('未签名')
  })

  test('the English form says the same, in its words where there are any', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, TYPES)
    await enter(caseId, cellIds.slice(0, 1))
    const text = pages(await fetchPdf(caseId, 'en'))
    if (!text) return
    expect(text).toHaveLength(1)
    expect(text[0]).toMatch(/Blast\s+6\s+6\.0 ↑\s+2\.2–12\.6\s+0–2/)
    for (const part of [
      'Bone marrow aspirate report',
      'Granulopoiesis is active.',
      '请结合临床。',
      'Active (normocellular)',
      'Fig. 1 A blast (bar 10 µm)',
      'SYNTHETIC CASE',
      'Adult, Iowa (version 1)',
      'University of Iowa',
      'Changes to cells: none',
      'Page 1 of 1',
    ]) {
      expect(text[0]!.replace(/ +/g, ' ')).toContain(part)
    }
  })

  test('what was signed prints the same after the site changed its ranges, with addenda, hash and code', async () => {
    const { caseId, cellIds } = await insertCase(server.ports, TYPES)
    await enter(caseId, cellIds.slice(0, 2))
    const early = await doctor('POST', `/cases/${caseId}/sign`, {
      ...{ version: 1, password: PASSWORD, accepted: ACCEPTED, draftVersion: 0 },
    })
    expect([early.statusCode, early.json().code]).toEqual([409, 'CHANGED_MEANWHILE'])
    const body = { version: 1, password: PASSWORD, accepted: ACCEPTED, draftVersion: 1 }
    expect((await doctor('POST', `/cases/${caseId}/sign`, body)).statusCode).toBe(200)
    // As a hospital expects it: one page.
    expect(pages(await fetchPdf(caseId, 'zh'))?.length ?? 1).toBe(1)
    const [{ sha256 }] = (await doctor('GET', `/cases/${caseId}/signatures`)).json()
    const before = await report(caseId)
    expect(before).toMatchObject({
      counted: 100,
      findings: { department: '血液科', cellularity: 'active' },
      reference: { id: 'adult_iowa', version: 1 },
      rule: { id: 'icsh_2008', meRule: { id: 'me_icsh_2008_with_blasts' } },
      signature: { sha256, userName: 'A doctor' },
      readerName: 'A doctor',
    })
    const locked = await doctor('PUT', `/cases/${caseId}/report-draft`, { draft: EMPTY_DRAFT, version: 1 })
    expect(locked.json().code).toBe('CASE_SIGNED')

    const administrator = await server.as('administrator')
    const table = {
      name: 'Other',
      source: 'Other',
      note: '',
      ranges: { blast: { text: '', low: 0, high: 50 } },
    }
    const { id } = (await administrator('POST', '/reference-tables', table)).json()
    await administrator('POST', `/reference-tables/${id}/choose`)
    expect(await report(caseId)).toEqual(before)
    await doctor('POST', `/cases/${caseId}/addenda`, {
      ...{ text: 'Flow cytometry agrees. 流式一致。', password: PASSWORD },
    })
    for (const lang of ['zh', 'en']) {
      const text = pages(await fetchPdf(caseId, lang))
      if (!text) continue
      expect(text.join('')).toContain(sha256)
      expect(text.join('')).toContain('流式一致。')
      expect(text.join('')).not.toMatch(/not signed|未签名/)
      expect(squeezed(text.join(''))).toContain('0–2')
      for (const page of text) expect(page).toContain('Not a medical device.')
    }
    expect((await doctor('GET', `/signatures/${sha256}`)).json()).toMatchObject({
      ...{ exists: true, intact: true, kind: 'signature', caseId, userName: 'A doctor' },
    })
    expect((await doctor('GET', `/signatures/${'0'.repeat(64)}`)).json()).toMatchObject({ exists: false })
    expect((await doctor('GET', '/signatures/abc')).statusCode).toBe(400)
    await server.ports.db
      .updateTable('signatures')
      .set((eb) => ({ snapshot: eb.fn('replace', ['snapshot', eb.val('张三'), eb.val('李四')]) }))
      .where('sha256', '=', sha256)
      .execute()
    expect((await doctor('GET', `/signatures/${sha256}`)).json()).toMatchObject({
      exists: true,
      intact: false,
    })
  })

  test('a case that nobody wrote anything about is signed and printed as well', async () => {
    const { caseId } = await insertCase(server.ports, TYPES)
    const body = { version: 1, password: PASSWORD, accepted: ACCEPTED }
    expect((await doctor('POST', `/cases/${caseId}/sign`, body)).statusCode).toBe(200)
    const { findings, rows } = await report(caseId)
    expect(findings).toEqual(EMPTY_DRAFT)
    expect(rows[0]).toMatchObject({ type: 'blast', count: 6 })
    expect(pages(await fetchPdf(caseId, 'en'))?.length ?? 1).toBe(1)
  })

  test('CSV and workbook hold every type, and no formula', async () => {
    const { caseId } = await insertCase(server.ports, TYPES)
    await server.ports.db
      .updateTable('cases')
      .set({ marrow_number: '=1+1,"x"' })
      .where('id', '=', caseId)
      .execute()
    const csv = (await doctor('GET', `/cases/${caseId}/report.csv?lang=zh`)).body
    const [headings, blast] = csv.split('\r\n')
    expect(headings).toBe('\uFEFFmarrow_number,item,name,value,percent,low95,high95,reference,mark')
    expect(blast).toMatch(/^"'=1\+1,""x""",blast,原始细胞,6,6,2\.\d+,12\.\d+,/)
    expect(csv).toContain('Not a medical device.')
    const workbook = await doctor('GET', `/cases/${caseId}/report.xlsx?lang=en`)
    expect(workbook.rawPayload.subarray(0, 2).toString()).toBe('PK')
    expect(workbook.headers['content-disposition']).toContain("filename*=UTF-8''marrow-%3D1%2B1")
  })

  test('who may not read cases gets no report, and every reading is audited', async () => {
    const { caseId } = await insertCase(server.ports, [])
    for (const ending of ['pdf', 'csv', 'xlsx', 'json']) {
      const url = `/api/cases/${caseId}/report.${ending}`
      expect((await server.app.inject({ method: 'GET', url })).statusCode).toBe(401)
      expect((await doctor('GET', `/cases/${caseId}/report.${ending}`)).statusCode).toBe(200)
    }
    const { count } = await server.ports.db
      .selectFrom('audit')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('subject_id', '=', caseId)
      .where('event', '=', 'report.read')
      .where('status', '=', 200)
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(4)
  })

  test('while PDFs are made the server goes on answering', async () => {
    const { caseId } = await insertCase(server.ports, TYPES)
    let longest = 0
    let last = performance.now()
    const beat = setInterval(() => {
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
    }, 5)
    const began = performance.now()
    await Promise.all(Array.from({ length: 6 }, () => fetchPdf(caseId, 'zh')))
    const took = performance.now() - began
    clearInterval(beat)
    expect(longest).toBeLessThan(took / 2)
  })
})
