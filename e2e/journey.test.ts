/** A laboratory's first day: the site is set up, a doctor joins, a case is loaded, read, contested, signed and added to. */
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { Api } from './api.ts'
import { CHROMIUM, openBrowser, picture } from './browser.ts'
import { accessible, choose, chosen, confirmShown, fieldShown } from './person.ts'
import { openSite, type Site } from './site.ts'

/** The public images, where they are at hand. */
const DATA = process.env.MARROWSCOPE_DATA
const HEAD = { email: 'head@lab.example', password: 'a long enough password' }
const DOCTOR = { email: 'doctor@lab.example', password: 'another long password' }

describe.skipIf(!CHROMIUM)(
  `in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let context: BrowserContext
    let page: Page
    const problems: string[] = []

    beforeAll(async () => {
      site = await openSite()
      browser = await openBrowser()
      ;[context, page] = await open()
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    async function open(): Promise<[BrowserContext, Page]> {
      const made = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' })
      const tab = await made.newPage()
      tab.setDefaultTimeout(30_000)
      tab.on('pageerror', (error) => problems.push(String(error)))
      return [made, tab]
    }
    const fill = (label: string, value: string) => page.getByLabel(label).fill(value)
    const saved = () => page.getByText('Saved', { exact: true }).first().waitFor()
    const cells = () => page.locator('.cell')
    const count = async (type: string) => Number(await page.locator(`[data-type="${type}"] .n`).textContent())
    const cellsOnTheServer = () =>
      page.evaluate(async () => {
        const answer = await fetch(`/api/cases/${location.pathname.split('/')[2]}/cells`)
        return (await answer.json()).cells.length as number
      })

    test('the first start asks for an administrator, by a link that works once', async () => {
      const link = /http:\S+\/setup\?token=\S+/.exec(site.output())![0]
      await page.goto(link)
      await accessible(page, '01-setup')
      await fill('E-mail address', HEAD.email)
      await fill('Name', 'Head of laboratory')
      await page.getByLabel(/^Password/).fill(HEAD.password)
      await page.getByRole('button', { name: 'Create' }).click()
      await page.getByText('Drawing the demo…').waitFor()
    })

    test('the first start opens on the demo case, with a tour by keys and by mouse', async () => {
      const step = (title: string) => page.locator('.el-tour__content').filter({ hasText: title })
      await step('The types').waitFor({ timeout: 90_000 })
      await accessible(page, '02-tour')
      await page.keyboard.press('ArrowRight')
      await step('The cells').waitFor()
      await page.keyboard.press('ArrowLeft')
      await step('The types').waitFor()
      for (const title of [
        'The cells',
        'Confirm or name',
        'The count',
        'The field',
        'The report',
        'Now you',
      ]) {
        await page.getByRole('button', { name: 'Next' }).click()
        await step(title).waitFor()
        await picture(page, `02-tour-${title.toLowerCase().replaceAll(' ', '-')}`)
      }
      await page.getByRole('button', { name: 'Try it' }).click()
      await step('Now you').waitFor({ state: 'detached' })
      expect(new URL(page.url()).searchParams.has('tour')).toBe(false)
      await page.keyboard.press('?')
      await page.getByRole('button', { name: 'Show the tour' }).click()
      await step('The types').waitFor()
      await page.keyboard.press('Escape')
      await step('The types').waitFor({ state: 'detached' })
    })

    test('a doctor is invited and joins', async () => {
      await page.getByRole('link', { name: 'People' }).click()
      await page.locator('form').getByLabel('E-mail address').fill(DOCTOR.email)
      await page.getByRole('button', { name: 'Make a link' }).click()
      const link = await page.locator('code').textContent()
      await accessible(page, '03-people')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.goto(link!)
      await page.getByText('You are invited as doctor.').waitFor()
      await fill('Name', 'Dr Reader')
      await page.getByLabel(/^Password/).fill(DOCTOR.password)
      await page.getByRole('button', { name: 'Join' }).click()
      await page.getByRole('link', { name: 'DEMO-1' }).waitFor()
      expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0)
    })

    test('the demo case is drawn, analysed and shown', async () => {
      await page.getByRole('link', { name: 'DEMO-1' }).click()
      await page.getByTitle('Synthetic: drawn by the program').waitFor()
      await cells().first().waitFor({ timeout: 90_000 })
      await page.getByText('in review', { exact: true }).waitFor({ timeout: 90_000 })
      // The last field's cells come after the word that all is done.
      await expect.poll(() => count('all'), { timeout: 30_000 }).toBe(await cellsOnTheServer())
      expect(await count('all')).toBeGreaterThan(60)
      await accessible(page, '04-reading-room')
    })

    test('fifty cells are named by keyboard, and all of it is taken back and done again', async () => {
      const before = await count('monocyte')
      await cells().first().click()
      for (let i = 0; i < 50; i++) await page.keyboard.press('9')
      await saved()
      expect(await count('monocyte')).toBeGreaterThanOrEqual(50)
      for (let i = 0; i < 50; i++) await page.keyboard.press('z')
      await saved()
      expect(await count('monocyte')).toBe(before)
      for (let i = 0; i < 50; i++) await page.keyboard.press('y')
      await saved()
      expect(await count('monocyte')).toBeGreaterThanOrEqual(50)
      await page.reload()
      await cells().first().waitFor()
      const all = await count('monocyte')
      expect(all).toBeGreaterThanOrEqual(50)
      await page.keyboard.press('z')
      await expect.poll(() => count('monocyte')).toBe(all - 1)
      await page.keyboard.press('y')
      await expect.poll(() => count('monocyte')).toBe(all)
      await saved()
    })

    test('a link leads to the same type, order and cell, in the gallery and in the field', async () => {
      await page.locator('[data-type="monocyte"]').click()
      await choose(page, 'Sort', 'size')
      const id = (await cells().nth(2).getAttribute('data-cell'))!
      await cells().nth(2).click()
      await page.waitForURL(`**/read?*cell=${id}*`)
      const other = await context.newPage()
      await other.goto(page.url())
      await other.locator(`[data-cell="${id}"][aria-selected="true"]`).waitFor()
      expect(await other.locator('[data-type="monocyte"]').getAttribute('aria-pressed')).toBe('true')
      expect(await chosen(other, 'Sort')).toBe('size')
      expect(await other.title()).toMatch(/^DEMO-1 · /)
      await other.keyboard.press('f')
      await fieldShown(other)
      await other.waitForURL(`**/field?*cell=${id}*`)
      await other.reload()
      await fieldShown(other)
      await other.getByRole('tab', { name: 'Read', exact: true }).click()
      await other.locator(`[data-cell="${id}"][aria-selected="true"]`).waitFor()
      await other.close()
      await choose(page, 'Sort', 'doubt')
      await page.locator('[data-type="all"]').click()
    })

    test('cells are dragged to another type', async () => {
      await page.locator('[data-type="monocyte"]').click()
      const before = await count('plasma_cell')
      await cells().first().click()
      await cells()
        .nth(2)
        .click({ modifiers: ['Shift'] })
      await cells().nth(1).dragTo(page.locator('[data-type="plasma_cell"]'))
      await saved()
      expect(await count('plasma_cell')).toBe(before + 3)
      await page.locator('[data-type="all"]').click()
      await picture(page, '05-after-drag')
    })

    test('a missed cell is drawn in its field and recognised', async () => {
      await cells().first().click()
      await page.keyboard.press('f')
      await fieldShown(page)
      await accessible(page, '06-field')
      await page.locator('.film button').nth(1).click()
      await fieldShown(page)
      const before = await page.locator('.palette .here').allTextContents()
      await page.keyboard.press('b')
      const stage = (await page.locator('.stage').boundingBox())!
      await page.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2)
      await page.mouse.down()
      await page.mouse.move(stage.x + stage.width / 2 + 40, stage.y + stage.height / 2 + 40, { steps: 5 })
      await page.mouse.up()
      await expect.poll(() => page.locator('.palette .here').allTextContents()).not.toEqual(before)
      await picture(page, '07-added')
      await page.keyboard.press('z')
      await expect.poll(() => page.locator('.palette .here').allTextContents()).toEqual(before)
      await page.keyboard.press('g')
      await cells().first().waitFor()
    })

    test('a change that meets a newer one is not written over it', async () => {
      const api = new Api(site.address)
      await api.ok('POST', '/api/session', DOCTOR)
      await cells().first().click()
      // Which cell comes first on the screen may change with the scroll: the one that is selected is meant.
      const id = (await page.locator('.cell.selected').getAttribute('data-cell'))!
      const caseId = /case\/([^/]+)/.exec(page.url())![1]!
      const { cells: all } = await api.ok('GET', `/api/cases/${caseId}/cells`)
      const { version } = all.find((cell: { id: string }) => cell.id === id)
      // The page hears nothing of it: its line is cut while the other one writes.
      await context.setOffline(true)
      await api.ok('POST', `/api/cases/${caseId}/changes`, {
        changes: [{ id, version, set: { type: 'basophil' } }],
      })
      await page.keyboard.press('1')
      await page.getByText('Not saved yet').waitFor()
      await context.setOffline(false)
      await page.getByText('Someone else changed these cells').waitFor()
      await picture(page, '08-conflict')
      await page.getByRole('button', { name: 'Keep theirs' }).click()
      await saved()
      const after = await api.ok('GET', `/api/cases/${caseId}/cells`)
      expect(after.cells.find((cell: { id: string }) => cell.id === id).type).toBe('basophil')
    })

    test('a session that ends in the middle loses nothing', async () => {
      await cells().first().click()
      await context.clearCookies()
      await page.keyboard.press('2')
      await page.getByText('Your session has ended').waitFor()
      await page.getByRole('dialog').getByLabel('Password').fill(DOCTOR.password)
      await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click()
      await saved()
      await page.reload()
      await cells().first().waitFor()
    })

    test('an upload that is interrupted goes on, and a bad file does not stop the others', async () => {
      await page.goto(`${site.address}/new`)
      await fill('Marrow number *', 'BM-2026-1')
      await fill('Patient’s name', '张三')
      await accessible(page, '09-new-case')
      await page.getByRole('button', { name: 'Create and add images' }).click()
      await page.getByRole('heading', { name: 'Add images' }).waitFor()
      const field = async (seed: number) => {
        const { data, width, height, umPerPixel } = drawField({ seed, width: 900, height: 700 })
        return sharp(data, { raw: { width, height, channels: 3 } })
          .withMetadata({ density: 25400 / umPerPixel })
          .png()
          .toBuffer()
      }
      let cut = 0
      await page.route('**/api/uploads/**', (route) => {
        if (route.request().method() === 'PATCH' && cut++ < 2) return route.abort('connectionreset')
        return route.continue()
      })
      await page
        .locator('input[type="file"]')
        .first()
        .setInputFiles([
          { name: 'field-1.png', mimeType: 'image/png', buffer: await field(41) },
          { name: 'field-2.png', mimeType: 'image/png', buffer: await field(42) },
          { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
        ])
      await page.getByText('Refused files: 1').waitFor()
      const analyse = page.getByRole('button', { name: 'Analyse 2 fields' })
      await analyse.waitFor()
      expect(cut).toBeGreaterThanOrEqual(2)
      await accessible(page, '10-upload')
      await analyse.click()
      await page.getByText('in review', { exact: true }).waitFor({ timeout: 90_000 })
      await page.getByRole('tab', { name: 'Read', exact: true }).click()
      await cells().first().waitFor()
    })

    test.skipIf(!DATA)(
      `a photographed field joins the case${DATA ? '' : ' (skipped: no MARROWSCOPE_DATA)'}`,
      async () => {
        const image = join(DATA!, 'segpc/images/train_108.webp')
        const before = await count('all')
        await page.getByRole('tab', { name: 'Images' }).click()
        await page.getByLabel('µm per pixel (if known)').fill('0.174')
        await page.locator('input[type="file"]').first().setInputFiles(image)
        await page.getByRole('button', { name: 'Analyse 1 field' }).click()
        await expect.poll(() => count('all'), { timeout: 60_000 }).toBeGreaterThan(before)
        await page.getByText('in review', { exact: true }).waitFor()
        const unseen = () =>
          page
            .locator('.cell img')
            .evaluateAll(
              (all) => all.filter((i) => !(i as unknown as { naturalWidth: number }).naturalWidth).length,
            )
        await expect.poll(unseen, { timeout: 20_000 }).toBe(0)
        await picture(page, '10b-photograph')
      },
    )

    test('cells at the microscope are counted by keys', async () => {
      await page.getByRole('tab', { name: 'Counter' }).click()
      await page.locator('[data-count="blast"]').waitFor()
      await page.keyboard.type('1146')
      await page.keyboard.press('Backspace')
      await saved()
      expect(await page.locator('[data-count="blast"] .n').textContent()).toBe('2')
      await accessible(page, '11-counter')
    })

    test('the case is signed after its checks; later only an addendum is possible', async () => {
      await page.getByRole('tab', { name: 'Read', exact: true }).click()
      // The rows below the screen were not seen.
      expect(await confirmShown(page)).toMatch(/^\d+ of \d+ cells have not been on the screen yet\.$/)
      await saved()
      await page.getByRole('tab', { name: 'Report' }).click()
      await page.getByText('fewer than the target').first().waitFor()
      await accessible(page, '12-report')
      await page.getByRole('button', { name: 'Sign', exact: true }).click()
      const dialog = page.getByRole('dialog')
      for (const box of await dialog.getByRole('checkbox').all()) await box.check()
      await dialog.getByLabel('Password').fill('not the password')
      await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
      await dialog.getByRole('alert').waitFor()
      await dialog.getByLabel('Password').fill(DOCTOR.password)
      await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
      await page.getByText(/SHA-256 [0-9a-f]{64}/).waitFor()
      await page.getByRole('textbox', { name: 'Addendum' }).fill('Flow cytometry agrees 🧪.')
      await page.getByRole('button', { name: 'Look at the page' }).click()
      await dialog.getByLabel('Password').fill(DOCTOR.password)
      await dialog.getByRole('button', { name: 'Add it' }).click()
      await dialog.getByLabel(/no font has these characters \(1\).*🧪 in “🧪.”/).check()
      await dialog.getByRole('button', { name: 'Add it' }).click()
      await expect.poll(() => page.getByText(/SHA-256 [0-9a-f]{64}/).count()).toBe(2)
      await picture(page, '13-signed')
      await page.getByRole('tab', { name: 'Read', exact: true }).click()
      const before = await count('blast')
      await cells().first().click()
      await page.keyboard.press('1')
      expect(await count('blast')).toBe(before)
    })

    test('Chinese and dark, while running', async () => {
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('button', { name: '深色' }).click()
      await accessible(page, '14-reading-zh-dark')
      await page.getByRole('link', { name: '工作列表' }).click()
      await page.getByText('DEMO-1').waitFor()
      await accessible(page, '15-worklist-zh-dark')
      expect(problems).toEqual([])
    })
  },
)
