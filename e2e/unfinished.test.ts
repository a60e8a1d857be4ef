/** A person whose unfinished uploads are too many is told so in the language of the page, sees which, and goes on after cancelling one. */
import { rmSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

describe.skipIf(!CHROMIUM)(`unfinished uploads${CHROMIUM ? '' : ' (skipped: no Chromium)'}`, () => {
  let site: Site
  let browser: Browser
  let api: Api
  let page: Page
  let caseId: string
  const problems: string[] = []
  beforeAll(async () => {
    site = await openSite({ ...ADMINISTRATOR_ENV, MARROWSCOPE_UNFINISHED: '2' })
    browser = await openBrowser()
    api = await new Api(site.address).signIn()
    caseId = (await api.newCase('M-1')).id
    page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
    rmSync(site.folder, { recursive: true, force: true })
  })

  const choose = (name: string) =>
    page
      .locator('input[type="file"]')
      .first()
      .setInputFiles([{ name, mimeType: 'image/png', buffer: Buffer.from('no picture') }])
  const speak = async (locale: 'en' | 'zh') => {
    await page.evaluate((chosen) => localStorage.setItem('locale', chosen), locale)
    await page.goto(`${site.address}/case/${caseId}/images`)
    await page.locator('.upload').waitFor()
  }

  test('the limit, which they are and what to do are said in both languages; cancelling one lets the next begin', async () => {
    for (const name of ['left.png', 'behind.png'])
      expect((await api.beginUpload(caseId, name, 1000)).status).toBe(201)
    await speak('zh')
    await choose('third.png')
    await page.getByText('您有 2 个未完成的上传').waitFor()
    expect(await page.locator('.upload').innerText()).toContain('请先完成或取消其中一些')
    await speak('en')
    await choose('third.png')
    await page.getByText('You have 2 unfinished uploads').waitFor()
    await page.getByText('Your unfinished uploads: 2').click()
    expect(await page.getByRole('link', { name: 'Case', exact: true }).first().getAttribute('href')).toBe(
      `/case/${caseId}/images`,
    )
    for (const name of ['left.png', 'behind.png']) await page.getByText(name, { exact: true }).waitFor()
    await accessible(page, 'unfinished-uploads')
    await page.getByRole('button', { name: 'Cancel the upload of left.png' }).click()
    await page.getByText('Your unfinished uploads: 1').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    // It comes whole and is no picture, which its case is told.
    await page.getByText('Refused files: 1').waitFor()
    expect((await api.ok('GET', '/api/uploads')).map((one: { fileName: string }) => one.fileName)).toEqual([
      'behind.png',
    ])
    expect(problems).toEqual([])
  })
})
