/// <reference lib="dom" />
/** A person at a browser of his or her own: signed in, at 1366×768. */
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { Api } from './api.ts'
import { picture } from './browser.ts'

export interface Credentials {
  email: string
  password: string
}

/** Opens the worklist in that person's name. What goes wrong inside the page is added to `problems`. */
export async function openPerson(
  browser: Browser,
  address: string,
  { email, password }: Credentials,
  problems: string[] = [],
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => problems.push(String(error)))
  // Besides errors of scripts, what the page's own policy refuses.
  page.on('console', (message) => /Content Security/.test(message.text()) && problems.push(message.text()))
  await page.goto(`${address}/sign-in`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Worklist' }).waitFor()
  return page
}

/** A new colleague, invited by whoever `api` is signed in as. */
export async function invite(api: Api, name: string, role = 'doctor'): Promise<Credentials> {
  const { link } = await api.ok('POST', '/api/invitations', { role })
  const token = new URL(link).searchParams.get('token')
  const credentials = {
    email: `${name.toLowerCase().replace(/\W+/g, '.')}@lab.example`,
    password: `password of ${name}`,
  }
  await new Api(api.address).ok('POST', '/api/register', { token, name, ...credentials })
  return credentials
}

/** Chooses in a list that opens, by its label; `option` as it is written there, or which of them. */
export async function choose(
  scope: Page | Locator,
  label: string | RegExp,
  option: string | number,
): Promise<void> {
  const list = scope.getByRole('combobox', { name: label })
  await list.press('Enter')
  const open = list
    .page()
    .locator(`#${await list.getAttribute('aria-controls')}`)
    .getByRole('option')
  await (typeof option === 'number' ? open.nth(option) : open.getByText(option, { exact: true })).click()
  await open.first().waitFor({ state: 'hidden' })
}

/** What is chosen in a list that opens, as it is written there. */
export const chosen = async (scope: Page | Locator, label: string): Promise<string> => {
  const list = scope.getByRole('combobox', { name: label })
  const around = list.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " el-select ")]')
  return (await around.innerText()).trim()
}

/** What a list that opens offers; it is closed again. */
export async function offered(scope: Page | Locator, label: string): Promise<string[]> {
  const list = scope.getByRole('combobox', { name: label })
  await list.press('Enter')
  const options = list
    .page()
    .locator(`#${await list.getAttribute('aria-controls')}`)
    .getByRole('option')
  await options.first().waitFor()
  const texts = await options.allInnerTexts()
  await list.press('Escape')
  return texts.map((text) => text.trim())
}

/** Ticks a box or a circle, of which the picture is drawn beside the field itself. */
export const tick = (box: Locator): Promise<void> => box.press('Space')

/** Confirms all cells that the gallery shows, those too that were not on the screen yet; gives what was asked about them. */
export async function confirmShown(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: 'Confirm all shown' })
  await button.click()
  const dialog = page.getByRole('dialog')
  await expect.poll(async () => (await dialog.isVisible()) || (await button.isDisabled())).toBe(true)
  if (!(await dialog.isVisible())) return ''
  const asked = await dialog.getByRole('paragraph').innerText()
  await dialog.getByRole('button', { name: /^Confirm all \d+, seen or not/ }).click()
  return asked
}

/** Waits until the image of the field in the viewer is drawn. */
export const fieldShown = (page: Page) => page.locator('.stage[aria-busy="false"]').waitFor()

/** Waits until each picture on the page is there, or is known to be missing. */
export const allPictures = (page: Page) =>
  expect.poll(() => page.evaluate(() => [...document.images].every((image) => image.complete))).toBe(true)

/** No barrier that axe can find, but for the browser's own viewer of PDFs; the page is kept as a picture. */
export async function accessible(page: Page, name: string): Promise<void> {
  await picture(page, name)
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .exclude('iframe')
    .analyze()
  expect(violations.map((v) => `${name}: ${v.id} ${v.nodes.map((n) => n.target).join(' | ')}`)).toEqual([])
}
