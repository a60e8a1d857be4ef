/** Around a case: its details, its slides, a person's own keys, two counts that meet, and fields that come and go. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countingRule, ruleName } from '../cytology/index.ts'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser, picture } from './browser.ts'
import { accessible, choose, chosen, fieldShown, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

interface Cell {
  id: string
  version: number
  type: string
  fieldId: string
  reviewed: boolean
  box: { x: number; y: number; width: number; height: number }
}
const [WIDTH, HEIGHT] = [900, 700]

async function field(seed: number): Promise<Buffer> {
  const { data, width, height, umPerPixel } = drawField({ seed, width: WIDTH, height: HEIGHT })
  return sharp(data, { raw: { width, height, channels: 3 } })
    .withMetadata({ density: 25400 / umPerPixel })
    .png()
    .toBuffer()
}

describe.skipIf(!CHROMIUM)(
  `around a case, in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let context: BrowserContext
    let page: Page
    let api: Api
    let id: string
    const problems: string[] = []

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      id = (await api.newCase('BM-7')).id
      for (const seed of [71, 72]) await api.upload(id, `field-${seed}.png`, await field(seed))
      await api.ok('POST', `/api/cases/${id}/analyses`, {})
      await api.analysed(id)
      browser = await openBrowser()
      ;[context, page] = await open(ADMINISTRATOR.email, ADMINISTRATOR.password)
    })
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    async function open(email: string, password: string): Promise<[BrowserContext, Page]> {
      const tab = await openPerson(browser, site.address, { email, password }, problems)
      await tab.locator('tbody tr').first().waitFor()
      return [tab.context(), tab]
    }
    const show = async (tab: string) => page.goto(`${site.address}/case/${id}/${tab}`)
    const dialog = () => page.getByRole('dialog')
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const saved = () => page.getByText('Saved', { exact: true }).first().waitFor()
    const about = () => api.ok('GET', `/api/cases/${id}`)
    const cells = async (): Promise<Cell[]> => (await api.ok('GET', `/api/cases/${id}/cells`)).cells
    const counts = async () => (await api.ok('GET', `/api/cases/${id}/manual-count`)).counts
    /** The row of the list of fields with that number; the first row is the heading. */
    const fieldRow = (number: number) => page.locator('.list').getByRole('row').nth(number)
    const fields = () => api.ok('GET', `/api/cases/${id}/fields`)

    test('the details are corrected, and the ratio says what it divides', async () => {
      await show('read')
      await page.locator('.cell').first().waitFor()
      await button('Details').click()
      await dialog().getByLabel('Marrow number').fill('CORRECTED-1')
      await dialog().getByLabel('Patient’s name').fill('李雷')
      await dialog().getByLabel('Date of birth').fill('1960-02-03')
      await choose(dialog(), 'Cells to count', 'another number')
      await dialog().getByLabel('Number of cells').fill('420')
      await choose(dialog(), 'Counting rule', 1)
      expect(await chosen(dialog(), 'M:E rule')).toBe(ruleName('en', countingRule('chinese_report').meRule))
      await choose(dialog(), 'M:E rule', ruleName('en', countingRule('partial_2008').meRule))
      await dialog().getByText('Blast, Promyelocyte, Myelocyte').waitFor()
      await choose(dialog(), 'First reader', 1)
      await accessible(page, 'd1-details')
      await button('Save').click()
      await dialog().waitFor({ state: 'hidden' })
      expect(await about()).toMatchObject({
        patient: { name: '李雷', birthDate: '1960-02-03' },
        target: 420,
        countingRule: 'chinese_report',
        meRule: 'me_partial_2008',
        readerName: expect.stringMatching(/./),
      })
      await page.getByText('/ 420').first().waitFor()
      await page.getByRole('heading', { name: 'CORRECTED-1', level: 1 }).waitFor()
      await button('Details').click()
      await dialog()
        .getByText(/^BM-7 until .*, changed by Administrator$/)
        .waitFor()
      await dialog().getByLabel('Marrow number').fill('BM-7')
      await button('Save').click()
      await page.getByRole('heading', { name: 'BM-7', level: 1 }).waitFor()
    })

    test('what someone else changed meanwhile is shown, and neither choice loses anything', async () => {
      await button('Details').click()
      await dialog().getByLabel('Site').fill('sternum')
      await dialog().getByLabel('Stain').fill('Giemsa')
      const other = { site: 'left iliac crest', clinicalNote: 'anaemia' }
      await api.ok('PATCH', `/api/cases/${id}`, { version: (await about()).version, ...other })
      await button('Save').click()
      await dialog().getByText('Someone else changed this case').waitFor()
      const rows = () => dialog().locator('tbody tr').allInnerTexts()
      expect((await rows()).map((row) => row.split('\t'))).toEqual([
        ['Site', 'left iliac crest', 'sternum'],
        ['Clinical note', 'anaemia', 'not changed by me'],
      ])
      await accessible(page, 'd2-details-conflict')
      await button('Keep theirs').click()
      expect(await dialog().getByLabel('Site').inputValue()).toBe('left iliac crest')
      expect(await dialog().getByLabel('Stain').inputValue()).toBe('Giemsa')
      await dialog().getByLabel('Site').fill('sternum')
      await api.ok('PATCH', `/api/cases/${id}`, { version: (await about()).version, site: 'tibia' })
      await button('Save').click()
      await button('Put mine on top').click()
      await dialog().waitFor({ state: 'hidden' })
      expect(await about()).toMatchObject({ site: 'sternum', stain: 'Giemsa', clinicalNote: 'anaemia' })
    })

    test('a second slide is made, and its image is found by it', async () => {
      await show('images')
      await fieldRow(2).getByText('analysed').waitFor()
      await button('New slide').click()
      await page.getByLabel('Label of the new slide').fill('Particle smear')
      await button('Save').click()
      await expect.poll(() => chosen(page, 'Onto the slide')).toBe('Particle smear (0 fields)')
      await page
        .locator('input[type="file"]')
        .first()
        .setInputFiles({ name: 'field-73.png', mimeType: 'image/png', buffer: await field(73) })
      await fieldRow(3).getByText('Particle smear').waitFor()
      await accessible(page, 'd3-images')
      await page.getByRole('button', { name: 'Analyse 1 field' }).click()
      await page.getByText('in review', { exact: true }).waitFor({ timeout: 90_000 })
      await api.analysed(id)
      await page.getByRole('tab', { name: 'Read', exact: true }).click()
      const all = await cells()
      const third = (await fields())[2].id
      // The numbers of the groups of types.
      const shown = async () => {
        const groups = await page.locator('[data-heading]').allInnerTexts()
        return groups.reduce((sum, group) => sum + Number(/(\d+) ·/.exec(group)?.[1] ?? 0), 0)
      }
      await expect.poll(shown, { timeout: 30_000 }).toBe(all.length)
      await choose(page.locator('.rail'), 'Slide', 'Particle smear')
      const there = all.filter(({ fieldId }) => fieldId === third).length
      expect(there).toBeGreaterThan(5)
      await expect.poll(shown).toBe(there)
      await picture(page, 'd4-gallery-of-a-slide')
    })

    test('keys of one’s own: clashes are said at once, then they are used everywhere', async () => {
      await page.goto(`${site.address}/account`)
      const key = (type: string) => page.locator(`[data-key="${type}"]`)
      await key('blast').fill('Z')
      await page.getByText('has another meaning on the pages').waitFor()
      expect(await button('Save the keys').isDisabled()).toBe(true)
      await key('blast').fill('2')
      await page.getByText('the same key as Blast').waitFor()
      await accessible(page, 'd5-keys')
      await key('blast').fill('q')
      await button('Save the keys').click()
      await saved()

      await page.getByRole('link', { name: 'Worklist' }).click()
      await page.getByText('BM-7').click()
      await page.locator('[data-type="blast"] kbd').getByText('q').waitFor()
      const target = (await cells()).find(({ type }) => type !== 'blast')!
      await page.locator(`[data-type="${target.type}"]`).click()
      const first = page.locator('.cell').first()
      await first.click()
      const cellId = (await first.getAttribute('data-cell'))!
      const typeNow = async () => (await cells()).find((cell) => cell.id === cellId)!.type
      await page.keyboard.press('1')
      await page.keyboard.press('q')
      await saved()
      await expect.poll(typeNow).toBe('blast')
      await page.keyboard.press('z')
      await expect.poll(typeNow).toBe(target.type)
      await page.keyboard.press('?')
      await dialog().getByText('q 2 3 4 5 6 7 8 9 0 - = u').waitFor()
      await picture(page, 'd6-keyboard-map')
      await page.keyboard.press('Escape')

      await page.getByRole('tab', { name: 'Counter' }).click()
      await page.locator('[data-count="blast"] kbd').getByText('q').waitFor()
      await page.keyboard.type('q1q')
      await expect.poll(counts).toEqual({ blast: 2 })
      await page.goto(`${site.address}/account`)
      await button('The usual keys').click()
      await saved()
      expect((await api.ok('GET', '/api/me')).typeKeys).toBeNull()
    })

    test('two counts that meet are settled by the person', async () => {
      await show('counter')
      await page.locator('[data-count="blast"] .n').getByText('2').waitFor()
      const { version } = await api.ok('GET', `/api/cases/${id}/manual-count`)
      await context.setOffline(true)
      await page.keyboard.type('119')
      await page.getByText('Not saved yet').waitFor()
      await api.ok('PUT', `/api/cases/${id}/manual-count`, {
        version,
        counts: { blast: 3, lymphocyte: 5 },
      })
      await context.setOffline(false)
      await dialog().getByText('changed in another window').waitFor()
      const row = (type: string) => dialog().locator(`[data-contested="${type}"]`).innerText()
      expect((await row('blast')).split('\t').slice(1)).toEqual(['3', '4', '5'])
      expect((await row('lymphocyte')).split('\t').slice(1)).toEqual(['5', '0', '5'])
      await accessible(page, 'd7-count-conflict')
      await page.keyboard.press('Enter')
      await expect.poll(counts).toEqual({ blast: 5, lymphocyte: 5, monocyte: 1 })
    })

    test('a count that was not saved outlives the page', async () => {
      await page.route('**/manual-count', (route) =>
        route.request().method() === 'PUT' ? route.abort('connectionreset') : route.continue(),
      )
      await page.keyboard.type('22')
      await page.getByText('Not saved yet').waitFor()
      await page.reload()
      await page.locator('[data-count="promyelocyte"] .n').getByText('2').waitFor()
      await page.unroute('**/manual-count')
      await expect.poll(counts).toMatchObject({ promyelocyte: 2, blast: 5 })
      // The key is pressed before the session ends: once the page asks for the password, keys go there.
      await page.route('**/manual-count', (route) => route.abort('connectionreset'))
      await page.keyboard.type('2')
      await page.getByText('Not saved yet').waitFor()
      await context.clearCookies()
      await page.unroute('**/manual-count')
      await page.getByText('Your session has ended').waitFor()
      await dialog().getByLabel('Password').fill(ADMINISTRATOR.password)
      await dialog().getByRole('button', { name: 'Sign in' }).click()
      await expect.poll(counts).toMatchObject({ promyelocyte: 3 })
    })

    /** Where a cell of the field lies on the screen, while all of the field is in view. */
    async function placesOf(fieldId: string) {
      const stage = (await page.locator('.stage').boundingBox())!
      const scale = Math.min(stage.width / WIDTH, stage.height / HEIGHT)
      const here = (await cells()).filter((cell) => cell.fieldId === fieldId)
      const middle = ({ box }: Cell) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
      const covers = ({ box }: Cell, { x, y }: { x: number; y: number }) =>
        x > box.x - 12 && y > box.y - 12 && x < box.x + box.width + 12 && y < box.y + box.height + 12
      return here
        .filter((cell) => here.filter((other) => covers(other, middle(cell))).length === 1)
        .filter((cell) => middle(cell).x < WIDTH * 0.6) // the rest may lie under the small map
        .map((cell) => ({
          cell,
          x: stage.x + stage.width / 2 + (middle(cell).x - WIDTH / 2) * scale,
          y: stage.y + stage.height / 2 + (middle(cell).y - HEIGHT / 2) * scale,
        }))
    }

    test('boxes are merged and split by key, and each is taken back', async () => {
      await show('field')
      await fieldShown(page)
      await page.locator('.film').getByText('Slide Particle smear').waitFor()
      await accessible(page, 'd8-field-with-slides')
      const [{ id: fieldId }] = await fields()
      const before = (await cells()).length
      const [a, b] = await placesOf(fieldId)
      const choose = async () => {
        await page.mouse.click(a!.x, a!.y)
        await page.keyboard.down('Shift')
        await page.mouse.click(b!.x, b!.y)
        await page.keyboard.up('Shift')
      }
      const count = async () => (await cells()).length
      await choose()
      await page.keyboard.press('m')
      await expect.poll(count).toBe(before - 1)
      const merged = (await cells()).find(({ id: one }) => one === a!.cell.id)!
      expect(merged.box.width * merged.box.height).toBeGreaterThan(a!.cell.box.width * a!.cell.box.height)
      await page.keyboard.press('z')
      await expect.poll(count).toBe(before)
      await page.mouse.click(a!.x, a!.y)
      const inView = () => page.locator('.displayregion').getAttribute('style')
      const whole = await inView()
      expect(whole).toContain('width')
      await page.keyboard.press('s')
      await expect.poll(count).toBe(before + 1)
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      await picture(page, 'd9-split')
      // The letter is ours alone: the library of the viewer would move the image by it too.
      expect(await inView()).toEqual(whole)
      await page.keyboard.press('z')
      await expect.poll(count).toBe(before)
      const after = (await cells()).find(({ id: one }) => one === a!.cell.id)!
      expect(after.box).toEqual(a!.cell.box)
    })

    test('an analysis is cancelled, and done after all', async () => {
      for (const seed of [81, 82, 83, 84, 85, 86])
        await api.upload(id, `field-${seed}.png`, await field(seed))
      await show('images')
      await page.getByRole('button', { name: 'Analyse 6 fields' }).click()
      await page.locator('.banner').getByRole('button', { name: 'Cancel' }).click()
      await page.getByText('The analysis was cancelled.').waitFor()
      const [stopped] = await api.ok('GET', `/api/cases/${id}/analyses`)
      expect([stopped.status, stopped.done < 6]).toEqual(['cancelled', true])
      await page.locator('.banner').getByRole('button', { name: 'Try again' }).click()
      expect((await api.analysed(id)).status).toBe('done')
      await page.getByText('in review', { exact: true }).waitFor()
      await page.getByRole('tab', { name: 'Images' }).click()
      await fieldRow(9).getByText('analysed').waitFor()
      await picture(page, 'd10-fields')
    })

    test('a field is analysed again, and removed with what was reviewed in it', async () => {
      await page.getByRole('button', { name: 'Show field 3, field-73.png' }).click()
      await page.locator('.film [aria-selected="true"]').getByText('3').waitFor()
      const third = (await fields())[2].id
      const its = async () => (await cells()).filter(({ fieldId }) => fieldId === third)
      const [settled] = await its()
      await api.ok('POST', `/api/cases/${id}/changes`, {
        changes: [{ id: settled!.id, version: settled!.version, set: { reviewed: true } }],
      })
      await button('Analyse again').click()
      await expect.poll(async () => (await api.ok('GET', `/api/cases/${id}/analyses`)).length).toBe(5)
      expect((await api.analysed(id)).status).toBe('done')
      const anew = await its()
      expect(anew.find((cell) => cell.id === settled!.id)?.reviewed).toBe(true)
      expect(anew.filter((cell) => !cell.reviewed).every((cell) => cell.id !== settled!.id)).toBe(true)

      await button('Remove field').click()
      await dialog().getByText(`Its ${anew.length} cells go with it, 1 of them reviewed.`).waitFor()
      await accessible(page, 'd11-remove')
      await button('Remove it').click()
      await dialog().waitFor({ state: 'hidden' })
      expect((await fields()).map((one: { number: number }) => one.number)).toEqual([1, 2, 4, 5, 6, 7, 8, 9])
      expect(await its()).toEqual([])
      await page.locator('.film').getByText('Slide Particle smear').waitFor({ state: 'detached' })
    })

    test('who may only read sees the details and the fields, and changes nothing', async () => {
      const { link } = await api.ok('POST', '/api/invitations', { role: 'read_only' })
      const guest = { email: 'guest@lab.example', password: 'a third long password' }
      await new Api(site.address).ok('POST', '/api/register', {
        token: new URL(link).searchParams.get('token'),
        name: 'Guest',
        ...guest,
      })
      await context.close()
      ;[context, page] = await open(guest.email, guest.password)
      await show('images')
      await page.getByText('Images cannot be added').waitFor()
      await page.getByText('read only', { exact: true }).waitFor()
      await fieldRow(1).waitFor()
      await button('Details').click()
      expect(await dialog().getByLabel('Patient’s name').isDisabled()).toBe(true)
      // Who only reads is not told who the patient is.
      expect(await dialog().getByLabel('Patient’s name').inputValue()).not.toContain('李雷')
      expect(await button('Save').count()).toBe(0)
      await accessible(page, 'd12-read-only')
      await dialog().getByRole('button', { name: 'Close' }).click()
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('button', { name: '深色' }).click()
      await page.getByRole('button', { name: '病例信息' }).click()
      await accessible(page, 'd13-details-zh-dark')
      for (const path of ['/audit', '/new', '/settings/retention']) {
        await page.goto(`${site.address}${path}`)
        await page.getByRole('heading', { name: '您的账号无权查看此页' }).waitFor()
        expect(await page.getByRole('textbox').count()).toBe(0)
      }
      expect(problems).toEqual([])
    })
  },
)
