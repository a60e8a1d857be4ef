/** Takes the pictures of the guides and the README anew, of the synthetic demo, in both languages: `npm run -s pictures`. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { openBrowser } from './browser.ts'
import { openPerson } from './person.ts'
import { openSite } from './site.ts'

const FOLDER = resolve(import.meta.dirname, '../docs/images')
const site = await openSite(ADMINISTRATOR_ENV)
const api = await new Api(site.address).signIn()
const { id } = await api.ok('POST', '/api/cases/demo')
await api.analysed(id)
await api.referencesDrawn()
const { cells } = await api.ok('GET', `/api/cases/${id}/cells`)
const settled = cells.filter((_: unknown, i: number) => i % 3 > 0)
await api.ok('POST', `/api/cases/${id}/changes`, {
  changes: settled.map(({ id: cell, version }: { id: string; version: number }) => ({
    ...{ id: cell, version, set: { reviewed: true } },
  })),
})

const browser = await openBrowser()
const page = await openPerson(browser, site.address, ADMINISTRATOR)
for (const locale of ['en', 'zh'] as const) {
  if (locale === 'zh') await page.getByRole('button', { name: '中文' }).click()
  mkdirSync(join(FOLDER, locale), { recursive: true })
  const take = async (name: string) => {
    await page.waitForTimeout(2500)
    const picture = sharp(await page.screenshot()).png({ palette: true, quality: 90, effort: 10 })
    await picture.toFile(join(FOLDER, locale, `${name}.png`))
  }
  await page.goto(`${site.address}/case/${id}/read`)
  await page.locator('.cell').nth(9).click()
  await page.locator('.detail .bar').first().waitFor()
  await take('reading-room')
  await page.keyboard.press('f')
  await page.locator('.stage canvas').first().waitFor()
  await take('field')
  await page.goto(`${site.address}/case/${id}/report`)
  await page.locator('iframe').waitFor()
  await take('report')
  await page.goto(`${site.address}/administration`)
  await page.locator('[data-part]').first().waitFor()
  await page.locator('[aria-labelledby=storage-title] table').first().waitFor()
  await take('administration')
}
await browser.close()
await site.stop()
