import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A bench's figures as JSON, numbers to five decimals. */
export function writeResult(file: string, result: object): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(result, rounded, 2)}\n`)
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value
}
