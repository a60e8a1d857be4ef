/**
 * A failure that a person can do something about.
 *
 * `code` is stable UPPER_SNAKE and safe to compare against; `message` is one sentence
 * that says what to do; `file` is the file concerned, where there is one.
 */
export class MarrowscopeError extends Error {
  override readonly name = 'MarrowscopeError'
  readonly code: string
  readonly file: string | undefined

  constructor(code: string, message: string, options: { file?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.file = options.file
  }
}
