/** Why a file is not read: a code, and what follows "NAME " in the sentence, up to the full stop. */
export class FieldRefused extends Error {
  readonly code: string

  constructor(code: string, why: string) {
    super(why)
    this.code = code
  }
}
