/** A technician's files say a wrong scale: the page asks, the answer holds for the slide, and the camera is remembered. */
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser, picture } from './browser.ts'
import { accessible, choose, invite, openPerson, tick } from './person.ts'
import { openSite, type Site } from './site.ts'

const TRUE = 0.2

/** A drawn field with a bar of 20 µm at its lower left; its file says an inch where a centimetre was meant. */
async function field(seed: number): Promise<Buffer> {
  const { data, width, height } = drawField({ seed, width: 480, height: 360, umPerPixel: TRUE, cells: 2 })
  const bar = { create: { width: 100, height: 6, channels: 3 as const, background: '#000' } }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: bar, left: 20, top: 340 }])
    .withMetadata({ density: 25400 / (TRUE * 2.54) })
    .png()
    .toBuffer()
}

describe.skipIf(!CHROMIUM)(
  `the scale of a slide${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let page: Page
    let api: Api
    const problems: string[] = []
    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      browser = await openBrowser()
      api = await new Api(site.address).signIn()
      page = await openPerson(browser, site.address, await invite(api, 'Tech Nician', 'technician'), problems)
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    const ask = (kind: string) => page.locator(`[data-scale="${kind}"]`)
    const cells = () => page.locator('.cell')

    test('files that the red cells contradict are not analysed before somebody says which is right', async () => {
      const { id } = await api.newCase('S-1')
      await page.goto(`${site.address}/case/${id}/images`)
      await page
        .locator('input[type="file"]:not([webkitdirectory])')
        .first()
        .setInputFiles(
          await Promise.all(
            [1, 2].map(async (seed) => ({
              name: `${seed}.png`,
              mimeType: 'image/png',
              buffer: await field(seed),
            })),
          ),
        )
      await page.getByRole('button', { name: 'Analyse 2 fields' }).click({ timeout: 60_000 })
      await ask('contradicted').waitFor({ timeout: 60_000 })
      expect(await ask('contradicted').textContent()).toMatch(
        /The files say 0\.508 µm per pixel, but \d+ red cells say about 0\.[12]/,
      )
      await accessible(page, 'scale-1-question')
      await ask('contradicted').getByRole('button', { name: '0.508 is right' }).waitFor()
      await ask('contradicted')
        .getByRole('button', { name: /0\.[12]\d* is right/ })
        .click()
      await ask('contradicted').waitFor({ state: 'detached' })
      await cells().first().waitFor({ timeout: 60_000 })
    })

    test('the bar in a field is measured, for the whole slide and for this camera from now on', async () => {
      await page.getByRole('tab', { name: 'Field' }).click()
      await page.getByText('estimated', { exact: false }).first().waitFor()
      await page.getByRole('button', { name: 'Give the scale…' }).last().click()
      await tick(page.getByLabel('Measure it on this field'))
      const sheet = page.getByRole('application')
      await sheet.locator('img').evaluate((image: HTMLImageElement) => image.decode())
      await choose(page, 'Zoom', '100 %')
      await sheet.click({ position: { x: 20, y: 343 } })
      await sheet.click({ position: { x: 119, y: 343 } })
      await page.keyboard.press('ArrowRight')
      await page.getByLabel('Length').fill('20')
      await page.getByText('0.2 µm per pixel').waitFor()
      await tick(page.getByLabel(/Use it from now on/))
      await page.getByRole('dialog').getByLabel('Camera and objective').fill('Drawn, 50×')
      await accessible(page, 'scale-2-measure')
      await page.getByRole('button', { name: 'Use this scale' }).click()
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      await page.getByText('0.2 µm/px').waitFor()
      await page.getByText('given', { exact: true }).waitFor()
      await page.getByRole('tab', { name: 'Images' }).click()
      await expect.poll(() => page.getByText('0.2 µm/px given').count(), { timeout: 60_000 }).toBe(2)
      await expect
        .poll(() => page.getByText('analysed', { exact: true }).count(), { timeout: 60_000 })
        .toBe(2)
      await accessible(page, 'scale-3-fields')
    })

    test('cameras and objectives are kept on a page of their own, where a micrometer can be measured', async () => {
      await page.getByRole('link', { name: 'Cameras and objectives' }).click()
      await page.getByRole('cell', { name: 'Drawn, 50×', exact: true }).waitFor()
      await page
        .locator('input[type="file"]')
        .setInputFiles({ name: 'micrometer.png', mimeType: 'image/png', buffer: await field(3) })
      const sheet = page.getByRole('application')
      await sheet.waitFor()
      await choose(page, 'Zoom', '100 %')
      await sheet.focus()
      // By keyboard alone: an end in the middle, another one, 50 pixels apart.
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowRight')
      await page.getByLabel('Length').fill('5')
      await page.getByText('0.1 µm per pixel').waitFor()
      await page.getByLabel('Camera and objective').fill('Drawn, 100×')
      await accessible(page, 'scale-4-profiles')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('cell', { name: 'Drawn, 100×', exact: true }).waitFor()
      await page.getByRole('button', { name: 'Remove: Drawn, 50×' }).click()
      await page.getByRole('cell', { name: 'Drawn, 50×', exact: true }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('heading', { name: '相机与物镜', exact: true }).waitFor()
      await picture(page, 'scale-5-chinese')
      expect(problems).toEqual([])
    })
  },
)
