/** At its most talkative the log holds no secret, nothing that was searched, and no patient. */
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { drawField } from '../testkit/index.ts'
import { ADMINISTRATOR, ADMINISTRATOR_ENV, Api } from './api.ts'
import { openSite } from './site.ts'
import { openSql } from './sql.ts'

const word = (kind: string) => `${kind}${randomBytes(6).toString('hex')}`

test('sign-in, links, search, patients, uploads, refusals and a failure at level trace', async () => {
  const site = await openSite({ ...ADMINISTRATOR_ENV, MARROWSCOPE_LOG: 'trace' })
  onTestFinished(() => site.stop('SIGKILL'))
  /** What must not be found, by what it is. */
  const secrets: Record<string, string> = { password: ADMINISTRATOR.password }
  const secret = (kind: string, value = word(kind)) => {
    secrets[kind] = value
    return value
  }
  const api = await new Api(site.address).signIn()
  const session = () => api.cookie.split('=')[1]!
  secret('session of the administrator', session())

  // Sign-in that is refused, by a wrong password and by a body that is none.
  const wrong = { email: ADMINISTRATOR.email, password: secret('wrong') }
  expect((await api.call('POST', '/api/session', wrong)).status).toBe(401)
  for (const body of [`{"password": "${secret('cut')}`, `{"password": ["${secret('list')}"]}`]) {
    const json = { 'content-type': 'application/json' }
    expect((await api.raw('POST', '/api/session', { body, headers: json })).status).toBe(400)
  }

  // Links: looked at, opened as a page, used, used again.
  const tokenOf = (link: string) => new URL(link).searchParams.get('token')!
  const { link } = await api.ok('POST', '/api/invitations', { role: 'doctor' })
  const token = secret('token of the invitation', tokenOf(link))
  expect((await fetch(link.replace(/^https?:\/\/[^/]+/, site.address))).status).toBeLessThan(600)
  const stranger = new Api(site.address)
  await stranger.ok('GET', `/api/invitations/by-token/${token}`)
  const person = { email: `${word('mail')}@lab.example`, name: secret('person'), password: secret('own') }
  await stranger.ok('POST', '/api/register', { token, ...person })
  secret('session of the doctor', stranger.cookie.split('=')[1]!)
  expect((await stranger.call('POST', '/api/register', { token, ...person })).status).toBeGreaterThan(399)
  const again = await stranger.call('GET', `/api/invitations/by-token/${token}`)
  expect(again.status).toBe(404)
  for (const path of ['/api/nothing/', '/nowhere.txt?token=', '/api/patients/']) {
    await api.call('GET', `${path}${token}`)
  }

  // A patient, found by name and number, changed, and searched for wrongly.
  const patient = {
    hospitalNumber: secret('number'),
    name: secret('name'),
    sex: 'female',
    birthDate: '1961-02-03',
  }
  const marrowNumber = secret('marrow')
  const { id, patientId } = await api.ok('POST', '/api/cases', { marrowNumber, patient })
  expect((await api.call('POST', '/api/cases', { marrowNumber, patient })).status).toBe(409)
  for (const query of [patient.name, patient.hospitalNumber, secret('searched'), '骨髓']) {
    const q = encodeURIComponent(query)
    await api.call('GET', `/api/cases?search=${q}&q=${q}`)
    await api.call('GET', `/api/patients?search=${q}&q=${q}`)
    await api.call('GET', `/api/by-number?number=${q}&marrowNumber=${q}`)
  }
  await api.call('GET', `/api/cases?pageSize=${secret('size')}`)
  await api.call('PATCH', `/api/patients/${patientId}`, { version: 99, name: secret('renamed') })

  // Uploads: a picture, and what is none, under names that tell of a patient.
  const { data, width, height } = drawField({ seed: 1, width: 400, height: 300 })
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
  await api.upload(id, `${secret('file')}.png`, png, { umPerPixel: '0.25' })
  await api.upload(id, `${secret('broken')}.png`, Buffer.from('not a picture'))
  await api.ok('POST', `/api/cases/${id}/analyses`, {})
  expect((await api.analysed(id)).status).toBe('done')

  // Signed with a wrong password, and with the right one.
  const { version } = await api.ok('GET', `/api/cases/${id}`)
  await api.call('POST', `/api/cases/${id}/sign`, { version, password: secret('refused'), accepted: [] })
  await api.call('POST', `/api/cases/${id}/sign`, { version, password: ADMINISTRATOR.password, accepted: [] })

  // Failures: a table is away; a line that is no HTTP.
  const sql = openSql(site.folder)
  await sql.run('alter table patients rename to patients_away')
  const failed = await api.call('POST', '/api/cases', { marrowNumber: secret('lost'), patient })
  expect([failed.status, failed.body.code]).toEqual([500, 'UNEXPECTED'])
  await api.call('GET', `/api/patients?search=${patient.name}`)
  await sql.run('alter table patients_away rename to patients')
  await sql.close()
  await new Promise<void>((done) => {
    const { hostname, port } = new URL(site.address)
    const socket = connect(Number(port), hostname, () => socket.write(`${secret('line')} / HTP\r\n\r\n`))
    socket.on('close', () => done()).on('error', () => {})
    socket.resume()
  })
  await site.stop()

  const log = site.output()
  expect(log).toContain('"level":10')
  expect(log).toContain('"route":"/api/invitations/by-token/:token"')
  expect(log.match(/"level":50/g)?.length).toBeGreaterThan(0)
  const told = Object.entries(secrets).filter(
    ([, value]) => log.includes(value) || log.includes(encodeURIComponent(value)),
  )
  expect(told.map(([kind]) => kind)).toEqual([])
  expect(log).not.toMatch(/骨髓|%E9%AA%A8|search=|token=|1961-02-03|marrowscope_session/)
}, 240_000)
