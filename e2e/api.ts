/** The API as a program uses it: signed in, JSON in and out, uploads by tus. */
import { createHash } from 'node:crypto'
import { until } from './until.ts'

export const ADMINISTRATOR = { email: 'head@lab.example', password: 'a long enough password' }
export const ADMINISTRATOR_ENV = {
  MARROWSCOPE_ADMIN_EMAIL: ADMINISTRATOR.email,
  MARROWSCOPE_ADMIN_PASSWORD: ADMINISTRATOR.password,
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads answers of many forms
export type Answer = { status: number; body: any }

export class Api {
  readonly address: string
  cookie = ''

  constructor(address: string) {
    this.address = address
  }

  async raw(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`${this.address}${path}`, {
      ...init,
      method,
      headers: { ...(this.cookie ? { cookie: this.cookie } : {}), ...init.headers },
    })
    const set = answer.headers.get('set-cookie')
    if (set?.startsWith('marrowscope_session=')) this.cookie = set.split(';')[0]!
    return answer
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.raw(method, path, {
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await answer.text()
    let parsed: unknown = text
    try {
      parsed = JSON.parse(text)
    } catch {}
    return { status: answer.status, body: parsed }
  }

  /** As `call`, for answers that must be a success. */
  async ok(method: string, path: string, body?: unknown): Promise<Answer['body']> {
    const answer = await this.call(method, path, body)
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    }
    return answer.body
  }

  /** What whoever signs the case has to accept. */
  async accepting(caseId: string): Promise<string[]> {
    const checks: { key?: string; code: string }[] = await this.ok('GET', `/api/cases/${caseId}/checks`)
    return checks.map(({ key, code }) => key ?? code)
  }

  async signIn(): Promise<this> {
    await this.ok('POST', '/api/session', ADMINISTRATOR)
    return this
  }

  newCase(marrowNumber: string): Promise<{ id: string; version: number }> {
    const patient = { hospitalNumber: '', name: 'Test person', sex: 'unknown', birthDate: null }
    return this.ok('POST', '/api/cases', { marrowNumber, patient })
  }

  /** Begin a tus upload; the answer is its address, or the refusal. */
  async beginUpload(
    caseId: string,
    name: string,
    bytes: number,
    metadata: Record<string, string> = {},
  ): Promise<Response> {
    const pairs = Object.entries({ caseId, filename: name, ...metadata })
    return this.raw('POST', '/api/uploads', {
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': String(bytes),
        'upload-metadata': pairs
          .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
          .join(','),
      },
    })
  }

  /** Send the bytes of an upload from `offset` on. */
  sendUpload(location: string, offset: number, data: Uint8Array): Promise<Response> {
    return this.raw('PATCH', new URL(location, `${this.address}/api/uploads/`).pathname, {
      body: data as Uint8Array<ArrayBuffer>,
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
    })
  }

  async upload(caseId: string, name: string, data: Uint8Array, metadata: Record<string, string> = {}) {
    const sha256 = createHash('sha256').update(data).digest('hex')
    const begun = await this.beginUpload(caseId, name, data.length, { sha256, ...metadata })
    if (begun.status !== 201) throw new Error(`upload of ${name}: ${begun.status} ${await begun.text()}`)
    const sent = await this.sendUpload(begun.headers.get('location')!, 0, data)
    if (sent.status !== 204) throw new Error(`upload of ${name}: ${sent.status} ${await sent.text()}`)
  }

  /** Wait until the reference cells are there, which the server draws in the background after its first start. */
  async referencesDrawn(): Promise<void> {
    await until('reference cells are drawn', 120, async () => {
      return (await this.ok('GET', '/api/references?drawn=true')).length > 0
    })
  }

  /** Wait until the newest analysis of the case has ended; its row. */
  analysed(caseId: string, seconds = 120): Promise<Answer['body']> {
    return until('the analysis has ended', seconds, async () => {
      const [newest] = await this.ok('GET', `/api/cases/${caseId}/analyses`)
      return ['done', 'failed', 'cancelled'].includes(newest?.status) && newest
    })
  }

  /** Wait until the server answers and has its database, as after one of them was killed. */
  async back(): Promise<void> {
    await until('the server is back', 120, () => this.serves())
  }

  serves(): Promise<boolean> {
    return this.raw('GET', '/api/health').then(
      (answer) => answer.ok,
      () => false,
    )
  }
}
