/** Cells confirmed one by one and together, told apart from the reading room to the report and the statistics. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser, picture } from './browser.ts'
import { type DatabaseServer, HAS_MARIADB, openDatabaseServer } from './database-server.ts'
import { accessible, choose, chosen, confirmShown, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

const DATABASES = [
  ['SQLite', async () => undefined],
  ...(HAS_MARIADB ? ([['MariaDB', openDatabaseServer]] as const) : []),
] as const

describe.skipIf(!CHROMIUM).each(DATABASES)('confirmed singly and together, on %s', (name, begin) => {
  let database: DatabaseServer | undefined
  let site: Site
  let browser: Browser
  let page: Page
  let api: Api
  let caseId: string
  let cells: number
  const problems: string[] = []

  beforeAll(async () => {
    database = await begin()
    site = await openSite({ ...ADMINISTRATOR_ENV, ...(database && { DATABASE_URL: database.url }) })
    api = await new Api(site.address).signIn()
    caseId = (await api.ok('POST', '/api/cases/demo')).id
    await api.analysed(caseId)
    cells = (await api.ok('GET', `/api/cases/${caseId}/cells`)).cells.length
    browser = await openBrowser()
    page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
    await database?.close()
  })

  const saved = () => page.getByText('Saved', { exact: true }).first().waitFor()
  const confirmed = (text: string) =>
    page.getByText(text, { exact: true }).locator('visible=true').first().waitFor()
  const selected = () => page.locator('.cell.selected').getAttribute('data-cell')

  test('an act on one cell is told apart from an act on several, also when it is taken back', async () => {
    await page.goto(`${site.address}/case/${caseId}/read`)
    await page.locator('.cell').first().click()
    const first = await selected()
    await page.keyboard.press(' ')
    await confirmed('1 confirmed: 1 singly')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('8')
    await confirmed('3 confirmed: 1 singly, 2 together')
    await page.keyboard.press('z')
    await confirmed('1 confirmed: 1 singly')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('8')
    await confirmed('2 confirmed: 2 singly')
    await saved()
    const { confirmed: how } = await api.ok('GET', `/api/cells/${first}`)
    expect(how).toBe('singly')
  })

  test('what is confirmed with all that are shown is together, until it is looked at alone', async () => {
    await confirmShown(page)
    await confirmed(`${cells} confirmed: 2 singly, ${cells - 2} together`)
    await page.locator('.grid').focus()
    await page.keyboard.press('End')
    await page.getByText('reviewed together', { exact: true }).waitFor()
    await page.keyboard.press(' ')
    await confirmed(`${cells} confirmed: 3 singly, ${cells - 3} together`)
    await page.keyboard.press('End')
    await page.getByText('reviewed singly', { exact: true }).waitFor()
    await page.getByText('confirmed (singly)').waitFor()
    await saved()
    await accessible(page, `c1-confirmed-${name}`)
  })

  test('the second order shows first what is unlike its type, and is in the address', async () => {
    await choose(page, 'Sort', 'unlike its type')
    await page.waitForURL(/order=unlike/)
    const unlike = await api.ok('GET', `/api/cases/${caseId}/unlike-type`)
    expect(unlike).toHaveLength(cells)
    const top = async () => {
      await page.locator('.grid').focus()
      await page.keyboard.press('Home')
      return selected()
    }
    await expect.poll(top).toBe(unlike[0].id)
    await page.reload()
    await page.locator('.cell').first().waitFor()
    expect(await chosen(page, 'Sort')).toBe('unlike its type')
    await expect.poll(top).toBe(unlike[0].id)
    await picture(page, `c2-unlike-${name}`)
  })

  test('the report and the page before signing say both, in both languages', async () => {
    await page.getByRole('tab', { name: 'Report' }).click()
    await confirmed(`${cells} confirmed: 3 singly, ${cells - 3} together`)
    const report = await api.ok('GET', `/api/cases/${caseId}/report.json`)
    const { singly, together, unknown, unreviewed } = report.howConfirmed
    expect([singly + together, unknown, unreviewed]).toEqual([report.counted, 0, 0])
    expect(singly).toBeGreaterThan(0)
    const csv = async (lang: string) =>
      (await page.request.get(`${site.address}/api/cases/${caseId}/report.csv?lang=${lang}`)).text()
    expect(await csv('en')).toContain(`Confirmed: ${together} together,${together},`)
    expect(await csv('zh')).toContain(`${singly} 个逐个确认,${singly},`)
    await accessible(page, `c3-before-signing-${name}`)
    await page.getByRole('button', { name: '中文' }).click()
    await confirmed(`已确认 ${cells} 个：逐个 3 个，批量 ${cells - 3} 个`)
    await picture(page, `c4-before-signing-zh-${name}`)
    await page.getByRole('button', { name: 'English' }).click()
  })

  test('the statistics count both, and the corrections can be of those confirmed singly', async () => {
    await page.goto(`${site.address}/analysis?synthetic=true`)
    const figure = page.locator('[data-figure="cells"] small')
    await expect
      .poll(() => figure.textContent(), { timeout: 20_000 })
      .toBe(`100.0 % reviewed: 3 singly, ${cells - 3} together`)
    const chart = page.locator('[data-chart="agreement"]')
    await chart.getByText('κ of the model and the doctor').waitFor()
    await choose(page, 'Reviewed cells', 'only singly')
    await page.waitForURL(/confirmed=singly/)
    await chart.getByText('3 reviewed cells: too few').waitFor()
    await accessible(page, `c5-statistics-${name}`)
    const asked = '/api/statistics/corrections?synthetic=true'
    const all = await api.ok('GET', asked)
    const alone = await api.ok('GET', `${asked}&confirmed=singly`)
    expect([all.reviewed, alone.reviewed]).toEqual([cells, 3])
    expect(alone.kappa).toEqual(all.kappa)
    expect([all.kappa.all.cells, all.kappa.singly.cells]).toEqual([cells, 3])
    expect(problems).toEqual([])
  })
})
