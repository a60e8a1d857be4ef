/// <reference lib="dom" />
/** A person who is not told who patients are, and a server that goes away in the middle and comes back: nothing is lost. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, invite, openPerson, tick } from './person.ts'
import { openSite, type Site } from './site.ts'

describe.skipIf(!CHROMIUM)(
  `an outage${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let api: Api
    let browser: Browser
    let reader: Page
    let doctor: Page
    let caseId: string
    const problems: string[] = []
    const LOST = /^The server does not answer since \d\d:\d\d:\d\d/

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      const patient = {
        ...{ hospitalNumber: 'HN-4711', name: '王芳芳', sex: 'female', birthDate: '1961-04-05' },
      }
      caseId = (await api.ok('POST', '/api/cases', { marrowNumber: 'BM-0815', patient })).id
      browser = await openBrowser()
      reader = await openPerson(browser, site.address, await invite(api, 'Mr Reader', 'read_only'), problems)
      doctor = await openPerson(browser, site.address, await invite(api, 'Dr Wu'), problems)
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
      expect(problems).toEqual([])
    })

    test('who only reads sees a dash and why, and no name on any page, until the site allows it', async () => {
      const label = `C-${caseId.replaceAll('-', '').slice(-10).toUpperCase()}`
      const named = async () =>
        /王芳芳|HN-4711|BM-0815|1961|wangfangfang/.exec(await reader.locator('body').innerText())?.[0]
      await reader.getByRole('link', { name: label }).waitFor()
      await reader.getByText('names not shown').waitFor()
      expect(await named()).toBeUndefined()
      await accessible(reader, 'unnamed-worklist')
      await reader.getByRole('link', { name: 'Patients' }).click()
      await reader.getByText('not shown to your account').first().waitFor()
      expect(await named()).toBeUndefined()
      await accessible(reader, 'unnamed-patients')
      await reader.getByRole('row').nth(1).getByRole('link').click()
      await reader.getByRole('heading', { name: 'not shown to your account' }).waitFor()
      expect(await named()).toBeUndefined()
      await reader.getByRole('link', { name: label }).click()
      await reader.getByRole('heading', { name: label }).waitFor()
      expect(await named()).toBeUndefined()
      await reader.getByRole('button', { name: '中文' }).click()
      await reader.getByText('不显示姓名').waitFor()
      await accessible(reader, 'unnamed-case-zh')
      await reader.getByRole('button', { name: 'English' }).click()
      await reader.getByRole('link', { name: 'Worklist' }).click()
      for (const [typed, found] of [
        ['王芳芳', 0],
        ['BM-0815', 0],
        [label, 1],
      ] as const) {
        await reader.getByRole('searchbox').fill(typed)
        await expect.poll(() => reader.getByRole('link', { name: label }).count()).toBe(found)
      }

      const administrator = await openPerson(browser, site.address, ADMINISTRATOR, problems)
      await administrator.getByRole('link', { name: 'People' }).click()
      await tick(administrator.getByRole('checkbox', { name: 'reader' }))
      await administrator.getByText('Saved').waitFor()
      await accessible(administrator, 'unnamed-setting')
      await reader.goto(site.address)
      await reader.getByText('王芳芳').waitFor()
      await administrator.context().close()
    })

    test('pages say since when they are not current, and are by themselves when the server is back', async () => {
      await doctor.getByRole('link', { name: 'Patients' }).click()
      await doctor.getByText('王芳芳').waitFor()
      await doctor.getByRole('link', { name: 'Worklist' }).click()
      await doctor.getByText('BM-0815').waitFor()
      await site.stop('SIGKILL')
      await doctor.getByText(LOST).waitFor()
      await doctor.getByText(/^Not current since \d\d:\d\d:\d\d/).waitFor()
      await doctor.getByText('BM-0815').waitFor()
      await accessible(doctor, 'outage-worklist')
      // A page whose program was not loaded yet.
      await doctor.getByRole('link', { name: 'Analysis' }).click()
      await doctor.getByText('A part of this page could not be loaded').waitFor()
      await doctor.getByRole('button', { name: '中文' }).click()
      await doctor.getByText('页面的一部分未能加载').waitFor()
      await accessible(doctor, 'outage-part-zh')
      await doctor.getByRole('button', { name: 'English' }).click()
      await doctor.getByRole('button', { name: 'Try again', exact: true }).click()
      await doctor.getByText('A part of this page could not be loaded').waitFor()
      // One that was: what it knew is still there, with the hour.
      await doctor.getByRole('link', { name: 'Patients' }).click()
      await doctor.getByText('王芳芳').waitFor()
      await doctor.getByText(/^Not current since/).waitFor({ timeout: 20_000 })
      await doctor.getByRole('link', { name: 'Analysis' }).click()
      await site.start()
      await doctor.getByRole('heading', { name: 'Analysis', exact: true, level: 1 }).waitFor()
      await doctor.getByText(LOST).waitFor({ state: 'detached' })
      const patient = { hospitalNumber: '', name: '李新来', sex: 'unknown', birthDate: null }
      await doctor.getByRole('link', { name: 'Worklist' }).click()
      await doctor.getByText('BM-0815').waitFor()
      await api.ok('POST', '/api/cases', { marrowNumber: 'BM-0816', patient })
      await doctor.getByText('BM-0816').waitFor()
      expect(await doctor.getByText(/^Not current since/).count()).toBe(0)
    })

    test('files that wait keep their place over an outage and over a new sign-in', async () => {
      await doctor.goto(`${site.address}/case/${caseId}/images`)
      const folder = mkdtempSync(join(tmpdir(), 'marrowscope-upload-'))
      const files = []
      for (let n = 0; n < 3; n++) {
        const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
        const image = sharp({
          create: { width: 400 + n, height: 300, channels: 3, background: '#fff', noise },
        })
        files.push(join(folder, `field-${n}.png`))
        writeFileSync(files[n]!, await image.png().toBuffer())
      }
      await doctor.getByRole('heading', { name: 'Add images' }).waitFor()
      await site.stop('SIGKILL')
      await doctor.locator('input[type="file"]').first().setInputFiles(files)
      await doctor.getByText('field-2.png').waitFor()
      await doctor.getByText(LOST).waitFor({ timeout: 20_000 })
      // Meanwhile the session ends.
      const cookies = (await doctor.context().cookies()).filter(({ name }) => name !== 'marrowscope_session')
      await doctor.context().clearCookies()
      await doctor.context().addCookies(cookies)
      await site.start()
      const dialog = doctor.getByRole('dialog')
      await dialog.getByLabel('Password').fill('password of Dr Wu', { timeout: 60_000 })
      await dialog.getByRole('button', { name: 'Sign in' }).click()
      await doctor.getByText('3 / 3').waitFor({ timeout: 90_000 })
      expect(await api.ok('GET', `/api/cases/${caseId}/fields`)).toHaveLength(3)
    })

    test('who signs in comes to the page that was asked for, with what it asked', async () => {
      const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
      await page.goto(`${site.address}/patients?search=wang&archived=true`)
      await page.getByLabel('E-mail address').fill('dr.wu@lab.example')
      await page.getByLabel('Password').fill('password of Dr Wu')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { name: 'Patients' }).waitFor()
      expect(new URL(page.url()).search).toBe('?search=wang&archived=true')
    })
  },
)
