import { CELL_CLASS_INFO, CELL_CLASSES, type KeyFault, keyFaults, plainKey } from '../../cytology/index.ts'
import { HttpError } from '../errors.ts'

/** A person's own keys as the database keeps them; null for the usual ones. Errors: TYPE_KEYS_CLASH. */
export function typeKeysToKeep(keys: Readonly<Record<string, string>> | null): string | null {
  if (keys === null) return null
  const faults = keyFaults(keys)
  const [first] = faults
  if (first) throw new HttpError(422, 'TYPE_KEYS_CLASH', sentence(first), { faults })
  return JSON.stringify(Object.fromEntries(CELL_CLASSES.map((type) => [type, plainKey(keys[type]!)])))
}

function sentence(fault: KeyFault): string {
  if (fault.kind === 'unknown') return `There is no cell type '${fault.name}'; leave it out.`
  const name = CELL_CLASS_INFO[fault.type].en
  if (fault.kind === 'missing') return `${name} has no key; give it one.`
  if (fault.kind === 'not_single') return `The key of ${name} must be a single character.`
  if (fault.kind === 'reserved') {
    return `The key '${fault.key}' of ${name} has another meaning on the pages; choose another one.`
  }
  return `${name} and ${CELL_CLASS_INFO[fault.other].en} have the same key '${fault.key}'; give one of them another.`
}
