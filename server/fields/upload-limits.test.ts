/** What one person's uploads can use up, each tried as somebody would who wants to fill the site. */
import { mkdirSync, readdirSync, rmSync, statfsSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { healthOf } from '../administration/health.ts'
import { TEST_DATABASES } from '../database/for-tests.ts'
import { png } from './images-for-tests.ts'
import { startUploads, TUS } from './uploads-for-tests.ts'

const DAY = 86_400_000

describe.each(TEST_DATABASES)('limits of uploads on %s', (_, empty) => {
  let on: Awaited<ReturnType<typeof startUploads>>
  afterEach(() => on.server.close())
  const open = async (env: NodeJS.ProcessEnv = {}) => {
    on = await startUploads(await empty(), env)
    await on.openCase()
  }
  type Begun = Awaited<ReturnType<typeof on.begin>>
  const told = async (answer: Begun) => [answer.status, JSON.parse(await answer.text())] as const
  const cancel = (place: string, who = on.technician) =>
    fetch(place, { method: 'DELETE', headers: { ...TUS, cookie: who.cookie } })
  const descriptions = () => readdirSync(on.folder()).filter((name) => name.endsWith('.json'))
  const store = async () =>
    (await healthOf(on.server.ports, on.server.app.journal)).find(({ part }) => part === 'store')!
  /** As the list of one's own says it. */
  const names = async (who = on.technician) =>
    (await who('GET', '/uploads')).json().map(({ fileName }: { fileName: string }) => fileName)

  test('50 uploads that are begun at once are no more than one may have; those that are there go on', async () => {
    await open({ MARROWSCOPE_UNFINISHED: '7' })
    const data = await png(1)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => on.begin(data.length, { filename: `${i}.png` })),
    )
    const begun = answers.filter(({ status }) => status === 201)
    const refused = answers.filter(({ status }) => status === 429)
    expect([begun.length, refused.length]).toEqual([7, 43])
    expect([on.left().length, descriptions().length]).toEqual([7, 7])
    const own = await names()
    expect(own).toHaveLength(7)
    const [, refusal] = await told(refused[0]!)
    expect(refusal).toMatchObject({
      code: 'UPLOADS_UNFINISHED',
      message: expect.stringMatching(/^You have 7 unfinished uploads .* at most 7 .*Finish or cancel some/),
      details: { uploads: 7, most: 7 },
    })
    const oldest = refusal.details.oldest.split(', ')
    expect(oldest).toHaveLength(3)
    for (const one of oldest) expect(own).toContain(one)
    // A refused one is in no audit and in no folder; the seven are.
    await on.server.app.journal.settle()
    const audit = on.server.ports.db.selectFrom('audit').select('number').where('event', '=', 'field.upload')
    expect(await audit.where('status', '=', 200).execute()).toHaveLength(7)

    // Another person is not held up by it.
    const other = await on.server.as('technician')
    expect((await on.begin(data.length, { filename: 'other.png' }, other)).status).toBe(201)
    expect([await names(other), (await names()).length]).toEqual([['other.png'], 7])
    // One finished, one cancelled: two more.
    expect((await on.send(on.placeOf(begun[0]!), 0, data)).status).toBe(204)
    expect((await cancel(on.placeOf(begun[1]!))).status).toBe(204)
    const again = await Promise.all(
      [1, 2, 3].map((i) => on.begin(data.length, { filename: `again ${i}.png` })),
    )
    expect(again.map(({ status }) => status).sort()).toEqual([201, 201, 429])
    // What was begun before is as it was.
    for (const place of begun.slice(2).map(on.placeOf))
      expect((await on.ask(place)).headers.get('upload-offset')).toBe('0')
    expect((await on.fields()).length).toBe(1)
  })

  test('bytes that are announced count before they come, by person and by site', async () => {
    await open({ MARROWSCOPE_UNFINISHED_GB: '1', MARROWSCOPE_UNFINISHED_SITE_GB: '1.5' })
    const half = (who = on.technician) => on.begin(0.5e9, { filename: 'half.tif' }, who)
    expect([(await half()).status, (await half()).status]).toEqual([201, 201])
    const [status, refusal] = await told(await half())
    expect([status, refusal.code]).toEqual([429, 'UPLOADS_UNFINISHED'])
    expect(refusal.message).toContain('2 unfinished uploads of 1.0 GB')
    const [second, third] = [await on.server.as('technician'), await on.server.as('technician')]
    const many = await Promise.all([half(second), half(third), half(second), half(third)])
    expect(many.map(({ status: one }) => one).sort()).toEqual([201, 429, 429, 429])
    expect((await told(many.find(({ status: one }) => one === 429)!))[1]).toMatchObject({
      code: 'UPLOADS_UNFINISHED_SITE',
      details: { used: '1.5 GB', limit: '1.5 GB' },
    })
  })

  test('they are counted again after a restart, and what others removed is not', async () => {
    await open({ MARROWSCOPE_UNFINISHED: '2' })
    const places = []
    for (const name of ['a', 'b']) places.push(on.placeOf(await on.begin(10, { filename: `${name}.png` })))
    const { Uploads } = await import('./uploads.ts')
    const restarted = new Uploads(on.server.ports, '/api/uploads')
    expect((await restarted.of(on.technician.userId)).map(({ fileName }) => fileName).sort()).toEqual([
      'a.png',
      'b.png',
    ])
    const id = places[0]!.split('/').at(-1)!
    for (const name of [id, `${id}.json`]) rmSync(join(on.folder(), name))
    const fresh = new Uploads(on.server.ports, '/api/uploads')
    expect((await fresh.of(on.technician.userId)).map(({ fileName }) => fileName)).toEqual(['b.png'])
  })

  test('what nobody went on with for a week goes and frees its place; what was sent to yesterday stays', async () => {
    await open({ MARROWSCOPE_UNFINISHED: '2' })
    const data = await png(3)
    const [old, slow] = [
      on.placeOf(await on.begin(data.length, { filename: 'old.png' })),
      on.placeOf(await on.begin(data.length, { filename: 'slow.png' })),
    ]
    expect((await on.begin(data.length, { filename: 'c.png' })).status).toBe(429)
    const touch = (place: string, ending: string, days: number) => {
      const at = new Date(Date.now() - days * DAY)
      utimesSync(join(on.folder(), `${place.split('/').at(-1)}${ending}`), at, at)
    }
    await on.send(slow, 0, data.subarray(0, 20))
    for (const ending of ['', '.json']) touch(old, ending, 8)
    touch(slow, '.json', 20)
    touch(slow, '', 1)
    const { Uploads } = await import('./uploads.ts')
    await new Uploads(on.server.ports, '/api/uploads').tidyUp()
    expect((await on.ask(old)).status).toBe(404)
    expect((await on.ask(slow)).headers.get('upload-offset')).toBe('20')
    expect(await names()).toEqual(['slow.png'])
    expect((await on.begin(data.length, { filename: 'c.png' })).status).toBe(201)
    expect((await on.send(slow, 20, data.subarray(20))).status).toBe(204)
    expect(await on.fields()).toMatchObject([{ fileName: 'slow.png' }])
  })

  test('one person’s images are refused when they fill what one may store; the warning comes before', async () => {
    const images = await Promise.all([1, 2, 3, 4, 5].map(png))
    const limit = images.slice(0, 3).reduce((sum, { length }) => sum + length, 0) + 100
    await open({ MARROWSCOPE_PERSON_GB: `${limit / 1e9}` })
    for (const i of [0, 1]) await on.upload(`${i}.png`, images[i]!)
    expect((await store()).code).toMatch(/^STORE_(OK|LOW)$/)
    // All at once, of which only one more fits.
    const answers = await Promise.all(
      [2, 3, 4].map((i) => on.begin(images[i]!.length, { filename: `${i}.png` })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 507, 507])
    const [, refusal] = await told(answers.find(({ status }) => status === 507)!)
    expect(refusal).toMatchObject({ code: 'PERSON_FULL', details: { limit: expect.stringMatching(/kB$/) } })
    expect(refusal.message).toMatch(/^You have stored .* of at most .*ask an administrator/)
    const fits = answers.findIndex(({ status }) => status === 201)
    expect((await on.send(on.placeOf(answers[fits]!), 0, images[fits + 2]!)).status).toBe(204)
    expect((await on.fields()).length).toBe(3)
    expect(await store()).toMatchObject({
      state: 'attention',
      code: 'STORE_PEOPLE_NEAR',
      values: { people: 1, who: expect.stringMatching(/^A technician (9\d|100) %$/) },
    })
    // Others have room of their own, and who removes an image has it back.
    const other = await on.server.as('technician')
    expect((await on.begin(images[4]!.length, { filename: 'other.png' }, other)).status).toBe(201)
    const [{ id }] = await on.fields()
    await on.technician('DELETE', `/fields/${id}`)
    expect((await on.begin(images[0]!.length, { filename: 'again.png' })).status).toBe(201)
  })

  test('the site is full when all that it keeps is, and says so from nine tenths on', async () => {
    await open()
    mkdirSync(on.server.ports.config.dataFolder, { recursive: true })
    writeFileSync(join(on.server.ports.config.dataFolder, 'other.bin'), Buffer.alloc(2e6))
    const { siteSize } = await import('./site-size.ts')
    const { bytes: used } = await siteSize(on.server.ports.config)
    const limits = on.server.ports.config.limits
    const image = await png(1)
    limits.storedOfSite = used + 5 * image.length
    expect(await store()).toMatchObject({
      code: 'STORE_NEAR_LIMIT',
      values: { limitBytes: limits.storedOfSite },
    })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => on.begin(image.length, { filename: `${i}.png` })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5)
    const [status, refusal] = await told(answers.find((one) => one.status !== 201)!)
    expect([status, refusal.code]).toEqual([507, 'SITE_FULL'])
    expect(refusal.message).toMatch(/^The site holds .* of at most .*Ask an administrator/)
    const begun = answers.filter((one) => one.status === 201)
    // What has become a field counts on.
    expect((await on.send(on.placeOf(begun[0]!), 0, image)).status).toBe(204)
    expect((await on.begin(image.length, { filename: 'more.png' })).status).toBe(507)
    expect((await cancel(on.placeOf(begun[1]!))).status).toBe(204)
    expect((await on.begin(image.length, { filename: 'more.png' })).status).toBe(201)
    limits.storedOfSite = used / 2
    expect(await store()).toMatchObject({ state: 'broken', code: 'STORE_AT_LIMIT' })
  })

  test('an upload that would leave too little free on the disk is not begun', async () => {
    const { bavail, bsize } = statfsSync(tmpdir())
    // Others write on the same disk meanwhile: a gigabyte on either side.
    await open({ MARROWSCOPE_FREE_GB: `${(bavail * bsize - 1e9) / 1e9}` })
    const [status, refusal] = await told(await on.begin(2e9, { filename: 'large.tif' }))
    expect([status, refusal.code]).toEqual([507, 'DISK_FULL'])
    expect(refusal.message).toContain('disk is almost full')
    expect(descriptions()).toEqual([])
    await on.upload('small.png', await png(1))
    expect((await on.fields()).length).toBe(1)
    // Those that are begun count with what is still to come of them.
    expect((await on.begin(0.4e9, { filename: 'a.tif' })).status).toBe(201)
    expect((await on.begin(1.6e9, { filename: 'b.tif' })).status).toBe(507)
  })
})
