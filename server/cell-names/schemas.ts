import { Type } from 'typebox'
import { CELL_NAME_KINDS, MOST_TAGS } from '../../cytology/index.ts'
import { CellClassId, Id, nullable, Time } from '../api/common.ts'

/** A word for a name of the program, a UUID for a site's own. */
export const CellNameId = Type.String({ pattern: '^[a-z0-9_-]{1,64}$' })
/** What a cell is called under its type; of a cell that no differential counts, its kind. */
export const Subtype = nullable(CellNameId)
export const Tags = Type.Array(CellNameId, { maxItems: MOST_TAGS, uniqueItems: true })

// What is said of each is checked where the sentence can name it.
const given = {
  kind: Type.Enum([...CELL_NAME_KINDS]),
  under: nullable(CellClassId),
  en: Type.String({ maxLength: 80 }),
  zh: Type.String({ maxLength: 40 }),
  abbreviation: Type.String({ maxLength: 12 }),
  key: nullable(Type.String({ maxLength: 4 })),
  retired: Type.Boolean({ description: 'not offered any more, and still shown where it was given' }),
}
/** A CellName of cytology/. */
const CellName = Type.Object({ id: CellNameId, ...given })
const Version = Type.Integer({ minimum: 0, description: '0 while nobody has saved any' })
const entries = Type.Array(CellName, { description: 'in the order in which they are offered and printed' })

export const CellNames = Type.Object({ version: Version, entries })
export const SaveCellNames = Type.Object({
  version: Version,
  /** A name without an id is new. */
  entries: Type.Array(Type.Object({ id: nullable(CellNameId), ...given }), { maxItems: 400 }),
})
export const CellNamesVersion = Type.Object({
  id: Id,
  version: Version,
  entries,
  createdBy: nullable(Type.String({ description: 'the name' })),
  createdAt: Time,
})
