/** Two people in one case: live beside each other, and one blind to the other. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, type Credentials, choose, confirmShown, invite, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

describe.skipIf(!CHROMIUM)(
  `two readers${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let first: Page
    let second: Page
    let caseId: string
    let zhao: Credentials
    /** Basophils before anyone named one. */
    let named: number
    const problems: string[] = []
    const cells = (page: Page) => page.locator('.cell')
    const count = async (page: Page, type: string) =>
      Number(await page.locator(`[data-type="${type}"] .n`).textContent())
    /** The link to what waits, with that number behind it. */
    const inbox = (page: Page, n: string) => page.getByRole('link', { name: new RegExp(`^Inbox ?${n} wait`) })
    const saved = (page: Page) => page.getByText('Saved', { exact: true }).first().waitFor()

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      const api = await new Api(site.address).signIn()
      const li = await invite(api, 'Dr Li')
      const wang = await invite(api, 'Dr Wang')
      zhao = await invite(api, 'Dr Zhao')
      caseId = (await api.ok('POST', '/api/cases/demo')).id
      await api.analysed(caseId)
      browser = await openBrowser()
      first = await openPerson(browser, site.address, li, problems)
      second = await openPerson(browser, site.address, wang, problems)
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    test('each sees at once what the other does', async () => {
      for (const page of [first, second]) {
        await page.goto(`${site.address}/case/${caseId}/read`)
        await cells(page).first().waitFor()
      }
      const before = await count(second, 'basophil')
      await cells(first).first().click()
      for (let i = 0; i < 4; i++) await first.keyboard.press('8')
      await saved(first)
      await expect.poll(() => count(second, 'basophil'), { timeout: 10_000 }).toBe(before + 4)
      for (let i = 0; i < 4; i++) await first.keyboard.press('z')
      await expect.poll(() => count(second, 'basophil'), { timeout: 10_000 }).toBe(before)
    })

    test('each sees that the other is here, until the other leaves', async () => {
      await first.getByText('Dr Wang is here').waitFor()
      await second.getByText('Dr Li is here').waitFor()
      await accessible(first, '19-who-is-here')
      await second.getByRole('link', { name: 'Worklist' }).click()
      await first.getByText('Dr Wang is here').waitFor({ state: 'detached', timeout: 10_000 })
    })

    test('a second reader is given the case, and is blind to the first', async () => {
      named = await count(first, 'basophil')
      await cells(first).first().click()
      for (let i = 0; i < 12; i++) await first.keyboard.press('8')
      await confirmShown(first)
      await saved(first)
      second = await openPerson(browser, site.address, zhao, problems)
      await first.getByRole('tab', { name: 'Second reader' }).click()
      await choose(first, 'Second reader', 'Dr Wang · doctor')
      await accessible(first, '20-second-reader')
      // Who watched the first one read is not blind any more.
      await first.getByRole('button', { name: 'Give the case to this person' }).click()
      await first.getByText('This person has read the case already').waitFor()
      await choose(first, 'Second reader', 'Dr Zhao · doctor')
      await first.getByRole('button', { name: 'Give the case to this person' }).click()
      await first.getByText(/^Dr Zhao reading/).waitFor()
      // Dr Zhao, who is signed in already, is told without a reload, and finds the case under Mine.
      await inbox(second, '1').waitFor({ timeout: 20_000 })
      await second.getByRole('button', { name: 'Mine' }).click()
      await second.getByText('second reading', { exact: true }).waitFor()
      await inbox(second, '1').click()
      await second.getByText('Dr Li asks you to read this case as the second reader, blind').waitFor()
      await second.getByText('new', { exact: true }).waitFor()
      await accessible(second, '20-inbox')
      await second.getByRole('button', { name: '中文' }).click()
      await second.getByText('Dr Li请您作为复核者盲法阅读此病例').waitFor()
      await accessible(second, '20-inbox-zh')
      await second.getByRole('button', { name: 'English' }).click()
      await second.getByRole('link', { name: 'DEMO-1' }).click()
      await second.getByText('You read this case as the second reader, blind').waitFor()
      expect(await second.getByRole('tab', { name: 'Report' }).count()).toBe(0)
      // The first reader sees who reads blind; who reads blind sees nobody.
      await first.getByText('Dr Zhao (second reader) is here').waitFor()
      expect(await second.getByText('is here').count()).toBe(0)
      await expect.poll(() => count(second, 'basophil')).toBe(named)
      await accessible(second, '21-blind')
      await first.getByRole('tab', { name: 'Read', exact: true }).click()
      await cells(first).first().click()
      await first.keyboard.press('x')
      await first.getByText('its boxes stay as they are until that reading is finished').waitFor()
      await first.getByRole('tab', { name: 'Second reader' }).click()
    })

    test('the second reader names by keyboard, leaves the boxes, and finishes', async () => {
      await cells(second).first().click()
      await second.keyboard.press('x')
      await second.getByText('A second reader names the cells and leaves the boxes').waitFor()
      for (let i = 0; i < 5; i++) await second.keyboard.press('8')
      await second.keyboard.press('z')
      await confirmShown(second)
      await saved(second)
      await second.getByRole('tab', { name: 'Second reader' }).click()
      await second.getByRole('button', { name: 'Finish my reading' }).click()
      await second.getByRole('dialog').getByRole('button', { name: 'Finish my reading' }).click()
      await second.getByText(/κ 0\.\d\d \(95 % /).waitFor()
      // Who asked is told, and has seen it, for the case is open.
      await second.getByRole('link', { name: 'Inbox', exact: true }).waitFor({ timeout: 20_000 })
      await first.getByRole('link', { name: 'Inbox' }).click()
      await first.getByText('Dr Zhao has finished the second reading that you asked for').waitFor()
      await first.getByRole('link', { name: 'DEMO-1' }).click()
      await first.getByText(/κ 0\.\d\d \(95 % /).waitFor()
      await accessible(second, '22-agreement')
      // Blind no longer: the other views are back, with the first reader's names.
      await second.getByRole('tab', { name: 'Read', exact: true }).click()
      await expect.poll(() => count(second, 'basophil')).toBeGreaterThanOrEqual(12)
    })

    test('where they differ is settled by the first reader', async () => {
      const left = async () =>
        Number(
          /\d+/.exec((await first.getByRole('heading', { name: 'Where they differ' }).textContent())!)![0],
        )
      await expect.poll(left).toBeGreaterThan(0)
      const before = await left()
      await first.getByRole('button', { name: 'Take the second reader’s name' }).first().click()
      await expect.poll(left).toBe(before - 1)
      await saved(first)
      expect(problems).toEqual([])
    })
  },
)
