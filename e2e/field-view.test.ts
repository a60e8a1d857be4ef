/// <reference lib="dom" />
/** A field as it is read: zoomed and moved, its cells named by the palette and by the menu, with the mouse and without. */
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, fieldShown, invite, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'

const WAIT = { timeout: 10_000 }
/** The grey around the image. */
const GROUND = 0xd9

interface Cell {
  id: string
  fieldId: string
  type: string
  reviewed: boolean
  box: { x: number; y: number; width: number; height: number }
}

describe.skipIf(!CHROMIUM)(
  `a field in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
  () => {
    let site: Site
    let browser: Browser
    let page: Page
    let api: Api
    let caseId: string
    let field: { id: string; width: number; height: number }
    /** Of the field, none of them under another. */
    let cells: Cell[]
    const problems: string[] = []

    beforeAll(async () => {
      site = await openSite(ADMINISTRATOR_ENV)
      api = await new Api(site.address).signIn()
      caseId = (await api.ok('POST', '/api/cases/demo')).id
      await api.analysed(caseId)
      field = (await api.ok('GET', `/api/cases/${caseId}/fields`))[0]
      cells = (await now()).filter((one, _, all) => all.every((other) => other === one || apart(one, other)))
      expect(cells.length).toBeGreaterThan(6)
      browser = await openBrowser()
      page = await openPerson(browser, site.address, ADMINISTRATOR, problems)
      await openField(page)
    }, 240_000)
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    const now = async (): Promise<Cell[]> =>
      (await api.ok('GET', `/api/cases/${caseId}/cells`)).cells.filter(
        (cell: Cell & { deleted: boolean }) => cell.fieldId === field.id && !cell.deleted,
      )
    const typeOf = async (id: string) => (await now()).find((cell) => cell.id === id)?.type
    const apart = ({ box: a }: Cell, { box: b }: Cell) =>
      a.x > b.x + b.width || b.x > a.x + a.width || a.y > b.y + b.height || b.y > a.y + a.height
    async function openField(on: Page) {
      await on.goto(`${site.address}/case/${caseId}/field?field=${field.id}`)
      await fieldShown(on)
      await on.locator('.palette').waitFor()
    }
    const menu = (on = page) => on.getByRole('menu')
    const item = (name: string, on = page) => menu(on).getByText(name, { exact: true })
    const said = (text: string, on = page) => on.getByText(text, { exact: true }).waitFor()
    const figure = async () => Number.parseInt((await page.locator('.figure').textContent())!, 10)
    const stageBox = async (on = page) => (await on.locator('.stage').boundingBox())!
    const center = async () => {
      const { x, y, width, height } = await stageBox()
      return { x: x + width / 2, y: y + height / 2 }
    }
    const button = (name: string) => page.getByRole('button', { name, exact: true })

    /** The image as it lies in the stage, px from each side, on the row and column `beside` the middle ones. */
    async function image(beside = 0) {
      const clip = await stageBox()
      const shot = await page.screenshot({ clip })
      const { data, info } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true })
      const drawn = (x: number, y: number) =>
        [0, 1, 2].some((c) => Math.abs(data[(y * info.width + x) * 3 + c]! - GROUND) > 2)
      const [midX, midY] = [info.width >> 1, info.height >> 1]
      const across = Array.from({ length: info.width }, (_, x) => x).filter((x) => drawn(x, midY + beside))
      const down = Array.from({ length: info.height }, (_, y) => y).filter((y) => drawn(midX + beside, y))
      return {
        left: across[0] ?? Number.NaN,
        right: info.width - 1 - (across.at(-1) ?? Number.NaN),
        top: down[0] ?? Number.NaN,
        bottom: info.height - 1 - (down.at(-1) ?? Number.NaN),
        ...{ midX, midY },
      }
    }
    /** Until nothing moves any more. */
    async function still() {
      let before = ''
      await expect
        .poll(async () => {
          const last = before
          before = JSON.stringify([await image(), await figure()])
          return before === last
        }, WAIT)
        .toBe(true)
    }
    async function whole() {
      await page.keyboard.press('Home')
      await still()
    }
    /** Where a place of the original is on the screen while the whole field is shown. */
    async function onScreen(x: number, y: number, on = page) {
      const stage = await stageBox(on)
      const scale = Math.min(stage.width / field.width, stage.height / field.height)
      return {
        x: stage.x + (stage.width - field.width * scale) / 2 + x * scale,
        y: stage.y + (stage.height - field.height * scale) / 2 + y * scale,
      }
    }
    const middle = ({ box }: Cell) => [box.x + box.width / 2, box.y + box.height / 2] as const
    async function click(cell: Cell, how: { button?: 'right'; shift?: boolean } = {}, on = page) {
      const { x, y } = await onScreen(...middle(cell), on)
      if (how.shift) await on.keyboard.down('Shift')
      await on.mouse.click(x, y, { button: how.button ?? 'left' })
      if (how.shift) await on.keyboard.up('Shift')
      // Two clicks at once would be a double click.
      await on.waitForTimeout(350)
    }
    async function drag(from: { x: number; y: number }, by: { x: number; y: number }) {
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 8 })
      await page.mouse.up()
    }
    const undo = async (id: string, type: string) => {
      await page.keyboard.press('z')
      await expect.poll(() => typeOf(id), WAIT).toBe(type)
    }
    /** Another type than the cell has. */
    const otherThan = ({ type }: Cell) =>
      type === 'monocyte'
        ? ({ id: 'blast', en: 'Blast', key: '1' } as const)
        : ({ id: 'monocyte', en: 'Monocyte', key: '9' } as const)

    test('the picture keeps most of the page; what lies beside it can be folded, and stays so', async () => {
      expect((await stageBox()).width).toBeGreaterThan(1366 * 0.6)
      await page.getByText('Types', { exact: true }).click()
      await page.locator('.palette').waitFor({ state: 'hidden' })
      await page.reload()
      await fieldShown(page)
      await page.getByText('Differential count', { exact: true }).waitFor()
      expect(await page.locator('.palette').isVisible()).toBe(false)
      await page.getByText('Types', { exact: true }).click()
      await page.locator('.palette').waitFor()
      const { width } = await stageBox()
      await button('Panels').click()
      await expect.poll(async () => (await stageBox()).width).toBe(1366)
      await button('Panels').click()
      await expect.poll(async () => (await stageBox()).width).toBe(width)
    })

    test('buttons and keys zoom: closer, away, one to one, whole', async () => {
      await whole()
      const fitted = await figure()
      await button('Closer (PageUp)').click()
      await still()
      expect((await figure()) / fitted).toBeCloseTo(1.5, 1)
      await page.keyboard.press('PageDown')
      await still()
      expect(await figure()).toBe(fitted)
      await button('One to one (End)').click()
      await still()
      expect(await figure()).toBe(100)
      await button('Whole field (Home)').click()
      await still()
      expect(await figure()).toBe(fitted)
      expect(await button('To the selected cell (f)').isDisabled()).toBe(true)
      await click(cells[0]!)
      await page.keyboard.press('f')
      await still()
      expect(await figure()).toBeGreaterThan(fitted)
      await page.keyboard.press('Escape')
    })

    test('the picture cannot be lost: whole it stays in the middle, closer the middle stays on it', async () => {
      await whole()
      await drag(await center(), { x: 500, y: 180 })
      await still()
      const fitted = await image()
      expect(Math.abs(fitted.left - fitted.right)).toBeLessThan(4)
      expect(Math.abs(fitted.top - fitted.bottom)).toBeLessThan(4)
      await page.keyboard.press('PageUp')
      await page.keyboard.press('PageUp')
      await page.keyboard.press('PageUp')
      await still()
      for (const by of [
        { x: 500, y: 220 },
        { x: -500, y: -220 },
      ]) {
        for (let i = 0; i < 8; i++) await drag(await center(), by)
        await still()
        const { left, right, top, bottom, midX, midY } = await image(by.x > 0 ? 40 : -40)
        // So far that a corner lies in the middle, and no further.
        expect(Math.abs((by.x > 0 ? left : right) - midX)).toBeLessThan(4)
        expect(Math.abs((by.y > 0 ? top : bottom) - midY)).toBeLessThan(4)
      }
      const { x, y } = await center()
      await page.mouse.move(x + 200, y + 100)
      for (let i = 0; i < 12; i++) await page.mouse.wheel(0, 400)
      await still()
      const away = await image()
      expect(Math.abs(away.left - away.right)).toBeLessThan(4)
      expect(Math.abs(away.top - away.bottom)).toBeLessThan(4)
    })

    test('a type of the palette names what is selected; its eye hides its boxes', async () => {
      await whole()
      await said('Select cells in the picture; a type then names them.')
      const [one, two] = cells as [Cell, Cell]
      const to = otherThan(one)
      await click(one)
      await click(two, { shift: true })
      await said('A type names the 2 selected cells.')
      const row = page.locator(`[data-name="${to.id}"]`)
      const before = Number(await row.locator('.here').textContent())
      const already = [one, two].filter(({ type }) => type === to.id).length
      await row.click()
      await expect.poll(() => typeOf(one.id), WAIT).toBe(to.id)
      expect(await typeOf(two.id)).toBe(to.id)
      expect(Number(await row.locator('.here').textContent())).toBe(before + 2 - already)
      await undo(one.id, one.type)
      expect(await typeOf(two.id)).toBe(two.type)
      await page.keyboard.press('Escape')
      const shownName = await page.locator(`[data-name="${one.type}"] .label`).textContent()
      await button(`Show the boxes: ${shownName}`).click()
      await click(one)
      await said('Select cells in the picture; a type then names them.')
      await button('Show all boxes').click()
      await click(one)
      await said('A type names the selected cell.')
    })

    test('the right button opens a menu: of a cell, of all that are selected, of an empty place', async () => {
      const [one, two, three] = cells as [Cell, Cell, Cell]
      await page.keyboard.press('Escape')
      await click(one)
      await click(two, { button: 'right' })
      await said('A type names the selected cell.')
      await accessible(page, 'field-menu')
      const to = otherThan(two)
      await item(to.en).click()
      await menu().waitFor({ state: 'hidden' })
      await expect.poll(() => typeOf(two.id), WAIT).toBe(to.id)
      expect(await typeOf(one.id)).toBe(one.type)
      await undo(two.id, two.type)

      // Dragging with Shift selects a group; on one of them the menu is of all.
      await page.keyboard.press('Escape')
      const all = await onScreen(0, 0)
      const corner = await onScreen(field.width, field.height)
      await page.keyboard.down('Shift')
      await drag(all, { x: corner.x - all.x, y: corner.y - all.y })
      await page.keyboard.up('Shift')
      const present = await now()
      await said(`A type names the ${present.length} selected cells.`)
      await click(three, { button: 'right' })
      await item('Confirm').click()
      await expect.poll(async () => (await now()).every(({ reviewed }) => reviewed), WAIT).toBe(true)
      await page.keyboard.press('z')
      await expect.poll(async () => (await now()).some(({ reviewed }) => reviewed), WAIT).toBe(false)

      await page.keyboard.press('Escape')
      await click(three, { button: 'right' })
      await item('Not a cell: remove the box').click()
      await expect.poll(async () => (await now()).length, WAIT).toBe(present.length - 1)
      await page.keyboard.press('z')
      await expect.poll(async () => (await now()).length, WAIT).toBe(present.length)

      const side = Math.max(...present.map(({ box }) => Math.max(box.width, box.height)))
      const free = Array.from({ length: 400 }, (_, i) => ({
        x: side + ((i % 20) * (field.width - 2 * side)) / 20,
        y: side + (Math.floor(i / 20) * (field.height - 2 * side)) / 20,
      })).find(({ x, y }) =>
        present.every(
          ({ box }) =>
            x < box.x - 5 || x > box.x + box.width + 5 || y < box.y - 5 || y > box.y + box.height + 5,
        ),
      )!
      const place = await onScreen(free.x, free.y)
      await page.mouse.click(place.x, place.y, { button: 'right' })
      await item('Draw a cell here').click()
      await expect.poll(async () => (await now()).length, WAIT).toBe(present.length + 1)
      const drawn = (await now()).find(({ id }) => present.every((other) => other.id !== id))!
      expect(middle(drawn)[0]).toBeCloseTo(free.x, -1)
      expect(middle(drawn)[1]).toBeCloseTo(free.y, -1)
      await page.keyboard.press('z')
      await expect.poll(async () => (await now()).length, WAIT).toBe(present.length)
    })

    test('the menu works without a mouse', async () => {
      const one = cells[0]!
      const to = otherThan(one)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Shift+F10')
      await item('Draw a cell here').waitFor()
      await page.keyboard.press('Escape')
      await menu().waitFor({ state: 'hidden' })
      await click(one)
      await page.keyboard.press('Shift+F10')
      const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
      await expect.poll(() => menu().locator('[aria-checked="true"]').count()).toBe(1)
      await page.keyboard.press('Home')
      expect(await focused()).toContain('Blast')
      await page.keyboard.press('ArrowUp')
      expect(await focused()).toContain('Closer to the cell')
      await page.keyboard.press('ArrowDown')
      for (let i = 0; i < 20 && !(await focused()).includes(to.en); i++)
        await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await expect.poll(() => typeOf(one.id), WAIT).toBe(to.id)
      await undo(one.id, one.type)
      // A type's own key, as without the menu.
      await page.keyboard.press('ContextMenu')
      await menu().waitFor()
      await page.keyboard.press(to.key)
      await menu().waitFor({ state: 'hidden' })
      await expect.poll(() => typeOf(one.id), WAIT).toBe(to.id)
      await undo(one.id, one.type)
    })

    test('from the menu to the gallery, at the same cell', async () => {
      const one = cells[2]!
      await click(one, { button: 'right' })
      await item('Show in the gallery').click()
      await page.locator(`.cell.selected[data-cell="${one.id}"]`).waitFor()
      await page.keyboard.press('f')
      await fieldShown(page)
    })

    test('who may only read is offered nothing that changes', async () => {
      const reader = await openPerson(
        browser,
        site.address,
        await invite(api, 'Only Reader', 'read_only'),
        problems,
      )
      await openField(reader)
      await reader.getByText('Nothing can be changed here.').waitFor()
      await click(cells[0]!, { button: 'right' }, reader)
      expect(await menu(reader).locator('[role^="menuitem"]').allInnerTexts()).toEqual([
        expect.stringContaining('Show in the gallery'),
        expect.stringContaining('Closer to the cell'),
      ])
      await reader.context().close()
    })

    test('Chinese and dark', async () => {
      await page.getByRole('button', { name: '中文' }).click()
      await page.getByRole('button', { name: '深色' }).click()
      await whole()
      await click(cells[0]!, { button: 'right' })
      await item('在图库中显示').waitFor()
      await accessible(page, 'field-menu-zh-dark')
      expect(problems).toEqual([])
    })
  },
)
