/** An administrator looks at the site, sees what is wrong, mends it and lets what failed be tried again. */
import { mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, invite, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

const MODELS = resolve(import.meta.dirname, '../models')

function png(seed: number): Promise<Buffer> {
  const { data, width, height } = drawField({ seed, width: 96, height: 64, umPerPixel: 0.4, cells: 1 })
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

describe.skipIf(!CHROMIUM)(
  `in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let api: Api
    let browser: Browser
    let page: Page
    let caseId: string
    const models = mkdtempSync(join(tmpdir(), 'models-'))
    const problems: string[] = []

    beforeAll(async () => {
      // The networks are not there yet.
      site = await openSite({ ...ADMINISTRATOR_ENV, MARROWSCOPE_MODELS: models })
      api = await new Api(site.address).signIn()
      caseId = (await api.newCase('ADM-1')).id
      for (const seed of [1, 2, 3]) await api.upload(caseId, `field-${seed}.png`, await png(seed))
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    const part = (name: string) => page.locator(`[data-part=${name}]`)
    const code = (name: string) => part(name).getAttribute('data-code')
    const giveModels = () => {
      for (const name of readdirSync(MODELS)) symlinkSync(join(MODELS, name), join(models, name))
    }

    test('networks that are missing are told of, and what to do; the rest works', async () => {
      await page.getByRole('link', { name: 'Administration', exact: true }).click()
      await part('networks').waitFor()
      expect(await code('networks')).toBe('NETWORKS_MISSING')
      expect(await part('networks').textContent()).toContain('Restore the folder of the networks')
      // A machine that is busy with other tests may be slow.
      expect(await code('database')).toMatch(/^DATABASE_(OK|SLOW)$/)
      await page.getByText(/^Broken: .*Networks/).waitFor()
      await page.getByText('Nothing runs, waits or has failed.').waitFor()
    })

    test('a failed analysis is in the queue, and is done once the networks are back', async () => {
      await api.ok('POST', `/api/cases/${caseId}/analyses`, {})
      const row = page.locator('tr[data-state=failed]')
      await row.waitFor()
      expect(await row.textContent()).toContain('ADM-1')
      expect(await row.textContent()).toContain('detector.json is missing')
      await expect.poll(() => code('queue')).toBe('QUEUE_FAILED')
      await accessible(page, 'administration-1-broken')
      giveModels()
      const retry = page.getByRole('button', { name: 'Try again: Analysis ADM-1' })
      await retry.focus()
      await page.keyboard.press('Enter')
      await row.waitFor({ state: 'detached' })
      expect((await api.analysed(caseId)).status).toBe('done')
      await expect.poll(() => code('networks')).toBe('NETWORKS_OK')
      await expect.poll(() => code('queue')).toBe('QUEUE_OK')
    })

    test('figures that are asked again move nothing', async () => {
      await page.getByText('marrowscope-detector').first().waitFor()
      const places = () =>
        page
          .locator('main section')
          .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)))
      const before = await places()
      expect(before.length).toBe(6)
      const seen = await page.getByText(/^as of/).textContent()
      await expect.poll(() => page.getByText(/^as of/).textContent()).not.toBe(seen)
      expect(await places()).toEqual(before)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(1366)
    })

    test('storage is measured when asked', async () => {
      const images = page.getByRole('row', { name: /^Original images 3 / })
      await page.getByRole('button', { name: 'Measure again' }).click()
      await images.waitFor()
      await page.getByText('Cases, ').waitFor({ state: 'detached' })
      await accessible(page, 'administration-2-light')
      await page.getByRole('heading', { name: 'Networks in use' }).scrollIntoViewIfNeeded()
      await page.locator('summary').first().click()
      await page.getByText('"intendedUse"').first().waitFor()
      await accessible(page, 'administration-3-models')
      await page.locator('summary').first().click()
    })

    test('images that cannot be stored are told of within seconds', async () => {
      const images = join(site.folder, 'images')
      renameSync(images, `${images}.kept`)
      writeFileSync(images, 'a file where the folder was')
      await page.getByRole('heading', { name: 'Administration' }).scrollIntoViewIfNeeded()
      await expect.poll(() => code('store')).toBe('STORE_AWAY')
      expect((await api.call('GET', '/api/health')).body.code).toBe('STORE_UNAVAILABLE')
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('button', { name: '深色' }).click()
      await page.getByText(/^故障：图像存储/).waitFor()
      await accessible(page, 'administration-4-zh-dark')
      rmSync(images)
      renameSync(`${images}.kept`, images)
      await expect.poll(() => code('store')).toMatch(/^STORE_(OK|LOW|FULL)$/)
      expect((await api.call('GET', '/api/health')).status).toBe(200)
      await page.getByRole('heading', { name: '使用中的模型' }).scrollIntoViewIfNeeded()
      await accessible(page, 'administration-5-zh-dark-below')
    })

    test('a server that is gone: the page says so, keeps what it knew, and goes on when it is back', async () => {
      await page.getByRole('button', { name: 'English' }).click()
      await site.stop()
      await page.getByRole('alert').first().waitFor()
      expect(await part('database').count()).toBe(1)
      await accessible(page, 'administration-6-gone')
      await site.start()
      await expect.poll(() => page.getByRole('alert').count(), { timeout: 45_000 }).toBe(0)
      expect(problems).toEqual([])
    })

    test('a doctor has no such page in the menu, and is told so at its address', async () => {
      const doctor = await openPerson(browser, site.address, await invite(api, 'Doctor Wang'))
      expect(await doctor.getByRole('link', { name: 'Administration' }).count()).toBe(0)
      await doctor.goto(`${site.address}/administration`)
      await doctor.getByRole('heading', { name: 'This page is not for your account' }).waitFor()
      await accessible(doctor, 'administration-7-refused')
    })
  },
)
