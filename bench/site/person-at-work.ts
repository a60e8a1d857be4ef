/** One of many who work at once: takes the worklist, the cells of a case of their own, and names a cell, without pauses. */
import { Agent, request } from 'node:http'

export interface CellNow {
  id: string
  type: string
  version: number
}
export interface Reply {
  status: number
  text: string
  ms: number
}
/** What was asked for, and the ms that each took. */
export type Times = Record<'worklist' | 'cells' | 'change' | 'shared change', number[]>

const NAMES = ['lymphocyte', 'monocyte', 'blast', 'myelocyte']

export class PersonAtWork {
  readonly times: Times = { worklist: [], cells: [], change: [], 'shared change': [] }
  /** Accepted changes of the shared cells, by cell. */
  readonly accepted = new Map<string, number>()
  /** Refused, because another had been there before. */
  conflicts = 0
  /** The cells of the own case did not show what had been accepted before. */
  stale = 0
  own: CellNow[] = []
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #address: string
  readonly #cookie: string
  readonly #ownCase: string
  readonly #sharedCase: string
  readonly #seat: number
  #shared: CellNow[] = []

  /** `seat`: the people begin at different cells of the shared case, and meet. */
  constructor(address: string, cookie: string, ownCase: string, sharedCase: string, seat: number) {
    this.#seat = seat
    this.#address = address
    this.#cookie = cookie
    this.#ownCase = ownCase
    this.#sharedCase = sharedCase
  }

  /** The cells of both cases as they are. `few`: how many of the shared ones all meet in. */
  async begin(few: number): Promise<void> {
    this.own = await this.cellsOf(this.#ownCase)
    this.#shared = (await this.cellsOf(this.#sharedCase)).slice(0, few)
  }

  async cellsOf(caseId: string): Promise<CellNow[]> {
    const { text } = await this.ask('GET', `/api/cases/${caseId}/cells`)
    return JSON.parse(text).cells.toSorted((a: CellNow, b: CellNow) => (a.id < b.id ? -1 : 1))
  }

  /** Errors: an answer that is neither a success nor a conflict. */
  async round(n: number): Promise<void> {
    const list = await this.ask('GET', '/api/cases')
    this.times.worklist.push(list.ms)
    const cells = await this.ask('GET', `/api/cases/${this.#ownCase}/cells`)
    this.times.cells.push(cells.ms)
    if (n > 0 && !shows(cells.text, this.own[(n - 1) % this.own.length]!)) this.stale++
    const cell = this.own[n % this.own.length]!
    this.times.change.push((await this.#name(this.#ownCase, cell)).ms)
    if (n % 3 === 0) await this.#nameShared(n / 3)
  }

  async #nameShared(n: number): Promise<void> {
    const cell = this.#shared[(n + (this.#seat % 5)) % this.#shared.length]!
    // A person who was refused sees what the cell is now, and names it once more.
    for (let again = 0; again < 2; again++) {
      const { status, text, ms } = await this.#name(this.#sharedCase, cell)
      this.times['shared change'].push(ms)
      if (status === 200) return void this.accepted.set(cell.id, (this.accepted.get(cell.id) ?? 0) + 1)
      this.conflicts++
      Object.assign(cell, JSON.parse(text).details.cells[0])
    }
  }

  /** Another name for a cell, which is taken over where it is accepted. */
  async #name(caseId: string, cell: CellNow): Promise<Reply> {
    const type = NAMES.find((name) => name !== cell.type)!
    const changes = [{ id: cell.id, version: cell.version, set: { type } }]
    const reply = await this.ask('POST', `/api/cases/${caseId}/changes`, { changes })
    if (reply.status === 200) Object.assign(cell, { type, version: cell.version + 1 })
    return reply
  }

  /** Errors: an answer that is neither a success nor a conflict. */
  ask(method: string, path: string, body?: object): Promise<Reply> {
    const begun = performance.now()
    const headers = { cookie: this.#cookie, ...(body && { 'content-type': 'application/json' }) }
    return new Promise((done, failed) => {
      const sent = request(`${this.#address}${path}`, { method, headers, agent: this.#agent }, (answer) => {
        const parts: Buffer[] = []
        answer.on('error', failed)
        answer.on('data', (part) => parts.push(part))
        answer.on('end', () => {
          const ms = performance.now() - begun
          const status = answer.statusCode!
          const text = Buffer.concat(parts).toString('latin1')
          if (status < 300 || status === 409) done({ status, text, ms })
          else failed(new Error(`${method} ${path}: ${status} ${text}`))
        })
      })
      sent.on('error', failed)
      sent.end(body && JSON.stringify(body))
    })
  }

  end(): void {
    this.#agent.destroy()
  }
}

/** Whether an answer has the cell as it is now; without parsing it, which would cost the server's processor time. */
function shows(text: string, { id, type, version }: CellNow): boolean {
  const from = text.indexOf(`{"id":"${id}"`)
  const cell = text.slice(from, text.indexOf('}', text.indexOf('"version"', from)) + 1)
  return from >= 0 && cell.includes(`"type":"${type}"`) && cell.includes(`"version":${version}}`)
}
