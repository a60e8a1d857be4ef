/** A site writes a counting rule of its own: the editor, the case that is counted by it, its next version, the targets. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countingRule, ruleName } from '../cytology/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, choose, chosen, offered, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

const COUNTS = { blast: 10, segmented_neutrophil: 30, erythroblast: 40, lymphocyte: 20 }

describe.skipIf(!CHROMIUM)(
  `counting rules in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let page: Page
    let api: Api
    let caseId: string
    const problems: string[] = []

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      caseId = (await api.newCase('RULES-1')).id
      await api.ok('PUT', `/api/cases/${caseId}/manual-count`, { counts: COUNTS, version: 0 })
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
    }, 240_000)
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const tick = (name: string) => page.getByRole('checkbox', { name, exact: true })
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    const settings = async () => {
      await page.goto(`${site.address}/people`)
      await page.getByRole('link', { name: 'Counting rules and targets' }).click()
      await page.getByRole('heading', { name: 'Counting rules', exact: true }).waitFor()
    }
    const dark = async () => {
      await button('Dark').click()
    }

    test('a rule of the program is only read; its copy leaves erythroblasts out and shows at once what that does', async () => {
      await settings()
      await row('Erythroblast').getByText('19.0').waitFor()
      expect(await tick('Erythroblast: In the 100 %').isDisabled()).toBe(true)
      await accessible(page, '60-rules-built-in')
      await button('Copy and change').click()
      await page.getByLabel('Name *').fill('Non-erythroid cells (NEC)')
      await tick('Erythroblast: In the 100 %').uncheck()
      // 8 of 405 instead of 8 of 500.
      await row('Blast').first().getByText('2.0').waitFor()
      await page.getByText('This rule leaves cells out').waitFor()
      await tick('Blast: M:E, above').check()
      await page.getByText('335 : 95').waitFor()
      await page.getByText('Say where the counting rule').waitFor()
      await page.getByLabel('Source *').fill('Decision of the laboratory, 3 May')
      await page.getByLabel('Name of the M:E ratio *').fill('M:E of our laboratory')
      await tick('Erythroblast: M:E, above').check()
      await page.getByText('A cell type stands on one side').waitFor()
      await button('Save as a rule of its own').click()
      await page.getByRole('alert').getByText('A cell type stands on one side').waitFor()
      await tick('Erythroblast: M:E, above').uncheck()
      await accessible(page, '61-rules-copy')
      await button('Save as a rule of its own').click()
      await page.getByText('Saved').waitFor()
      await button('Make it the default').click()
      await expect
        .poll(async () => (await api.ok('GET', '/api/counting-rules')).find((one: Flags) => one.isDefault))
        .toMatchObject({ rule: { name: 'Non-erythroid cells (NEC)', version: 1 }, builtIn: false })
    })

    test('a case is given the rule, and the counter and the report count by it', async () => {
      await page.goto(`${site.address}/case/${caseId}/counter`)
      await page.getByText('100 counted, 0 not counted').waitFor()
      await button('Details').click()
      const dialog = page.getByRole('dialog')
      await choose(dialog, 'Counting rule', 'Non-erythroid cells (NEC)')
      await dialog.getByText('Version 1 · Decision of the laboratory, 3 May').waitFor()
      expect(await chosen(dialog, 'M:E rule')).not.toBe('')
      await accessible(page, '62-rules-case')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await page.getByText('60 counted, 40 not counted').waitFor()
      // 10 of 60, and 40 myeloid cells to 40 erythroblasts.
      await page.locator('.counter').getByRole('row').filter({ hasText: 'Blast' }).getByText('16.7').waitFor()
      await page.getByText('M:E 1.00').waitFor()
      await page.getByText('Rule: Non-erythroid cells (NEC), version 1').waitFor()
      await accessible(page, '63-rules-counter')
      const report = await api.ok('GET', `/api/cases/${caseId}/report.json`)
      expect([report.counted, report.ratio.value]).toEqual([60, 1])
    })

    test('a new version leaves the case as it is until a person moves it', async () => {
      await settings()
      await page.getByRole('button', { name: /^Non-erythroid/ }).click()
      await tick('Lymphocyte: In the 100 %').uncheck()
      await button('Save as version 2').click()
      await page.getByText('Saved').waitFor()
      await button('Save as version 3').waitFor()
      await page.goto(`${site.address}/case/${caseId}/counter`)
      const counter = page.locator('.counter')
      await counter.getByText('Version 2 of this rule is there.').waitFor()
      await page.getByText('60 counted, 40 not counted').waitFor()
      await accessible(page, '64-rules-newer')
      await counter.getByRole('button', { name: 'Count by version 2' }).click()
      await page.getByText('40 counted, 60 not counted').waitFor()
      await page.getByText('Rule: Non-erythroid cells (NEC), version 2').waitFor()
    })

    test('another rule becomes the default, this one is withdrawn; a new case is offered the others', async () => {
      await settings()
      await page.getByRole('button', { name: /^All nucleated marrow cells, M:E by ICSH/ }).click()
      await button('Make it the default').click()
      await page.getByText('Saved').waitFor()
      await page.getByRole('button', { name: /^Non-erythroid/ }).click()
      await button('Withdraw').click()
      await button('Bring back').waitFor()
      await page.getByLabel('Offered, separated by commas').fill('400, 100, 100')
      await choose(page, 'New cases get', '100')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect
        .poll(() => api.ok('GET', '/api/settings'))
        .toMatchObject({ target: 100, targets: [100, 400] })
      await page.goto(`${site.address}/new`)
      await expect.poll(() => chosen(page, 'Counting rule')).toBe(ruleName('en', countingRule('icsh_2008')))
      expect(await offered(page, 'Counting rule')).toHaveLength(3)
      await expect.poll(() => chosen(page, 'Cells to count')).toBe('100')
      expect(await offered(page, 'Cells to count')).toEqual(['100', '400', 'another number'])
    })

    test('the editor in Chinese and dark', async () => {
      await settings()
      await dark()
      await page.getByRole('button', { name: /^Non-erythroid/ }).click()
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('heading', { name: '计数规则', exact: true }).waitFor()
      await button('复制并修改').click()
      await page.getByText('请填写计数规则及其粒红比的来源').waitFor()
      await accessible(page, '65-rules-chinese')
      expect(problems).toEqual([])
    })
  },
)

interface Flags {
  isDefault: boolean
}
