/** The analysis page: filters, charts and their tables, and a set taken out without identity. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_TYPES } from '../cytology/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { fillSite } from './fill-site.ts'
import { accessible, invite, openPerson, tick } from './person.ts'
import { openSite, type Site } from './site.ts'

describe.skipIf(!CHROMIUM)(
  `the analysis page${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let page: Page
    let api: Api
    const problems: string[] = []
    const chart = (name: string) => page.locator(`[data-chart="${name}"]`)
    const figure = (name: string) => page.locator(`[data-figure="${name}"] strong`)

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      const { id } = await api.ok('POST', '/api/cases/demo')
      await api.analysed(id)
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    test('a site without cases says so, and the demo is there when it is asked for', async () => {
      await page.getByRole('link', { name: 'Analysis' }).click()
      await page.getByRole('heading', { name: 'No case is in this set' }).waitFor()
      await accessible(page, '60-analysis-empty')
      await tick(page.getByLabel('with synthetic cases'))
      await expect.poll(() => figure('cases').textContent(), { timeout: 20_000 }).toBe('1')
      await chart('types').getByText('too few to show how they are spread').waitFor()
      await tick(page.getByLabel('with synthetic cases'))
    })

    test('charts are drawn, in light and dark, in English and Chinese', async () => {
      const { id } = await api.ok('GET', '/api/me')
      await fillSite(site.folder, { cases: 240, cellsPerCase: 60, reader: id })
      await page.reload()
      await expect.poll(() => figure('cases').textContent(), { timeout: 20_000 }).toBe('240')
      for (const name of ['work', 'types', 'corrections', 'agreement', 'drift', 'differences']) {
        await chart(name).locator('svg text').first().waitFor()
      }
      await chart('drift').getByText('The last week signals').waitFor()
      await accessible(page, '61-analysis')
      await chart('corrections').scrollIntoViewIfNeeded()
      await accessible(page, '62-analysis-corrections')
      await chart('differences').scrollIntoViewIfNeeded()
      await accessible(page, '63-analysis-differences')
      await page.getByRole('button', { name: 'Dark' }).click()
      await page.getByRole('button', { name: '中文' }).click()
      await chart('types').scrollIntoViewIfNeeded()
      await page.getByText('我们计数到了什么？').waitFor()
      await accessible(page, '64-analysis-dark-zh')
      await chart('drift').scrollIntoViewIfNeeded()
      await accessible(page, '65-analysis-dark-zh-drift')
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('button', { name: 'Light' }).click()
    })

    test('a filter is in the address, and what it leaves is counted', async () => {
      await page.getByLabel('Received from').fill('2024-01-01')
      await page.getByLabel('Received from').press('Tab')
      await page.waitForURL(/from=2024-01-01/)
      const { cases } = await api.ok('GET', '/api/statistics/overview?from=2024-01-01')
      expect(cases).toBeGreaterThan(0)
      expect(cases).toBeLessThan(240)
      await expect.poll(() => figure('cases').textContent(), { timeout: 20_000 }).toBe(String(cases))
      await page.reload()
      await expect.poll(() => figure('cases').textContent(), { timeout: 20_000 }).toBe(String(cases))
      await page.getByLabel('at least').fill('20')
      await page.getByLabel('at least').press('Tab')
      await page.waitForURL(/atLeast=20/)
      const query = 'from=2024-01-01&type=blast&atLeast=20'
      const cohort = await api.ok('GET', `/api/statistics/overview?${query}`)
      expect(cohort.cases).toBeGreaterThan(0)
      await expect.poll(() => figure('cases').textContent(), { timeout: 20_000 }).toBe(String(cohort.cases))
    })

    test('behind a chart is its table, by keyboard too, and both can be kept', async () => {
      const card = chart('types')
      await card.getByRole('button', { name: 'Table' }).focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => card.locator('tbody tr').count()).toBe(CELL_TYPES.length)
      await accessible(page, '66-analysis-table')
      const kept = async (name: string) => {
        const waiting = page.waitForEvent('download')
        await card.getByRole('button', { name, exact: true }).click()
        const file = await (await waiting).path()
        return readFileSync(file)
      }
      expect((await kept('CSV')).toString()).toContain('Segmented neutrophil,')
      expect((await kept('SVG')).toString()).toContain('<svg')
      const png = await kept('PNG')
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect(png.length).toBeGreaterThan(10_000)
      await card.getByRole('button', { name: 'Table' }).click()
      await card.locator('svg text').first().waitFor()
    })

    test('the set is exported, and holds no patient', async () => {
      const cases = Number(await figure('cases').textContent())
      await page.getByRole('button', { name: `Export ${cases} cases` }).click()
      const link = page.getByRole('link', { name: /^Download/ }).first()
      await link.waitFor()
      await link.scrollIntoViewIfNeeded()
      await accessible(page, '67-export')
      const waiting = page.waitForEvent('download')
      await link.click()
      const folder = mkdtempSync(join(tmpdir(), 'marrowscope-set-'))
      execFileSync('tar', ['xzf', await (await waiting).path(), '-C', folder])
      const files = readdirSync(folder)
      expect(files.sort()).toEqual(['README.txt', 'cases.csv', 'cells-001.csv', 'fields.csv', 'names.csv'])
      expect(readFileSync(join(folder, 'cases.csv'), 'utf8').trim().split('\n')).toHaveLength(cases + 1)
      for (const file of files) {
        const text = readFileSync(join(folder, file), 'utf8')
        for (const planted of [/Patient \d/, /\bM-\d/, /\bH-\d/, /field-\d/, /\bAML\b|缺铁/, /head@lab/]) {
          expect([file, planted.exec(text)?.[0]]).toEqual([file, undefined])
        }
      }
      expect(problems).toEqual([])
    })

    test('who may not has no link, and a doctor no export', async () => {
      const technician = await openPerson(browser, site.address, await invite(api, 'T Zhao', 'technician'))
      expect(await technician.getByRole('link', { name: 'Analysis' }).count()).toBe(0)
      const doctor = await openPerson(browser, site.address, await invite(api, 'Dr Sun'))
      await doctor.getByRole('link', { name: 'Analysis' }).click()
      await doctor.locator('[data-chart="types"] svg text').first().waitFor()
      expect(await doctor.getByRole('button', { name: /^Export/ }).count()).toBe(0)
    })
  },
)
