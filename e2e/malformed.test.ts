/** Sixty-odd malformed requests and uploads: each is refused with a code and a sentence, and the server stays up. */
import { randomUUID } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMINISTRATOR_ENV, Api } from './api.ts'
import { openSite, type Site } from './site.ts'

let site: Site
let api: Api
let caseId: string
let fieldId: string
let cell: { id: string; version: number }

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#e8dcd0' } })

beforeAll(async () => {
  site = await openSite(ADMINISTRATOR_ENV)
  api = await new Api(site.address).signIn()
  caseId = (await api.newCase('M-1')).id
  await api.upload(caseId, 'plain.png', await picture(320, 240).png().toBuffer(), { umPerPixel: '0.25' })
  const [field] = await api.ok('GET', `/api/cases/${caseId}/fields`)
  fieldId = field.id
  cell = await api.ok('POST', `/api/fields/${fieldId}/cells`, {
    box: { x: 20, y: 20, width: 60, height: 60 },
    type: 'blast',
  })
})
afterAll(() => site?.stop())

async function refused(answer: { status: number; body: { code?: string; message?: string } }) {
  expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500)
  expect(answer.body.code).toMatch(/^[A-Z][A-Z0-9_]+$/)
  expect(answer.body.message?.length).toBeGreaterThan(10)
  expect((await fetch(`${site.address}/api/health`)).status).toBe(200)
}

const MISSING = randomUUID()
const patient = { hospitalNumber: '', name: 'x', sex: 'unknown', birthDate: null }
/** [what, method, path with {case} {field} {cell}, body] */
const REQUESTS: [string, string, string, unknown][] = [
  ['no such path', 'GET', '/api/nothing', undefined],
  ['id that is none', 'GET', '/api/cases/1', undefined],
  ['id with a traversal', 'GET', '/api/cases/..%2f..%2fetc%2fpasswd', undefined],
  ['id with SQL in it', 'GET', "/api/cases/'%20or%201=1--", undefined],
  ['id of nothing', 'GET', `/api/cases/${MISSING}`, undefined],
  ['field of nothing', 'GET', `/api/fields/${MISSING}/image`, undefined],
  ['crop of nothing', 'GET', `/api/cells/${MISSING}/crop`, undefined],
  ['crop of no size', 'GET', '/api/cells/{cell}/crop?size=0', undefined],
  ['crop of a huge size', 'GET', '/api/cells/{cell}/crop?size=100000', undefined],
  ['crop of a size that is no number', 'GET', '/api/cells/{cell}/crop?size=big', undefined],
  ['report of nothing', 'GET', `/api/cases/${MISSING}/report.pdf`, undefined],
  ['report in no language', 'GET', '/api/cases/{case}/report.pdf?lang=la', undefined],
  ['report in no form', 'GET', '/api/cases/{case}/report.docx', undefined],
  ['draft that is none', 'PUT', '/api/cases/{case}/report-draft', { draft: {}, version: 0 }],
  ['hash that is none', 'GET', '/api/verify/..%2f..', undefined],
  ['table without ranges', 'POST', '/api/reference-tables', { name: 'x', source: 'x', note: '' }],
  ['phrase of no part', 'POST', '/api/phrases', { part: 'x', title: {}, text: {} }],
  ['image of negative width', 'GET', '/api/fields/{field}/image?width=-5', undefined],
  ['image of endless width', 'GET', '/api/fields/{field}/image?width=1e99', undefined],
  ['page after nothing', 'GET', '/api/cases?after=0', undefined],
  ['endless page size', 'GET', '/api/cases?pageSize=1000000', undefined],
  ['unknown status', 'GET', '/api/cases?status=eaten', undefined],
  ['search too long', 'GET', `/api/cases?search=${'x'.repeat(500)}`, undefined],
  ['unknown basis', 'GET', '/api/cases/{case}/differential?basis=moon', undefined],
  ['case of nothing', 'POST', '/api/cases', {}],
  ['case that is a list', 'POST', '/api/cases', []],
  ['case that is null', 'POST', '/api/cases', null],
  ['case without a number', 'POST', '/api/cases', { marrowNumber: '', patient }],
  ['case number taken', 'POST', '/api/cases', { marrowNumber: 'M-1', patient }],
  ['case number too long', 'POST', '/api/cases', { marrowNumber: 'x'.repeat(1000), patient }],
  ['case number that is a number', 'POST', '/api/cases', { marrowNumber: { $gt: '' }, patient }],
  ['unknown sex', 'POST', '/api/cases', { marrowNumber: 'M-2', patient: { ...patient, sex: 'yes' } }],
  [
    'birth date that is none',
    'POST',
    '/api/cases',
    { marrowNumber: 'M-2', patient: { ...patient, birthDate: '30.2.1970' } },
  ],
  ['target 0', 'POST', '/api/cases', { marrowNumber: 'M-2', patient, target: 0 }],
  ['unknown counting rule', 'POST', '/api/cases', { marrowNumber: 'M-2', patient, countingRule: 'mine' }],
  [
    'note of a megabyte',
    'POST',
    '/api/cases',
    { marrowNumber: 'M-2', patient, clinicalNote: 'x'.repeat(1e6) },
  ],
  ['patch without a version', 'PATCH', '/api/cases/{case}', { site: 'sternum' }],
  ['patch of an old version', 'PATCH', '/api/cases/{case}', { version: 999, site: 'sternum' }],
  ['scale 0', 'PATCH', '/api/fields/{field}', { version: 1, umPerPixel: 0 }],
  ['absurd scale', 'PATCH', '/api/fields/{field}', { version: 1, umPerPixel: 1e9 }],
  ['scale that is a word', 'PATCH', '/api/fields/{field}', { version: 1, umPerPixel: 'small' }],
  ['no changes', 'POST', '/api/cases/{case}/changes', { changes: [] }],
  ['changes that are no list', 'POST', '/api/cases/{case}/changes', { changes: {} }],
  [
    '10,001 changes',
    'POST',
    '/api/cases/{case}/changes',
    { changes: Array.from({ length: 10_001 }, () => ({ id: MISSING, version: 1, set: { type: 'blast' } })) },
  ],
  [
    'change of a cell of nowhere',
    'POST',
    '/api/cases/{case}/changes',
    { changes: [{ id: MISSING, version: 1, set: { type: 'blast' } }] },
  ],
  [
    'unknown type',
    'POST',
    '/api/cases/{case}/changes',
    { changes: [{ id: '{cell}', version: 1, set: { type: 'megakaryocyte' } }] },
  ],
  [
    'old version of a cell',
    'POST',
    '/api/cases/{case}/changes',
    { changes: [{ id: '{cell}', version: 77, set: { type: 'monocyte' } }] },
  ],
  [
    'box beyond the border',
    'POST',
    '/api/cases/{case}/changes',
    { changes: [{ id: '{cell}', version: 1, set: { box: { x: 300, y: 200, width: 500, height: 500 } } }] },
  ],
  ['box of no size', 'POST', '/api/fields/{field}/cells', { box: { x: 1, y: 1, width: 0, height: 0 } }],
  [
    'box of negative size',
    'POST',
    '/api/fields/{field}/cells',
    { box: { x: 50, y: 50, width: -9, height: -9 } },
  ],
  ['box of words', 'POST', '/api/fields/{field}/cells', { box: { x: 'a', y: 'b', width: 'c', height: 'd' } }],
  ['box elsewhere', 'POST', '/api/fields/{field}/cells', { box: { x: 1e6, y: 1e6, width: 50, height: 50 } }],
  [
    'box without a field',
    'POST',
    `/api/fields/${MISSING}/cells`,
    { box: { x: 1, y: 1, width: 9, height: 9 } },
  ],
  ['count below 0', 'PUT', '/api/cases/{case}/manual-count', { counts: { blast: -1 }, version: 0 }],
  ['count of a fraction', 'PUT', '/api/cases/{case}/manual-count', { counts: { blast: 1.5 }, version: 0 }],
  ['endless count', 'PUT', '/api/cases/{case}/manual-count', { counts: { blast: 1e12 }, version: 0 }],
  ['analysis of a field of nowhere', 'POST', '/api/cases/{case}/analyses', { fieldIds: [MISSING] }],
  ['analysis of a case of nowhere', 'POST', `/api/cases/${MISSING}/analyses`, {}],
  [
    'signing with a wrong password',
    'POST',
    '/api/cases/{case}/sign',
    { version: 1, password: 'no', accepted: [] },
  ],
  ['addendum before signing', 'POST', '/api/cases/{case}/addenda', { text: 'late', password: 'no' }],
  ['addendum of nothing', 'POST', '/api/cases/{case}/addenda', { text: '', password: 'no' }],
  ['role that does not exist', 'POST', '/api/invitations', { role: 'emperor' }],
  ['invitation of no address', 'POST', '/api/invitations', { role: 'doctor', email: 'nobody' }],
  ['invitation that was never made', 'GET', '/api/invitations/by-token/abc', undefined],
  [
    'registering without one',
    'POST',
    '/api/register',
    { email: 'a@b.c', name: 'A', password: 'long enough 1' },
  ],
  ['a password that is too short', 'POST', '/api/me/password', { current: 'x', next: 'short' }],
  [
    'setup a second time',
    'POST',
    '/api/setup',
    { token: 'x', email: 'a@b.c', name: 'A', password: 'long enough 1' },
  ],
]

describe('requests', () => {
  test.each(REQUESTS)('%s', async (_, method, path, body) => {
    const fill = (text: string) =>
      text.replaceAll('{case}', caseId).replaceAll('{field}', fieldId).replaceAll('{cell}', cell.id)
    const filled = body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body)))
    await refused(await api.call(method, fill(path), filled))
  })

  test('JSON that is none, another content type, a body beyond the limit', async () => {
    for (const [type, body] of [
      ['application/json', '{"marrowNumber": '],
      ['text/xml', '<case/>'],
      ['application/json', JSON.stringify({ marrowNumber: 'x'.repeat(6_000_000) })],
    ] as const) {
      const answer = await api.raw('POST', '/api/cases', { body, headers: { 'content-type': type } })
      await refused({ status: answer.status, body: (await answer.json()) as object })
    }
  })
})

test.each([
  ['lists', '[', ']'],
  ['objects', '{"a":', '}'],
])('JSON of a million %s within each other', async (_, open, close) => {
  const times = Math.floor(1e6 / open.length)
  const deep = `{"marrowNumber":${open.repeat(times)}1${close.repeat(times)}}`
  const headers = { 'content-type': 'application/json' }
  const begun = performance.now()
  const answer = await api.raw('POST', '/api/cases', { body: deep, headers })
  await refused({ status: answer.status, body: (await answer.json()) as object })
  expect(performance.now() - begun).toBeLessThan(20_000)
})

describe('uploads', () => {
  const text = (content: string) => async () => Buffer.from(content)
  const bomb = async () => {
    const png = await picture(64, 64).png().toBuffer()
    png.writeUInt32BE(60_000, 16) // the header says 60,000 × 60,000 pixels
    png.writeUInt32BE(60_000, 20)
    return png
  }
  /** A TIFF of 60,000 × 60,000 pixels in one strip, deflated: 10 GB of black in a few kilobytes. */
  const tiffBomb = async () => {
    const strip = deflateSync(Buffer.alloc(4_000_000))
    const entries: [tag: number, type: number, value: number][] = [
      [256, 4, 60_000],
      [257, 4, 60_000],
      [258, 3, 8],
      [259, 3, 8],
      [262, 3, 1],
      [273, 4, 8],
      [277, 3, 1],
      [278, 4, 60_000],
      [279, 4, strip.length],
    ]
    const end = 8 + strip.length + (strip.length % 2)
    const file = Buffer.alloc(end + 2 + entries.length * 12 + 4)
    file.write('II*\0', 0, 'latin1')
    file.writeUInt32LE(end, 4)
    strip.copy(file, 8)
    file.writeUInt16LE(entries.length, end)
    for (const [at, [tag, type, value]] of entries.entries()) {
      const place = end + 2 + at * 12
      file.writeUInt16LE(tag, place)
      file.writeUInt16LE(type, place + 2)
      file.writeUInt32LE(1, place + 4)
      file.writeUInt32LE(value, place + 8)
    }
    return file
  }
  const truncated = async () => {
    const jpeg = await picture(800, 600).jpeg().toBuffer()
    return jpeg.subarray(0, jpeg.length >> 1)
  }
  const FILES: [string, string, () => Promise<Buffer>, Record<string, string>][] = [
    ['text called a picture', 'notes.jpg', text('dear colleague'), {}],
    ['a page called a picture', 'page.png', text('<html><script>alert(1)</script></html>'), {}],
    [
      'a drawing with a script',
      'drawing.svg',
      text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      {},
    ],
    ['half a JPEG', 'half.jpg', truncated, {}],
    ['a picture bomb', 'bomb.png', bomb, {}],
    ['a bomb of another kind', 'bomb.tif', tiffBomb, {}],
    ['zeros', 'zeros.tif', async () => Buffer.alloc(50_000), {}],
    ['a wrong checksum', 'sum.png', () => picture(33, 33).png().toBuffer(), { sha256: 'ab'.repeat(32) }],
    ['a duplicate', 'again.png', () => picture(320, 240).png().toBuffer(), {}],
  ]
  test.each(FILES)('%s', async (_, name, make, metadata) => {
    await api.upload(caseId, `../../${name}`, await make(), metadata)
    const faults = await api.ok('GET', `/api/cases/${caseId}/faults`)
    const fault = faults.find((f: { fileName: string }) => f.fileName === name)
    expect(fault, JSON.stringify(faults)).toBeDefined()
    expect(fault.code).toMatch(/^[A-Z_]+$/)
    expect(fault.message.length).toBeGreaterThan(10)
    expect(await api.ok('GET', `/api/cases/${caseId}/fields`)).toHaveLength(1)
    expect((await fetch(`${site.address}/api/health`)).status).toBe(200)
  })

  test('of a case that does not exist, beyond the size limit, and bytes in the wrong place', async () => {
    expect((await api.beginUpload(MISSING, 'a.png', 10)).status).toBe(404)
    expect((await api.beginUpload(caseId, 'a.png', 1e13)).status).toBe(413)
    const begun = await api.beginUpload(caseId, 'a.png', 10)
    const wrong = await api.sendUpload(begun.headers.get('location')!, 7, Buffer.from('abc'))
    expect(wrong.status).toBe(409)
    expect((await fetch(`${site.address}/api/health`)).status).toBe(200)
  })
})
