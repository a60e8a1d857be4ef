/// <reference lib="dom" />
/** The gallery: cells in groups of their types, two types side by side, the panel of the selected cell where a person wants it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASSES, CELL_TYPES, type CellClass } from '../cytology/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

const WAIT = { timeout: 20_000 }

describe.skipIf(!CHROMIUM)(
  `the gallery in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let page: Page
    let api: Api
    let caseId: string
    const problems: string[] = []

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      caseId = (await api.ok('POST', '/api/cases/demo')).id
      await api.analysed(caseId)
      await api.referencesDrawn()
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
      await page.goto(`${site.address}/case/${caseId}/read`)
      await page.locator('.cell').first().waitFor()
    }, 240_000)
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    interface Row {
      id: string
      type: CellClass
      probability: number
      reviewed: boolean
    }
    const detail = () => page.getByRole('region', { name: 'Selected cell' })
    const grid = (type: string) => page.getByRole('listbox', { name: `Cells: ${type}` })
    const rows = async (): Promise<Row[]> => (await api.ok('GET', `/api/cases/${caseId}/cells`)).cells
    const ofType = async (type: CellClass) => (await rows()).filter((cell) => cell.type === type)
    const selected = () =>
      page.locator('.cell.selected').evaluateAll((all) => all.map((cell) => cell.getAttribute('data-cell')))
    const saved = () => page.getByText('Saved', { exact: true }).first().waitFor()
    const typeOf = async (id: string) => (await rows()).find((cell) => cell.id === id)!.type
    /** Type and words of each heading of a group, from the top down. */
    const headings = () =>
      page
        .locator('[data-heading]')
        .evaluateAll((all) => all.map((one) => [one.getAttribute('data-heading'), one.textContent!.trim()]))

    test('all types stand in groups in maturation order, and one choice away is doubt over all', async () => {
      const all = await rows()
      const present = CELL_CLASSES.filter((type) => all.some((cell) => cell.type === type))
      expect((await headings()).map(([type]) => type)).toEqual(present)
      const blasts = all.filter(({ type }) => type === 'blast').length
      expect((await headings())[0]![1]).toMatch(
        new RegExp(`^Blast\\s*BLA\\s*${blasts}\\s*· ${blasts} unreviewed$`),
      )
      await accessible(page, 'gallery-1-groups')
      // Half-way down the heading of the group in view stays at the top.
      const box = (await page.locator('.grid').boundingBox())!
      await page.locator('.grid').evaluate((one) => one.scrollTo(0, one.scrollHeight / 2))
      const tops = await page
        .locator('[data-heading]')
        .evaluateAll((each) => each.map((one) => one.getBoundingClientRect().top))
      expect(tops.filter((top) => Math.abs(top - box.y) < 2).length).toBe(1)
      await page.locator('.grid').evaluate((one) => one.scrollTo(0, 0))

      await page.getByText('by type', { exact: true }).click()
      await page.waitForURL(/grouped=(&|$)/)
      expect(await page.locator('[data-heading]').count()).toBe(0)
      const [least] = all.toSorted((a, b) => a.probability - b.probability)
      await page.reload()
      const first = page.locator('.cell[style*="translate(4px, 4px)"]')
      await first.waitFor()
      expect(await first.getAttribute('data-cell')).toBe(least!.id)
      await page.getByText('by type', { exact: true }).click()
      await page.locator('[data-heading="blast"]').waitFor()
    })

    test('arrows and ranges go on from one group to the next', async () => {
      const blasts = (await ofType('blast')).toSorted((a, b) => a.probability - b.probability)
      await page.locator(`[data-cell="${blasts.at(-1)!.id}"]`).click()
      await page.keyboard.press('ArrowRight')
      const [one] = await selected()
      const next = CELL_CLASSES.find((type) => type !== 'blast')!
      expect(await typeOf(one!)).toBe(next)
      await page.keyboard.press('ArrowUp')
      expect(await typeOf((await selected())[0]!)).toBe('blast')
      await page.keyboard.press('Home')
      await page.keyboard.press('Shift+ArrowDown')
      expect((await selected()).length).toBeGreaterThan(1)
    })

    test('several cells are dragged onto a heading, with their number at the pointer', async () => {
      await page.evaluate(() =>
        addEventListener('dragstart', () => {
          const ghost = document.querySelector('.drag-ghost')
          const canvas = ghost?.querySelector('canvas')
          const drawn = canvas
            ?.getContext('2d')
            ?.getImageData(20, 20, 8, 8)
            .data.some((value) => value > 0)
          document.body.dataset.ghost = `${ghost?.textContent} ${canvas?.width} ${drawn}`
        }),
      )
      const ghost = () => page.evaluate(() => document.body.dataset.ghost)
      const blasts = await ofType('blast')
      const [a, b] = (await ofType('promyelocyte')).toSorted((x, y) => x.probability - y.probability)
      await page.locator(`[data-cell="${a!.id}"]`).click()
      await page.locator(`[data-cell="${b!.id}"]`).click({ modifiers: ['Shift'] })
      await detail().getByText('2 selected').waitFor()
      await page.locator(`[data-cell="${b!.id}"]`).dragTo(page.locator('[data-heading="blast"]'))
      expect(await ghost()).toBe('2 73 true')
      await expect.poll(async () => (await ofType('blast')).length, WAIT).toBe(blasts.length + 2)
      await page.locator(`[data-cell="${a!.id}"]`).click()
      await page.locator(`[data-cell="${a!.id}"]`).dragTo(page.locator('[data-heading="promyelocyte"]'))
      expect(await ghost()).toBe(' 66 true')
      await expect.poll(() => typeOf(a!.id), WAIT).toBe('promyelocyte')
      await saved()
      expect(await page.locator('.drag-ghost').count()).toBe(0)
    })

    test('two types side by side: by drag, by keys, in the address', async () => {
      await page.locator('[data-type="myelocyte"]').click()
      await page.getByRole('button', { name: 'Side by side: Metamyelocyte' }).click()
      await grid('Metamyelocyte').waitFor()
      await page.waitForURL(/beside=metamyelocyte/)
      await page.reload()
      await grid('Metamyelocyte').locator('.cell').first().waitFor()
      const both = async () => [(await ofType('myelocyte')).length, (await ofType('metamyelocyte')).length]
      const [left, right] = await both()
      const byDoubt = async (type: CellClass) =>
        (await ofType(type)).toSorted((a, b) => a.probability - b.probability)
      const moved = (await byDoubt('metamyelocyte'))[0]!.id
      await page.locator(`[data-cell="${moved}"]`).dragTo(grid('Myelocyte'))
      await expect.poll(both, WAIT).toEqual([left! + 1, right! - 1])
      await grid('Myelocyte').locator(`[data-cell="${moved}"]`).waitFor()
      // Dropped where it was, nothing changes.
      const stays = (await byDoubt('metamyelocyte'))[1]!.id
      await page.locator(`[data-cell="${stays}"]`).dragTo(grid('Metamyelocyte').locator('.cell').first())
      await accessible(page, 'gallery-2-side-by-side')

      await page.locator(`[data-cell="${moved}"]`).click()
      await page.keyboard.press('Tab')
      const [entered] = await selected()
      expect(await typeOf(entered!)).toBe('metamyelocyte')
      expect((await rows()).find(({ id }) => id === stays)!.reviewed).toBe(false)
      await page.keyboard.press('ArrowLeft')
      expect(await typeOf((await selected())[0]!)).toBe('myelocyte')
      await page.keyboard.press('ArrowRight')
      expect(await selected()).toEqual([entered])
      await page.keyboard.press('3')
      await expect.poll(() => typeOf(entered!), WAIT).toBe('myelocyte')
      expect(await typeOf((await selected())[0]!)).toBe('metamyelocyte')
      await saved()
      await page.keyboard.press('Escape')
      await page.waitForURL((url) => !url.searchParams.has('beside'))
      expect(await page.getByRole('listbox').count()).toBe(1)
      await page.locator('[data-type="all"]').click()
    })

    test('the panel of the cell is below, right or a line, as it was left, and nothing moves', async () => {
      await page.locator('[data-type="erythroblast"]').click()
      const cells = await ofType('erythroblast')
      const places = async () => {
        const found = []
        for (const { id } of cells.slice(0, 4)) {
          await page.locator(`[data-cell="${id}"]`).click()
          await detail().locator('.bar').nth(4).waitFor()
          found.push(JSON.stringify(await detail().boundingBox()))
        }
        return new Set(found)
      }
      const below = await places()
      expect(below.size).toBe(1)
      expect(JSON.parse([...below][0]!).height).toBeLessThan(215)
      await page.keyboard.press('d')
      await expect.poll(async () => (await detail().boundingBox())!.x).toBeGreaterThan(900)
      expect((await places()).size).toBe(1)
      await page.reload()
      await detail().locator('.bar').first().waitFor()
      expect((await detail().boundingBox())!.x).toBeGreaterThan(900)
      await page
        .getByRole('region', { name: 'Differential count' })
        .getByText(/^\d+ \/ 500$/)
        .waitFor()
      await accessible(page, 'gallery-3-right')
      await page.keyboard.press('d')
      await expect.poll(async () => (await detail().boundingBox())!.height).toBeLessThan(40)
      await detail()
        .getByText(/^ERY \d+\.\d %$/)
        .waitFor()
      await page.getByRole('button', { name: 'Panel below the cells' }).click()
      await detail().locator('.bar').first().waitFor()
    })

    test('regions are off until asked for, then drawn with a legend, and remembered', async () => {
      const regions = () => detail().locator('.region')
      const legend = () => detail().getByRole('list', { name: 'Legend of the regions' })
      expect(await regions().count()).toBe(0)
      expect(await legend().count()).toBe(0)
      await page.keyboard.press('o')
      await regions().first().waitFor()
      await legend().getByText('looked at', { exact: true }).waitFor()
      await accessible(page, 'gallery-4-regions')
      await page.reload()
      await regions().first().waitFor()
      await page.getByRole('button', { name: 'Regions' }).click()
      expect(await legend().count()).toBe(0)
    })

    test('the bar is one line in both languages, and a key of the panel is no key of a type', async () => {
      const oneLine = () =>
        page.locator('.gallery > .bar').evaluate((bar) => {
          const right = bar.getBoundingClientRect().right - 6
          return (
            bar.clientHeight < 36 &&
            [...bar.children].every((one) => one.getBoundingClientRect().right <= right)
          )
        })
      await page.locator('[data-type="all"]').click()
      for (const size of ['64', '96', '128']) {
        await page.getByText(size, { exact: true }).click()
        expect(await oneLine()).toBe(true)
      }
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('button', { name: '深色' }).click()
      expect(await oneLine()).toBe(true)
      await page.getByText('原始细胞', { exact: true }).first().waitFor()
      await accessible(page, 'gallery-5-zh-dark')
      const keys = Object.fromEntries(CELL_CLASSES.map((type, i) => [type, 'ahijknpqtvw01'[i]]))
      const refused = await api.call('PATCH', '/api/me', { typeKeys: { ...keys, [CELL_TYPES[0]]: 'd' } })
      expect(refused.status).toBe(422)
      expect(problems).toEqual([])
    })
  },
)
