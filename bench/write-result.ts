import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A bench's figures as JSON, numbers to so many decimals. */
export function writeResult(file: string, result: object, decimals = 5): void {
  const rounded = (_key: string, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 10 ** decimals) / 10 ** decimals : value
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(result, rounded, 2)}\n`)
}
