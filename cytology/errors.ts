/**
 * A failure that a person can do something about.
 *
 * `code` is stable UPPER_SNAKE and safe to compare against; `message` is one sentence
 * that says what to do; `file` is the file concerned, where there is one.
 */
export class MarrowscopeError extends Error {
  readonly code: string
  readonly file?: string

  constructor(code: string, message: string, options: { file?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'MarrowscopeError'
    this.code = code
    if (options.file !== undefined) this.file = options.file
  }
}
