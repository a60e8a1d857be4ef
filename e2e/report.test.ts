/** A report from draft to signature: texts, a phrase, a picture, two counts, the preview, four files, an addendum, the open page; then letterhead, ranges and phrases. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser, picture } from './browser.ts'
import { accessible, choose, openPerson, tick } from './person.ts'
import { openSite, type Site } from './site.ts'

describe.skipIf(!CHROMIUM)(
  `a report in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
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
      caseId = (await api.ok('POST', '/api/cases/demo')).id
      expect((await api.analysed(caseId)).status).toBe('done')
      const { cells } = await api.ok('GET', `/api/cases/${caseId}/cells`)
      const settle = (cell: { id: string; version: number; type: string }) => ({
        id: cell.id,
        version: cell.version,
        set: cell.type === 'not_identifiable' ? { type: 'lymphocyte' } : { reviewed: true },
      })
      await api.ok('POST', `/api/cases/${caseId}/changes`, { changes: cells.map(settle) })
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
      await page.getByText('DEMO-1').waitFor()
    }, 240_000)
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    const saved = () => page.getByText('Draft saved').waitFor()
    /** The newest form has taken the place of the one before it. */
    const previewed = () => expect.poll(() => page.locator('iframe').count()).toBe(1)
    const pdfRequest = () =>
      page.waitForResponse((answer) => answer.url().includes('/report.pdf') && answer.status() === 200)

    test('texts, a phrase and a picture are entered, saved and seen on the page that will print', async () => {
      const first = pdfRequest()
      await page.goto(`${site.address}/case/${caseId}/report`)
      expect((await first).headers()['content-type']).toBe('application/pdf')
      await page.getByLabel('Department').fill('Haematology')
      await choose(page, 'Cellularity', 'Active (normocellular)')
      await page.getByLabel('On 1.5 × 3 cm').fill('21')
      await page.getByRole('button', { name: 'Phrases: Granulopoiesis' }).click()
      await page.getByRole('menuitem', { name: 'Left shift' }).click()
      const granulopoiesis = page.getByRole('textbox', { name: 'Granulopoiesis' })
      expect(await granulopoiesis.inputValue()).toContain('shifted to the left')
      await page.getByRole('textbox', { name: 'Conclusion' }).fill('Synthetic marrow.')
      await page.getByRole('button', { name: 'Choose from the cells' }).click()
      await page.locator('.thumb').first().click()
      await page.getByLabel('Caption of picture 1').fill('A typical cell')
      const next = pdfRequest()
      await saved()
      await next
      const { draft, version } = await api.ok('GET', `/api/cases/${caseId}/report-draft`)
      expect(version).toBeGreaterThan(0)
      expect(draft).toMatchObject({ department: 'Haematology', cellularity: 'active' })
      expect(draft.texts.granulocytic.zh).toContain('核左移')
      expect(draft.pictures[0].caption.en).toBe('A typical cell')
      await previewed()
      await accessible(page, '20-report-draft')
    })

    test('the form changes its language without the page', async () => {
      const chinese = page.waitForResponse((answer) => answer.url().includes('/report.pdf?lang=zh'))
      await page.getByRole('button', { name: 'Chinese form' }).click()
      await chinese
      expect(await page.getByRole('textbox', { name: 'Granulopoiesis' }).inputValue()).toContain('核左移')
      await previewed()
      await picture(page, '21-report-chinese')
    })

    test('a draft that was changed in another window is not written over', async () => {
      const theirs = await api.ok('GET', `/api/cases/${caseId}/report-draft`)
      theirs.draft.bed = '7'
      await api.ok('PUT', `/api/cases/${caseId}/report-draft`, theirs)
      await page.getByLabel('Department').fill('Mine')
      await page.getByText('This report was changed in another window').waitFor()
      await page.getByRole('button', { name: 'Keep theirs' }).click()
      await saved()
      expect(await page.getByLabel('Bed').inputValue()).toBe('7')
      expect(await page.getByLabel('Department').inputValue()).toBe('Haematology')
    })

    test('a draft that was not saved outlives the page, and meets what was written meanwhile', async () => {
      const cut = () =>
        page.route('**/report-draft', (route) =>
          route.request().method() === 'PUT' ? route.abort('connectionreset') : route.continue(),
        )
      const write = async (bed: string) => {
        await page.getByLabel('Bed').fill(bed)
        await page.getByText('The server cannot be reached').waitFor()
      }
      const reload = async () => {
        page.once('dialog', (dialog) => dialog.accept())
        await page.reload()
        await expect.poll(() => page.getByLabel('Bed').inputValue()).not.toBe('')
      }
      const onServer = async () => (await api.ok('GET', `/api/cases/${caseId}/report-draft`)).draft
      await cut()
      await write('9')
      await reload()
      expect(await page.getByLabel('Bed').inputValue()).toBe('9')
      expect((await onServer()).bed).toBe('7')
      await page.unroute('**/report-draft')
      await saved()
      expect((await onServer()).bed).toBe('9')

      await cut()
      await write('10')
      const theirs = await api.ok('GET', `/api/cases/${caseId}/report-draft`)
      theirs.draft.department = 'Theirs'
      await api.ok('PUT', `/api/cases/${caseId}/report-draft`, theirs)
      await page.unroute('**/report-draft')
      await page.getByText('This report was changed in another window').waitFor()
      await reload()
      await page.getByText('This report was changed in another window').waitFor()
      expect((await onServer()).department).toBe('Theirs')
      await page.getByRole('button', { name: 'Put mine on top' }).click()
      await saved()
      expect(await onServer()).toMatchObject({ bed: '10', department: 'Haematology' })
    })

    test('both counts stand side by side, and which is reported is chosen', async () => {
      const counts = { segmented_neutrophil: 30, erythroblast: 20, lymphocyte: 10 }
      await api.ok('PUT', `/api/cases/${caseId}/manual-count`, { counts, version: 0 })
      await page.goto(`${site.address}/case/${caseId}/report`)
      await page.getByRole('link', { name: /nobody has chosen/ }).click()
      const compared = page.getByRole('region', { name: 'Both counts of this case' })
      await compared.getByText('Nobody has chosen yet').waitFor()
      await tick(compared.getByRole('radio', { name: 'Both added' }))
      await compared.getByText('Nobody has chosen yet').waitFor({ state: 'hidden' })
      const { reportedCount } = await api.ok('GET', `/api/cases/${caseId}`)
      expect(reportedCount).toBe('both')
      await compared.getByRole('columnheader', { name: 'Both added · reported' }).waitFor()
      await page.getByText('not confirmed by this laboratory').first().waitFor()
      await accessible(page, '21-two-counts')
    })

    test('a check leads to its cells, and a phrase that the numbers contradict is asked about', async () => {
      const { draft, version } = await api.ok('GET', `/api/cases/${caseId}/report-draft`)
      draft.texts.opinion = { zh: '', en: 'Lymphocytes are absent.' }
      await api.ok('PUT', `/api/cases/${caseId}/report-draft`, { draft, version })
      await page.goto(`${site.address}/case/${caseId}/report`)
      const phrase = page.getByRole('link', { name: /Lymphocytes are absent.*but counted/ })
      await phrase.click()
      await expect.poll(() => page.url()).toContain('/read?type=lymphocyte')
      await page.goBack()
      const history = page.getByRole('region', { name: 'What was changed' })
      expect(await history.getByRole('listitem').first().isVisible()).toBe(false)
      await history.getByText('What was changed').click()
      await history.getByRole('listitem').first().waitFor()
    })

    test('the case is signed, its four files are fetched, and its hash is verified', async () => {
      await page.getByRole('button', { name: 'Sign', exact: true }).click()
      const dialog = page.getByRole('dialog')
      for (const box of await dialog.getByRole('checkbox').all()) await box.check()
      await dialog.getByLabel('Password').fill(ADMINISTRATOR.password)
      await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
      const link = page.getByRole('link', { name: /SHA-256 [0-9a-f]{64}/ })
      await link.waitFor()
      expect(await page.getByLabel('Department').isDisabled()).toBe(true)
      const begins = { PDF: '%PDF-', CSV: '\uFEFFmarrow_number', Excel: 'PK', JSON: '{' }
      for (const [name, start] of Object.entries(begins)) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name, exact: true }).click(),
        ])
        const text = readFileSync(await download.path(), 'utf8')
        expect([name, text.slice(0, start.length)]).toEqual([name, start])
      }
      await previewed()
      await accessible(page, '22-report-signed')
      await link.click()
      await page.getByText('Valid: this report was signed here').waitFor()
      await page.getByText('DEMO-1').waitFor()
      await accessible(page, '23-verified')
      await page.goto(`${site.address}/verify/${'0'.repeat(64)}`)
      await page.getByText('Unknown: no such report').waitFor()
    })

    test('an addendum is looked at on its page, confirmed by the password, and told at the top', async () => {
      await page.goto(`${site.address}/case/${caseId}/report`)
      await page.getByRole('textbox', { name: 'Addendum' }).fill('Flow cytometry agrees.')
      const shown = page.waitForResponse((answer) => answer.url().includes('&addendum='))
      await page.getByRole('button', { name: 'Look at the page…' }).click()
      expect((await shown).status()).toBe(200)
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Password').fill('not the password')
      await dialog.getByRole('button', { name: 'Add it' }).click()
      await dialog.getByText('This is not your password').waitFor()
      await accessible(page, '24-addendum')
      await dialog.getByLabel('Password').fill(ADMINISTRATOR.password)
      await dialog.getByRole('button', { name: 'Add it' }).click()
      await page.getByText('AMENDED').waitFor()
      await accessible(page, '25-amended')
    })

    test('whoever holds the first page learns, without an account and in both languages, that it was added to', async () => {
      const [{ sha256 }] = await api.ok('GET', `/api/cases/${caseId}/signatures`)
      for (const [locale, word] of [
        ['en-GB', 'Valid, but something was added'],
        ['zh-CN', '其后有补充'],
      ] as const) {
        const context = await browser.newContext({ viewport: { width: 390, height: 780 }, locale })
        const phone = await context.newPage()
        await phone.goto(`${site.address}/verify/${sha256}`)
        await phone.getByText(word).waitFor()
        const text = await phone.locator('body').innerText()
        for (const secret of ['DEMO-1', 'Flow', caseId]) expect(text).not.toContain(secret)
        await accessible(phone, `26-open-page-${locale}`)
        await context.close()
      }
    })

    test('the laboratory gives its letterhead and logo', async () => {
      await page.goto(`${site.address}/settings/report`)
      await page.getByLabel('Hospital, English').fill('First Hospital')
      const svg =
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><circle cx="15" cy="15" r="15"/></svg>'
      await page.getByLabel('Logo', { exact: true }).setInputFiles({
        ...{ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) },
      })
      await page.getByRole('img', { name: 'The logo as it is printed' }).waitFor()
      await page.getByRole('button', { name: 'Save', exact: true }).first().click()
      await page.getByText('Saved').first().waitFor()
      const { letterhead } = await api.ok('GET', '/api/report-settings')
      expect([letterhead.hospital.en, letterhead.logo.length]).toEqual(['First Hospital', 64])
      await page.getByRole('button', { name: 'Confirm for this laboratory' }).click()
      await page.getByText('Confirmed for this laboratory by').waitFor()
      await accessible(page, '27-letterhead')
    })

    test('an administrator copies and edits a table of ranges, and a phrase', async () => {
      await page.goto(`${site.address}/people`)
      await page.getByRole('link', { name: 'Reference ranges and phrases' }).click()
      await page.getByLabel('Name').fill('Our laboratory')
      await page.getByLabel('Blast: To', { exact: true }).fill('3')
      await page.getByRole('button', { name: 'Save as a table of its own' }).click()
      await page.getByText('Saved').first().waitFor()
      await page.getByRole('button', { name: 'Use this table' }).click()
      await expect
        .poll(async () =>
          (await api.ok('GET', '/api/reference-tables')).find((t: { active: boolean }) => t.active),
        )
        .toMatchObject({ name: 'Our laboratory', version: 1, ranges: { blast: { text: '0–3', high: 3 } } })
      await choose(page, 'Part', 'Conclusion')
      await page.getByRole('button', { name: 'Edit' }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Text, English').fill('About normal, read with the clinical findings.')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await page.getByText('About normal, read with the clinical findings.').waitFor()
      await accessible(page, '24-report-settings')
      expect(problems).toEqual([])
    })
  },
)
