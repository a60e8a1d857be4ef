/** The administrator takes the Chinese names; a doctor names stages, tags and comments; the counter, the report and the export show them. */
import { gunzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser, picture } from './browser.ts'
import { accessible, choose, invite, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'
import { until } from './until.ts'

describe.skipIf(!CHROMIUM)(
  `finer names in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let head: Page
    let page: Page
    let api: Api
    let caseId: string
    const problems: string[] = []

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      caseId = (await api.ok('POST', '/api/cases/demo')).id
      browser = await openBrowser()
      head = await openPerson(browser, site.address, ADMINISTRATOR, problems)
      page = await openPerson(browser, site.address, await invite(api, 'Dr Li'), problems)
      await api.analysed(caseId)
    }, 240_000)
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    const button = (name: string | RegExp, of: Page = page) => of.getByRole('button', { name, exact: true })
    const cells = async () => (await api.ok('GET', `/api/cases/${caseId}/cells`)).cells
    const bearing = async (subtype: string) =>
      (await cells()).filter((cell: { subtype: string | null }) => cell.subtype === subtype)

    test('the administrator takes the names of the Chinese form and adds one', async () => {
      await head.goto(`${site.address}/people`)
      await head.getByRole('link', { name: 'Finer names and tags of cells' }).click()
      await head.getByRole('heading', { name: 'Nothing saved yet: cells have their types only.' }).waitFor()
      await button('Add these to the list', head).click()
      await choose(head, 'Show', 'Erythroblast (4)')
      await head.getByRole('row').filter({ hasText: '中幼红细胞' }).waitFor()
      await button('New name', head).click()
      const dialog = head.getByRole('dialog')
      await dialog.getByLabel('English name').fill('Giant proerythroblast')
      await dialog.getByLabel('Chinese name').fill('巨大原红细胞')
      await dialog.getByLabel('Abbreviation').fill('gPro')
      await dialog.getByLabel('Key with Shift').fill('J')
      await button('Put it in the list', head).click()
      await button('Up: Giant proerythroblast', head).click()
      await accessible(head, '70-names-settings')
      await button('Save as version 1', head).click()
      await head
        .getByText('Version 1 · head', { exact: false })
        .or(head.getByText(/^Version 1 ·/))
        .first()
        .waitFor()
      const { version, entries } = await api.ok('GET', '/api/cell-names')
      const stages = entries.filter((one: { under: string }) => one.under === 'erythroblast')
      expect([version, stages.map((one: { abbreviation: string }) => one.abbreviation)]).toEqual([
        1,
        ['ProE', 'BasE', 'PolE', 'gPro', 'OrtE'],
      ])
      expect(stages[3].key).toBe('j')
    })

    test('the doctor names stages by key and by hand, several at once, and takes one back', async () => {
      await page.goto(`${site.address}/case/${caseId}/read?type=erythroblast&order=field`)
      await page.locator('.cell').first().click()
      const names = page.getByRole('region', { name: /^Finer name, tags/ })
      await names.getByRole('button', { name: /^Polychromatic/ }).waitFor()
      await page.keyboard.press('Shift+Digit1')
      await expect.poll(async () => (await bearing('proerythroblast')).length).toBe(1)
      // It goes on to the next one; two at once.
      await page.keyboard.press('Shift+ArrowRight')
      await names.getByRole('button', { name: /^Polychromatic/ }).click()
      await expect.poll(async () => (await bearing('erythroblast_polychromatic')).length).toBe(2)
      await page.keyboard.press('z')
      await expect.poll(async () => (await bearing('erythroblast_polychromatic')).length).toBe(0)
      await page.keyboard.press('y')
      await expect.poll(async () => (await bearing('erythroblast_polychromatic')).length).toBe(2)
      await page.locator('[data-finer="erythroblast_polychromatic"]').getByText('2').waitFor()
    })

    test('tags and comments are given, shown on the cell and looked for; the address keeps it', async () => {
      await page.getByRole('combobox', { name: 'Tags' }).fill('Binucl')
      await page.getByRole('option', { name: 'Binucleate' }).click()
      await page.keyboard.press('Escape')
      await page.locator('.grid').focus()
      await page.keyboard.press('c')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Comment').fill('双核，请会诊 <b>')
      await accessible(page, '71-names-comment')
      await dialog.getByRole('button', { name: 'Add the comment' }).click()
      await dialog.getByText('双核，请会诊 <b>').first().waitFor()
      await dialog.getByRole('button', { name: 'Close' }).click()
      await expect.poll(() => page.locator('.cell.selected [data-mark="comments"]').count()).toBe(2)
      await page.locator('.cell.selected').first().click()
      await accessible(page, '72-names-gallery')
      await page.getByText('with a comment (2)').click()
      await expect.poll(() => page.locator('.cell').count()).toBe(2)
      await choose(page, 'Only with the tag', 'Binucleate (2)')
      await expect.poll(() => page.url()).toMatch(/tag=binucleate/)
      await page.reload()
      await expect.poll(() => page.locator('.cell').count()).toBe(2)
      expect(await page.locator('.cell [data-mark="tags"]').count()).toBe(2)
    })

    test('a megakaryocyte is in no denominator; the counter shows stages and lists it apart', async () => {
      const before = (await api.ok('GET', `/api/cases/${caseId}/report.json`)).counted
      await page.goto(`${site.address}/case/${caseId}/read?type=erythroblast&order=field`)
      await page.locator('.cell').last().click()
      await page.getByRole('combobox', { name: 'Other name' }).fill('Megakaryocyte')
      await page.getByRole('option', { name: 'Megakaryocyte', exact: true }).click()
      await expect.poll(async () => (await bearing('megakaryocyte')).length).toBe(1)
      const counter = page.getByRole('region', { name: 'Differential count' })
      await counter
        .getByRole('row')
        .filter({ hasText: 'Polychromatic erythroblast' })
        .getByText('2', { exact: true })
        .waitFor()
      await counter.getByText('Not in the count:').waitFor()
      await counter.getByText('Megakaryocyte 1').waitFor()
      const report = await api.ok('GET', `/api/cases/${caseId}/report.json`)
      expect(report.counted).toBe(before - 1)
      expect(report.otherCells).toMatchObject([{ id: 'megakaryocyte', count: 1 }])
      const checks = await api.ok('GET', `/api/cases/${caseId}/checks`)
      const left = (await cells()).filter(
        (cell: { type: string; reviewed: boolean }) => cell.type === 'not_identifiable' && !cell.reviewed,
      )
      expect(checks.find((one: { code: string }) => one.code === 'UNIDENTIFIED_LEFT')?.count ?? 0).toBe(
        left.length,
      )
      await page.setViewportSize({ width: 2560, height: 1440 })
      await picture(page, '73-names-wide')
      await page.setViewportSize({ width: 1366, height: 768 })
      await button('中文').click()
      await page
        .getByRole('button', { name: /^中幼红细胞/ })
        .first()
        .waitFor()
      await accessible(page, '74-names-zh')
    })

    test('the printed report and the export have them', async () => {
      await page.goto(`${site.address}/case/${caseId}/report`)
      await page.getByRole('region', { name: '预览' }).or(page.locator('iframe')).first().waitFor()
      await picture(page, '75-names-report')
      const csv = await (await api.raw('GET', `/api/cases/${caseId}/report.csv?lang=zh`)).text()
      const stages = csv.split('\n').filter((line) => line.includes('erythroblast/'))
      expect(stages.map((line) => line.split(',')[2]!.trim())).toEqual([
        ...['原始红细胞', '早幼红细胞', '中幼红细胞', '巨大原红细胞', '晚幼红细胞', '未再细分'],
      ])
      const made = await api.ok('POST', '/api/research-exports', {
        filter: { synthetic: true },
        images: false,
      })
      await until('the export is done', 60, async () =>
        (await api.ok('GET', '/api/research-exports')).some(
          (one: { id: string; status: string }) => one.id === made.id && one.status === 'done',
        ),
      )
      const file = await api.raw('GET', `/api/research-exports/${made.id}/archive`)
      const text = gunzipSync(Buffer.from(await file.arrayBuffer())).toString('utf8')
      expect(text).toMatch(/,erythroblast_polychromatic,binucleate,/)
      expect(text).toMatch(/own-1,subtype,erythroblast,gPro,Giant proerythroblast,巨大原红细胞/)
      expect(text).not.toContain('双核，请会诊')
      expect(problems).toEqual([])
    })
  },
)
