/** A server with a technician who uploads by the tus protocol, over a real connection. */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'
import { startTestServer } from '../for-tests.ts'

export const TUS = { 'tus-resumable': '1.0.0' }
export const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex')

/** `env` as the server reads it. */
export async function startUploads(databaseUrl: string, env: NodeJS.ProcessEnv = {}) {
  const server = await startTestServer(databaseUrl, env)
  const technician = await server.as('technician')
  await server.app.listen({ port: 0 })
  const address = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}/api/uploads`
  let caseId = ''
  let cases = 0

  /** The case that everything goes into from now on. */
  async function openCase() {
    const patient = { hospitalNumber: '', name: '', sex: 'unknown', birthDate: null }
    const made = await technician('POST', '/cases', { marrowNumber: `U-${cases++}`, patient })
    caseId = made.json().id
    return caseId
  }
  const begin = (length: number, metadata: Record<string, string>, who = technician, more: object = {}) =>
    fetch(address, {
      method: 'POST',
      headers: {
        ...TUS,
        cookie: who.cookie,
        'upload-length': String(length),
        'upload-metadata': Object.entries({ caseId, ...metadata })
          .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
          .join(','),
        ...more,
      },
    })
  const placeOf = (response: Response) => new URL(response.headers.get('location')!, address).href
  const send = (place: string, offset: number, body: Uint8Array, who = technician) =>
    fetch(place, {
      method: 'PATCH',
      headers: {
        ...TUS,
        cookie: who.cookie,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: new Uint8Array(body),
    })
  const ask = (place: string, who = technician) =>
    fetch(place, { method: 'HEAD', headers: { ...TUS, cookie: who.cookie } })
  async function upload(filename: string, data: Buffer, metadata: Record<string, string> = {}) {
    const begun = await begin(data.length, { filename, ...metadata })
    expect(begun.status).toBe(201)
    const sent = await send(placeOf(begun), 0, data)
    expect(sent.status).toBe(204)
    return placeOf(begun)
  }
  const fields = async () => (await technician('GET', `/cases/${caseId}/fields`)).json()
  const faults = async () => (await technician('GET', `/cases/${caseId}/faults`)).json()
  const folder = () => join(server.ports.config.dataFolder, 'uploads')
  /** Uploads that were not finished. */
  const left = () => readdirSync(folder()).filter((name) => !name.endsWith('.json'))
  const setStatus = (status: 'signed' | 'in_review') =>
    server.ports.db.updateTable('cases').set({ status }).where('id', '=', caseId).execute()

  return {
    server,
    technician,
    address,
    openCase,
    begin,
    placeOf,
    send,
    ask,
    upload,
    fields,
    faults,
    folder,
    left,
    setStatus,
  }
}
