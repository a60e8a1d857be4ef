/** A server whose administrator looks at it, with a case that images are taken into. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { expect } from 'vitest'
import { acceptField } from '../fields/accept-field.ts'
import { png } from '../fields/images-for-tests.ts'
import { startTestServer } from '../for-tests.ts'
import { healthOf } from './health.ts'
import type { Part } from './part.ts'

/** A name that must appear nowhere on the page. */
export const PATIENT = '王秘密'

export async function startSite(databaseUrl: string, env: NodeJS.ProcessEnv = {}) {
  const server = await startTestServer(databaseUrl, env)
  const administrator = await server.as('administrator')
  const get = async (url: string) => {
    const answer = await administrator('GET', url)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json()
  }
  let cases = 0
  async function newCase(): Promise<{ id: string; marrowNumber: string }> {
    const patient = { hospitalNumber: '', name: PATIENT, sex: 'unknown', birthDate: null }
    const marrowNumber = `ADM-${++cases}`
    const made = await administrator('POST', '/cases', { marrowNumber, patient })
    return { id: made.json().id, marrowNumber }
  }
  /** Takes a drawn image into the case; gives the field's id and how many bytes it has. */
  async function takeIn(caseId: string, seed: number) {
    const image = await png(seed)
    const file = join(mkdtempSync(join(tmpdir(), 'marrowscope-')), 'field.png')
    writeFileSync(file, image)
    const given = { id: uuid(), file, caseId, fileName: `${PATIENT} ${seed}.png` }
    return { id: await acceptField(server.ports, given), bytes: image.length }
  }
  /** As the route has it, without what the route remembers for a moment. */
  async function part(name: Part['part']): Promise<Part> {
    const parts = await healthOf(server.ports, server.app.journal)
    return parts.find((one) => one.part === name)!
  }
  return { ...server, administrator, get, newCase, takeIn, part }
}
