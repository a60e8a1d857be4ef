import type { BoxLabel } from './labelled-image.ts'

const ALIASES = new Map<string, BoxLabel>(
  Object.entries({
    wbc: 'white',
    white: 'white',
    'white blood cell': 'white',
    rbc: 'red',
    red: 'red',
    'red blood cell': 'red',
    platelet: 'platelet',
    platelets: 'platelet',
  }),
)

/** The label that a source means by a class name: 'WBC' is 'white'; a name that is not known stays as it is. */
export function labelNamed(name: string): BoxLabel {
  const plain = name.normalize('NFC').trim()
  return ALIASES.get(plain.toLowerCase().replaceAll('_', ' ')) ?? plain
}
