/** An administrator looks up who read and changed a case, has the chain verified and takes the rows along. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

describe.skipIf(!CHROMIUM)(
  `in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let page: Page
    const problems: string[] = []

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      const api = await new Api(site.address).signIn()
      const { id } = await api.newCase('AUDIT-1')
      const patient = { hospitalNumber: 'H-1', name: '李雷', sex: 'male', birthDate: null }
      await api.ok('PATCH', `/api/cases/${id}`, { version: 1, target: 200, site: 'sternum', patient })
      await api.call('PATCH', `/api/cases/${id}`, { version: 1, target: 300 })
      await api.ok('PUT', `/api/cases/${id}/manual-count`, { version: 0, counts: { blast: 3, monocyte: 1 } })
      await api.newCase('AUDIT-2')
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
      await page.getByText('AUDIT-2').waitFor()
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    const rows = () => page.locator('.el-table__body tr')

    test('the rows of one case, with what was and what is', async () => {
      await page.getByRole('link', { name: 'Audit', exact: true }).click()
      await page.getByRole('cell', { name: 'signed in', exact: true }).first().waitFor()
      await accessible(page, 'audit-1-all')
      await page.getByLabel('Marrow number').fill('AUDIT-1')
      await page.keyboard.press('Enter')
      await expect.poll(() => rows().count()).toBe(4)
      expect(await rows().nth(0).textContent()).toContain('counted by key')
      expect(await rows().nth(1).textContent()).toContain('refused (409)')
      expect(await rows().nth(2).locator('summary').textContent()).toBe('5 values')
      await rows().nth(2).locator('summary').click()
      expect(await rows().nth(2).textContent()).toMatch(/target:\s*500 → 200/)
      await accessible(page, 'audit-2-case')
      expect(page.url()).toContain('case=AUDIT-1')
    })

    test('taken along as CSV', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export as CSV' }).click(),
      ])
      const text = readFileSync((await download.path())!, 'utf8')
      expect(text.trim().split('\r\n')).toHaveLength(5)
      expect(text).toContain('李雷')
    })

    test('nothing found is said', async () => {
      await page.getByLabel('From').fill('2001-01-01')
      await page.getByLabel('Until').fill('2001-01-02')
      await page.getByRole('button', { name: 'Show' }).click()
      await page.getByText('Nothing matches').waitFor()
      await accessible(page, 'audit-3-empty')
      await page.getByRole('button', { name: 'Clear the filters' }).click()
      await page.getByRole('cell', { name: 'signed in', exact: true }).first().waitFor()
    })

    test('the chain is verified; a change behind the server’s back is found', async () => {
      await page.getByText('Not verified yet.').waitFor()
      await page.getByRole('button', { name: 'Verify now' }).click()
      await page.getByText(/Verified up to row \d+/).waitFor()
      const db = new SQLite(join(site.folder, 'marrowscope.db'))
      db.exec(`drop trigger audit_no_update; update audit set user_id = null where event = 'case.create'`)
      db.close()
      await page.getByRole('button', { name: 'Verify now' }).click()
      await page.getByText(/Broken.*Row \d+ \(case\.create.*was changed after it was written/).waitFor()
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('button', { name: '深色' }).click()
      await accessible(page, 'audit-4-broken-zh-dark')
      expect(problems).toEqual([])
    })
  },
)
