/** Cells by their likeness: one cell in full, sorted by another, beside reference cells, several by the lasso. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASS_INFO, type CellClass } from '../cytology/index.ts'
import { drawCell } from '../testkit/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { CHROMIUM, openBrowser } from './browser.ts'
import { accessible, choose, fieldShown, openPerson } from './person.ts'
import { openSite, type Site } from './site.ts'
import { openSql } from './sql.ts'

const WAIT = { timeout: 20_000 }

describe.skipIf(!CHROMIUM)(
  `likeness in a browser${CHROMIUM ? '' : ' (skipped: no Chromium; set MARROWSCOPE_CHROMIUM)'}`,
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
      await cells().first().waitFor()
    }, 240_000)
    afterAll(async () => {
      await browser?.close()
      await site?.stop()
    })

    const cells = () => page.locator('.cell')
    const detail = () => page.getByRole('region', { name: 'Selected cell' })
    const saved = () => page.getByText('Saved', { exact: true }).first().waitFor()
    const idOf = (n: number) => cells().nth(n).getAttribute('data-cell')
    const inOrder = () =>
      page.locator('.cell').evaluateAll((all) =>
        all
          .map((cell) => {
            const [, x, y] = /translate\(([\d.]+)px, ([\d.]+)px\)/.exec(cell.getAttribute('style')!)!
            return { id: cell.getAttribute('data-cell')!, x: Number(x), y: Number(y) }
          })
          .sort((a, b) => a.y - b.y || a.x - b.x)
          .map(({ id }) => id),
      )

    test('the selected cell is told in full: probabilities, references, history', async () => {
      await cells().nth(3).click()
      const id = await idOf(3)
      const { probabilities } = await api.ok('GET', `/api/cells/${id}`)
      await expect.poll(() => detail().locator('.bar').count(), WAIT).toBe(5)
      const most = `${(Math.max(...probabilities) * 100).toFixed(1)} %`
      expect(await detail().locator('.bar .number').first().textContent()).toBe(most)
      const { references, known } = await api.ok('GET', `/api/cells/${id}/references`)
      await expect
        .poll(() =>
          detail()
            .getByRole('img', { name: /drawn, similarity/ })
            .count(),
        )
        .toBe(references.length)
      const [first] = known.types
      await detail()
        .getByText(`${CELL_CLASS_INFO[first.type as CellClass].abbreviation} ${first.count}`, { exact: true })
        .waitFor()
      await detail().getByText('Nobody has changed this cell.').waitFor()
      expect(await detail().getByRole('button', { name: 'Keep as reference' }).isDisabled()).toBe(true)
      const measured = detail().getByRole('table', { name: /Measured by shape and colour/ })
      await measured.getByRole('rowheader', { name: 'Cell diameter' }).waitFor()
      expect(await measured.getByRole('cell').first().textContent()).toMatch(/^\d+\.\d µm$/)
      await accessible(page, 'likeness-1-detail')
    })

    test('sorted by likeness the cell comes first, and stays there when another is selected', async () => {
      const id = await idOf(3)
      await choose(page, 'Sort', 'likeness')
      await expect.poll(async () => (await inOrder())[0], WAIT).toBe(id)
      await page.getByRole('img', { name: /^like [A-Z]{3} · Field \d$/ }).waitFor()
      const expected = await api.ok('GET', `/api/cells/${id}/similar`)
      const order = await inOrder()
      const value = new Map(
        expected.map((one: { id: string; similarity: number }) => [one.id, one.similarity]),
      )
      const values = order.map((one) => value.get(one) as number)
      expect(values).toEqual([...values].sort((a, b) => b - a))
      await accessible(page, 'likeness-2-sorted')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
      expect(await inOrder()).toEqual(order)
      await page.keyboard.press('l')
      await expect.poll(async () => (await inOrder())[0], WAIT).toBe(order[2])
    })

    test('a confirmed cell is kept as a reference, shown in the guide, and removed there', async () => {
      const [id] = await inOrder()
      await page.locator(`[data-cell="${id}"]`).click()
      await page.keyboard.press('1')
      await saved()
      await page.locator(`[data-cell="${id}"]`).click()
      await detail()
        .getByText(/Administrator: .*(→|confirmed)/)
        .waitFor()
      await page.keyboard.press('r')
      await detail().getByText('Kept.', { exact: true }).waitFor()
      await detail().getByRole('img', { name: 'Blast, kept by Administrator, similarity 1.00' }).waitFor()
      await accessible(page, 'likeness-3-kept')
      await page.getByRole('button', { name: 'What a cell of this type looks like: Blast' }).click()
      const guide = page.getByRole('dialog')
      await expect.poll(() => guide.getByRole('img').count(), WAIT).toBe(4)
      await accessible(page, 'likeness-4-guide')
      await guide.getByRole('button', { name: 'Remove' }).click()
      await expect.poll(() => guide.getByRole('img').count(), WAIT).toBe(3)
      expect(await guide.getByRole('button', { name: 'Remove' }).count()).toBe(0)
      await guide.getByRole('button', { name: 'Close' }).click()
    })

    test('an adjusted box is named again, and taking it back is no conflict', async () => {
      const [id] = await inOrder()
      await page.locator(`[data-cell="${id}"]`).click()
      const before = await api.ok('GET', `/api/cells/${id}`)
      const { box } = before
      await page.keyboard.press('f')
      await fieldShown(page)
      await page.keyboard.press('s')
      await expect
        .poll(async () => (await api.ok('GET', `/api/cells/${id}`)).version, WAIT)
        .toBe(before.version + 1)
      await saved()
      const split = await api.ok('GET', `/api/cells/${id}`)
      expect(split.box).not.toEqual(box)
      expect(split.probabilities).not.toEqual(before.probabilities)
      await page.keyboard.press('z')
      await expect.poll(async () => (await api.ok('GET', `/api/cells/${id}`)).box, WAIT).toEqual(box)
      await saved()
      expect(await page.getByText('Someone else changed these cells').isVisible()).toBe(false)
      expect((await api.ok('GET', `/api/cells/${id}`)).probabilities).toEqual(before.probabilities)
      await page.keyboard.press('g')
      await cells().first().waitFor()
    })

    test('a lasso over empty ground selects what it touches', async () => {
      const grid = (await page.locator('.grid').boundingBox())!
      const second = (await cells().nth(1).boundingBox())!
      const right = grid.x + grid.width - 20
      await page.mouse.move(right, grid.y + 3)
      await page.mouse.down()
      await page.mouse.move(second.x + 50, grid.y + 60, { steps: 5 })
      await page.mouse.up()
      expect(await page.locator('.cell[aria-selected="true"]').count()).toBeGreaterThan(2)
    })

    test('cells of a public set are taken from a folder, and laid beside a case that is not drawn', async () => {
      const set = join(mkdtempSync(join(tmpdir(), 'set-')), 'bone_marrow_cell_dataset')
      for (const [folder, type] of [
        ['BLA', 'blast'],
        ['PLM', 'plasma_cell'],
        ['KSC', 'monocyte'],
      ] as const) {
        mkdirSync(join(set, folder), { recursive: true })
        for (const n of [1, 2, 3]) {
          const { data, width, height } = drawCell({ type, seed: n, size: 250 })
          const picture = sharp(data, { raw: { width, height, channels: 3 } })
          await picture.toFile(join(set, folder, `${folder}_0000${n}.jpg`))
        }
      }
      writeFileSync(join(set, 'PLM/PLM_00004.jpg'), 'half a file')
      await page.goto(`${site.address}/settings/references`)
      await page.getByText('None yet.').waitFor()
      await page.getByLabel('Folder').setInputFiles(set)
      await page.getByText('7 images of known type, 3 of none').waitFor()
      expect(await page.getByLabel('Licence').inputValue()).toBe('CC BY 4.0')
      await accessible(page, 'likeness-5-references')
      await page.getByRole('button', { name: 'Take 7 cells' }).click()
      await page.getByText('6 cells taken, 0 were there already.').waitFor(WAIT)
      await page.getByText(/PLM_00004.jpg: .*is not a JPEG/).waitFor()
      await page.getByRole('cell', { name: 'Blast 3 · Plasma cell 3' }).waitFor()
      await page.getByRole('button', { name: '中文' }).click()
      await accessible(page, 'likeness-5-references-zh')
      await page.getByRole('button', { name: 'English' }).click()

      const sql = openSql(site.folder)
      await sql.run('update cases set synthetic = 0 where id = ?', [caseId])
      await page.goto(`${site.address}/case/${caseId}/read`)
      await cells().first().click()
      await detail()
        .getByRole('img', { name: /Matek et al., TCIA 2021, CC BY 4.0/ })
        .first()
        .waitFor()
      expect(await detail().getByRole('img', { name: /drawn/ }).count()).toBe(0)
      await sql.run('update cases set synthetic = 1 where id = ?', [caseId])
      await sql.close()
      await page.goto(`${site.address}/settings/references`)
      await page.getByRole('button', { name: 'Remove' }).click()
      await page.getByRole('tooltip').getByRole('button', { name: 'Remove' }).click()
      await page.getByText('None yet.').waitFor()
    })

    test('a case whose cells look unlike what was taught says so, and so does its report', async () => {
      const sql = openSql(site.folder)
      const count = async (unfamiliar: number) => {
        await sql.run('update cells set unfamiliar = ? where case_id = ?', [unfamiliar, caseId])
        await page.goto(`${site.address}/case/${caseId}/read`)
        await cells().first().waitFor()
      }
      const said = page.getByText(/cells look unlike those that the recogniser was taught \(5 % is usual\)/)
      await count(0)
      expect(await said.count()).toBe(0)
      await count(1)
      await said.waitFor()
      await cells().nth(0).click()
      await detail().getByText('Looks unlike the cells that the recogniser was taught').waitFor()
      await accessible(page, 'likeness-4-unfamiliar')
      const { familiarity } = await api.ok('GET', `/api/cases/${caseId}/report.json`)
      expect(familiarity).toMatchObject({ unfamiliar: familiarity.cells, away: true })
      await sql.close()
      expect(problems).toEqual([])
    })
  },
)
