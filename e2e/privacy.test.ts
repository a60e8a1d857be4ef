/// <reference lib="dom" />
/** A patient's data are handed over and erased; images go after their years, and pages say so instead of failing. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, allPictures, fieldShown, openPerson, tick } from './person.ts'
import { openSite, type Site } from './site.ts'

const PATIENT = { hospitalNumber: '20240817', name: '欧阳慧敏', sex: 'female', birthDate: '1956-08-23' }
const DAY = 86_400_000

describe.skipIf(!CHROMIUM)(
  `privacy in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let api: Api
    let browser: Browser
    let page: Page
    let caseId: string
    let patientId: string
    const problems: string[] = []

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      const demo = await api.ok('POST', '/api/cases/demo')
      caseId = demo.id
      await api.analysed(caseId)
      patientId = demo.patientId
      const { version } = await api.ok('GET', `/api/patients/${patientId}`)
      await api.ok('PATCH', `/api/patients/${patientId}`, { version, ...PATIENT })
      const { cells } = await api.ok('GET', `/api/cases/${caseId}/cells`)
      const draft = (await api.ok('GET', `/api/cases/${caseId}/report-draft`)).draft
      const caption = { en: 'a cell of the aspirate', zh: '骨髓片中的细胞' }
      draft.pictures = cells.slice(0, 2).map(({ id }: { id: string }) => ({ kind: 'cell', id, caption }))
      await api.ok('PUT', `/api/cases/${caseId}/report-draft`, { draft, version: 0 })
      const now = await api.ok('GET', `/api/cases/${caseId}`)
      const checks = await api.ok('GET', `/api/cases/${caseId}/checks`)
      const open = checks.filter(({ code }: { code: string }) => code === 'UNIDENTIFIED_LEFT').length
      if (open > 0) {
        const unnamed = cells.filter((cell: { type: string }) => cell.type === 'not_identifiable')
        const changes = unnamed.map(({ id, version: of }: { id: string; version: number }) => ({
          ...{ id, version: of, set: { reviewed: true } },
        }))
        await api.ok('POST', `/api/cases/${caseId}/changes`, { changes })
      }
      await api.ok('POST', `/api/cases/${caseId}/sign`, {
        version: (await api.ok('GET', `/api/cases/${caseId}`)).version ?? now.version,
        password: ADMINISTRATOR.password,
        accepted: ['UNREVIEWED_LEFT', 'BELOW_TARGET', 'UNIDENTIFIED_LEFT'],
      })
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    test('all data of a patient are exported into an archive with the photographs and both reports', async () => {
      await page.goto(`${site.address}/patient/${patientId}`)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export all data' }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^marrowscope-patient-[0-9a-f]{8}\.tar$/)
      const folder = mkdtempSync(join(tmpdir(), 'marrowscope-own-'))
      const list = execFileSync('tar', ['xvf', await download.path()], { cwd: folder, encoding: 'utf8' })
      const files = list.trim().split('\n')
      const { length: fields } = await api.ok('GET', `/api/cases/${caseId}/fields`)
      expect(files.filter((name) => /\/images\/\d+-.+\.png$/.test(name))).toHaveLength(fields)
      for (const form of ['en', 'zh']) {
        const pdf = files.find((name) => name.endsWith(`report-${form}.pdf`))!
        const text = execFileSync('pdftotext', ['-layout', join(folder, pdf), '-'], { encoding: 'utf8' })
        expect(text).toContain(PATIENT.hospitalNumber)
      }
      expect(JSON.parse(readFileSync(join(folder, 'patient.json'), 'utf8')).patients[0].name).toBe(
        PATIENT.name,
      )
    })

    test('the rules of retention are previewed before they are saved', async () => {
      await page.goto(`${site.address}/people`)
      await page.getByRole('link', { name: 'How long data are kept' }).click()
      await page.getByText('Everything is kept for ever.').waitFor()
      age()
      await tick(page.getByLabel(/remove, this many years/))
      await page.getByLabel('Images of signed cases: years').fill('2')
      await page.getByText(/Today this would concern cases: 1, with images: \d+/).waitFor()
      await tick(page.getByLabel(/erase, this many years/))
      await page.getByText('Today this would concern patients: 0, with cases: 0.').waitFor()
      await page.getByLabel('Patients: years').fill('0')
      expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
      await tick(page.getByLabel('keep for ever').nth(1))
      await accessible(page, 'v01-retention')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await page.getByText('Saved').waitFor()
      expect((await api.ok('GET', '/api/retention')).rules).toEqual({
        ...{ imagesYears: 2, patientsYears: null, version: 1 },
      })
    })

    test('the night’s work removes the images; the page of the case says so, the report prints as before', async () => {
      const before = await (await api.raw('GET', `/api/cases/${caseId}/report.pdf?lang=en`)).arrayBuffer()
      tonight()
      await expect
        .poll(async () => (await api.ok('GET', '/api/retention')).runs[0]?.status, { timeout: 30_000 })
        .toBe('done')
      await page.reload()
      await page.getByRole('cell', { name: '2 years' }).waitFor()
      await accessible(page, 'v02-retention-done')
      await page.goto(`${site.address}/case/${caseId}/read`)
      await page.getByText(/The images of this case were removed on/).waitFor()
      await allPictures(page)
      await accessible(page, 'v03-gallery-without-images')
      await page.getByRole('tab', { name: 'Field' }).click()
      await fieldShown(page)
      await accessible(page, 'v04-field-without-image')
      const after = await (await api.raw('GET', `/api/cases/${caseId}/report.pdf?lang=en`)).arrayBuffer()
      expect(Math.abs(after.byteLength - before.byteLength)).toBeLessThan(400)
    })

    test('a patient is erased after the number, a reason and the password; what is left says so', async () => {
      await page.goto(`${site.address}/patient/${patientId}`)
      await page.getByRole('button', { name: 'Erase…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('Cases: 1').waitFor()
      await dialog.getByText('Signed reports: 1').waitFor()
      const now = dialog.getByRole('button', { name: 'Erase for good' })
      await dialog.getByLabel('To confirm, type 20240817').fill('2024081')
      expect(await now.isDisabled()).toBe(true)
      await dialog.getByLabel('To confirm, type 20240817').fill(PATIENT.hospitalNumber)
      await dialog.getByRole('checkbox').check()
      await dialog.getByLabel(/^Reason/).fill('Asked for in writing, file 17/2026')
      await dialog.getByLabel('Your password').fill('wrong password')
      await now.click()
      await dialog.getByText(/This is not your password/).waitFor()
      await accessible(page, 'v05-erase')
      await dialog.getByLabel('Your password').fill(ADMINISTRATOR.password)
      await now.click()
      await page.getByRole('heading', { name: /^Erased on/ }).waitFor()
      await page.getByText('Asked for in writing, file 17/2026').waitFor()
      expect(await page.content()).not.toContain(PATIENT.name)
      await accessible(page, 'v06-erased')
      expect((await api.call('GET', `/api/cases/${caseId}`)).status).toBe(404)
      expect((await api.ok('GET', '/api/patients?search=20240817')).items).toEqual([])
      await page.getByRole('link', { name: 'Audit of this patient' }).click()
      await page.getByRole('cell', { name: 'patient erased' }).first().waitFor()
      const output = execFileSync(process.execPath, ['server/audit/verify-command.ts'], {
        env: { ...process.env, MARROWSCOPE_SITE: site.folder },
        encoding: 'utf8',
      })
      expect(output).toContain('The audit is intact')
    })

    test('Chinese and dark', async () => {
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('button', { name: '深色' }).click()
      await page.goto(`${site.address}/patient/${patientId}`)
      await page.getByRole('heading', { name: /^已于/ }).waitFor()
      await accessible(page, 'v07-erased-zh-dark')
      await page.goto(`${site.address}/settings/retention`)
      await page.getByRole('heading', { name: '资料保存期限' }).waitFor()
      await accessible(page, 'v08-retention-zh-dark')
      const other = await api.newCase('B-2')
      const { patientId: id } = await api.ok('GET', `/api/cases/${other.id}`)
      await page.goto(`${site.address}/patient/${id}`)
      await page.getByRole('button', { name: '彻底删除…' }).click()
      await page.getByRole('dialog').getByText('病例: 1').waitFor()
      await accessible(page, 'v09-erase-zh-dark')
      expect(problems).toEqual([])
    })

    test('erased in the middle of an analysis, with a file that cannot go, and the server killed: nothing is left', async () => {
      const demo = await api.ok('POST', '/api/cases/demo')
      const [field] = await api.ok('GET', `/api/cases/${demo.id}/fields`)
      // In the place of the photograph stands what a removal refuses to touch.
      const original = join(site.folder, 'images/fields', field.id)
      rmSync(original)
      mkdirSync(join(original, 'in-use'), { recursive: true })
      const { version, confirm } = await api.ok('GET', `/api/patients/${demo.patientId}/erasure`)
      const body = { version, confirm, reason: 'test', password: ADMINISTRATOR.password }
      await api.ok('POST', `/api/patients/${demo.patientId}/erase`, body)
      const left = (table: 'files_to_remove' | 'cells' | 'analyses' | 'fields') =>
        inDatabase((db) => db.prepare(`select * from ${table}`).all().length)
      expect(left('files_to_remove')).toBe(1)
      await site.stop('SIGKILL')
      rmSync(original, { recursive: true })
      writeFileSync(original, 'a photograph')
      await site.start()
      await expect.poll(() => existsSync(original), { timeout: 20_000 }).toBe(false)
      await expect.poll(() => left('files_to_remove')).toBe(0)
      // The networks were at work when it went; nothing takes that up again.
      const work = "select * from jobs where kind = 'analysis' and status in ('waiting', 'running')"
      await expect.poll(() => inDatabase((db) => db.prepare(work).all())).toEqual([])
      for (const table of ['cells', 'analyses', 'fields'] as const)
        expect([table, left(table)]).toEqual([table, 0])
      expect(readdirSync(join(site.folder, 'images/fields'))).toEqual([])
    })

    /** Beside the running server, as another program on the same computer could. */
    function inDatabase<T>(work: (db: SQLite.Database) => T): T {
      const db = new SQLite(join(site.folder, 'marrowscope.db'), { timeout: 5000 })
      try {
        return work(db)
      } finally {
        db.close()
      }
    }

    /** As if the case had been signed three years ago. */
    const age = () =>
      inDatabase((db) =>
        db.prepare('update signatures set at = ? where case_id = ?').run(Date.now() - 3 * 366 * DAY, caseId),
      )

    /** As if it were night. */
    const tonight = () =>
      inDatabase((db) => db.prepare("update jobs set run_at = 0 where kind = 'retention'").run())
  },
)
