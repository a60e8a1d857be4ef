/// <reference lib="dom" />
/** What an administrator sees of a doubtful clock, of a night that asks, of links that work, and of a report that was changed. */
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser, picture } from './browser.ts'
import { accessible, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

const DAY = 86_400_000

describe.skipIf(!CHROMIUM)(
  `what cannot be undone, in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let api: Api
    let browser: Browser
    let page: Page
    let caseId = ''
    const problems: string[] = []

    const inDatabase = (statement: string) => {
      const db = new SQLite(join(site.folder, 'marrowscope.db'))
      db.prepare(statement).run()
      db.close()
    }
    const language = (name: 'English' | '中文') => page.getByRole('button', { name }).click()
    const open = async (path: string) => {
      await page.goto(`${site.address}${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
    }
    /** The page in Chinese, as a picture and without barriers. */
    const inChinese = async (name: string, path: string, ready: string) => {
      await open(path)
      await language('中文')
      await page.getByText(ready).first().waitFor()
      await accessible(page, `${name}-zh`)
      await language('English')
    }

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      for (let n = 0; n < 4; n++) {
        const patient = { hospitalNumber: `H${n}`, name: `王${n}`, sex: 'female', birthDate: null }
        const { id } = await api.ok('POST', '/api/cases', { marrowNumber: `OLD-${n}`, patient, target: 10 })
        await api.ok('PUT', `/api/cases/${id}/manual-count`, { counts: { blast: 10 }, version: 0 })
        const { version } = await api.ok('GET', `/api/cases/${id}`)
        const body = { version, password: ADMINISTRATOR.password, accepted: [] }
        await api.ok('POST', `/api/cases/${id}/sign`, body)
        caseId = id
      }
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
      expect(problems).toEqual([])
    })

    test('a link that works is listed, and is taken back', async () => {
      const { link } = await api.ok('POST', '/api/invitations', { role: 'administrator' })
      await open('/administration')
      const row = page.getByRole('row').filter({ hasText: 'Invitation' })
      await row.waitFor()
      await page.getByRole('heading', { name: 'Links that work' }).scrollIntoViewIfNeeded()
      await accessible(page, 'safety-links')
      await open('/people')
      await row.waitFor()
      await picture(page, 'safety-people')
      await inChinese('safety-people', '/people', '有效链接')
      await open('/people')
      await row.getByRole('button', { name: /Withdraw/ }).click()
      await row.waitFor({ state: 'detached' })
      const token = new URL(link).searchParams.get('token')
      expect((await api.call('GET', `/api/invitations/by-token/${token}`)).status).toBe(404)
    })

    test('a report that was changed in the database says so where it is read', async () => {
      inDatabase(
        `update signatures set snapshot = replace(snapshot, '"blast":10', '"blast":11') where case_id = '${caseId}'`,
      )
      await open(`/case/${caseId}/report`)
      await page.getByText('This is not what was signed').waitFor()
      await page.getByText('This is not what was signed').scrollIntoViewIfNeeded()
      await accessible(page, 'safety-report')
      await inChinese('safety-report', `/case/${caseId}/report`, '此内容与签发时不符')
    })

    test('a doubtful clock is told, and confirmed', async () => {
      const seen = JSON.stringify({ seenAt: Date.now() + 3 * DAY })
      inDatabase(`update settings set value = '${seen}' where name = 'clock'`)
      await open('/administration')
      const button = page.getByRole('button', { name: 'The clock is right' })
      await button.waitFor()
      await accessible(page, 'safety-clock')
      await inChinese('safety-clock', '/administration', '时钟无误')
      await open('/administration')
      await button.click()
      await button.waitFor({ state: 'detached' })
      expect((await api.call('GET', '/api/health')).status).toBe(200)
    })

    test('a night that would take everybody asks; who and what is seen, and confirmed with the password', async () => {
      await api.ok('PUT', '/api/retention', { imagesYears: null, patientsYears: 10, version: 0 })
      inDatabase("update cases set received_on = '2009-03-01'")
      inDatabase(`update signatures set at = ${Date.now() - 12 * 365 * DAY}`)
      inDatabase("update jobs set run_at = 0 where kind = 'retention' and status = 'waiting'")
      const last = async () => (await api.ok('GET', '/api/retention')).runs[0]
      await expect.poll(last, { timeout: 30_000 }).toMatchObject({ status: 'asking', due: { patients: 4 } })
      await open('/administration')
      await page.getByRole('link', { name: 'Rules of retention' }).click()
      await page.getByRole('button', { name: 'Show what would go' }).click()
      await page.getByText('Patients who would be erased: 4').waitFor()
      expect(await page.getByRole('link', { name: '王3 H3' }).count()).toBe(1)
      await accessible(page, 'safety-retention')
      await language('中文')
      await page.getByText('将被彻底删除的患者：4').waitFor()
      await accessible(page, 'safety-retention-zh')
      await language('English')
      const password = page.getByLabel('Your password')
      const confirm = page.getByRole('button', { name: 'Let all of this go for good' })
      await password.fill('a wrong password')
      await confirm.click()
      await page.getByText('This is not your password').waitFor()
      expect((await api.ok('GET', '/api/patients')).items).toHaveLength(4)
      await password.fill(ADMINISTRATOR.password)
      await confirm.click()
      await expect.poll(last, { timeout: 30_000 }).toMatchObject({ status: 'done', patients: 4 })
      expect((await api.ok('GET', '/api/patients')).items).toEqual([])
    })
  },
)
