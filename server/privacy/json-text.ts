/** Rows of the database as the text of a JSON file. */

/** Columns that hold JSON as text, in any table. It goes in as it stands: opened, a signature of 100,000 cells takes half a gigabyte. */
const JSON_COLUMNS = new Set(
  'changes moved filled warnings models classes regions snapshot counts content agreement detail'.split(' '),
)
/** Letters that are gathered before they become a piece. */
const PIECE = 65_536
const encoder = new TextEncoder()

export type Row = Readonly<Record<string, unknown>>

/** A text that is made bit by bit, as pieces of UTF-8. */
export class JsonText {
  readonly pieces: Uint8Array[] = []
  #begun = ''
  #first = true

  add(text: string): void {
    // A long one by itself: joined, it would be there twice.
    if (text.length > PIECE) this.#cut()
    this.#begun += text
    if (this.#begun.length > PIECE) this.#cut()
  }

  /** The next member of an object, or the next value of a list, follows. */
  next(name?: string): void {
    this.add(`${this.#first ? '' : ','}\n${name === undefined ? '' : `${JSON.stringify(name)}: `}`)
    this.#first = false
  }

  /** Bytes in it are JSON as UTF-8. */
  row(row: Row): void {
    let before = '{'
    for (const [name, value] of Object.entries(row)) {
      this.add(`${before}${JSON.stringify(name)}:`)
      before = ','
      if (value instanceof Uint8Array) this.#put(value)
      else this.add(JSON_COLUMNS.has(name) && typeof value === 'string' ? value : JSON.stringify(value))
    }
    this.add('}')
  }

  /** A list of rows, each on a line of its own. */
  async rows(pages: AsyncIterable<readonly object[]> | Iterable<readonly object[]>): Promise<void> {
    this.open('[')
    for await (const rows of pages) {
      for (const row of rows) {
        this.next()
        this.row(row as Row)
      }
    }
    this.close(']')
  }

  open(bracket: string): void {
    this.add(bracket)
    this.#first = true
  }

  close(bracket: string): void {
    this.add(`\n${bracket}`)
    this.#first = false
  }

  /** What was added. */
  end(): Uint8Array[] {
    this.add('\n')
    this.#cut()
    return this.pieces
  }

  #put(bytes: Uint8Array): void {
    this.#cut()
    this.pieces.push(bytes)
  }

  #cut(): void {
    if (this.#begun !== '') this.pieces.push(encoder.encode(this.#begun))
    this.#begun = ''
  }
}
