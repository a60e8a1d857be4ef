import { Type } from 'typebox'
import {
  CELL_TYPES,
  CELLULARITY_GRADES,
  type CellularityGrade,
  MEGAKARYOCYTE_STAGES,
  type Measure,
  type MegakaryocyteStage,
  REPORT_PARTS,
  type ReportPart,
} from '../../cytology/index.ts'
import { Id, identity, nullable, Time, Version } from '../api/common.ts'

const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as K[]
const byKey = <K extends string, S extends ReturnType<typeof Type.Optional>>(keys: readonly K[], schema: S) =>
  Type.Object(Object.fromEntries(keys.map((key) => [key, schema])) as Record<K, S>, {
    additionalProperties: false,
  })

const Text = Type.String({ maxLength: 4000 })
const Title = Type.String({ minLength: 1, maxLength: 190 })
const BothLanguages = Type.Object({ zh: Text, en: Text })
const Part = Type.Enum(keysOf<ReportPart>(REPORT_PARTS))

const ReportDraft = Type.Object({
  department: Type.String({ maxLength: 100 }),
  bed: Type.String({ maxLength: 100, ...identity('note') }),
  cellularity: nullable(Type.Enum(keysOf<CellularityGrade>(CELLULARITY_GRADES))),
  megakaryocytes: Type.Object({
    count: nullable(Type.Integer({ minimum: 0, maximum: 100_000, description: 'on 1.5 × 3 cm' })),
    stages: byKey(
      keysOf<MegakaryocyteStage>(MEGAKARYOCYTE_STAGES),
      Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
    ),
  }),
  texts: byKey(keysOf<ReportPart>(REPORT_PARTS), Type.Optional(BothLanguages)),
  pictures: Type.Array(
    Type.Object({
      kind: Type.Union([Type.Literal('cell'), Type.Literal('field')]),
      id: Id,
      caption: BothLanguages,
    }),
    { maxItems: 12 },
  ),
})
export const VersionedDraft = Type.Object({
  draft: ReportDraft,
  version: Type.Integer({ minimum: 0, description: '0 while nothing was entered' }),
})

const Limit = Type.Optional(Type.Number({ minimum: 0, maximum: 1000 }))
const Range = Type.Object({
  text: Type.String({
    maxLength: 60,
    description: 'what a report prints; made of the limits where there are any',
  }),
  low: Limit,
  high: Limit,
  below: Type.Optional(
    Type.Number({ minimum: 0, maximum: 1000, description: 'the smallest value that is no longer within' }),
  ),
})
const MEASURES: readonly Measure[] = [...CELL_TYPES, 'me_ratio', 'megakaryocytes']
const Ranges = byKey(MEASURES, Type.Optional(Range))
const table = {
  name: Title,
  source: Type.String({ minLength: 1, maxLength: 500 }),
  note: Text,
  ranges: Ranges,
}
export const ReferenceTable = Type.Object({
  id: Id,
  tableId: Type.String({ description: 'the same for all versions of a table' }),
  version: Version,
  ...table,
  builtIn: Type.Boolean(),
  active: Type.Boolean({ description: 'the counter and the reports use it' }),
  confirmed: Type.Boolean({ description: 'somebody confirmed that its ranges hold for this laboratory' }),
  confirmedBy: nullable(Type.String({ description: 'name' })),
  confirmedAt: nullable(Time),
  createdAt: Time,
})
/** Without `tableId` a new table; with it the next version of that one, where `version` is still its newest. */
export const NewReferenceTable = Type.Object({
  tableId: Type.Optional(Type.String({ maxLength: 64 })),
  version: Type.Optional(Version),
  ...table,
})

const Line = Type.Object({ zh: Type.String({ maxLength: 190 }), en: Type.String({ maxLength: 190 }) })
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
export const ReportSettings = Type.Object({
  letterhead: Type.Object({
    hospital: Line,
    laboratory: Line,
    address: Line,
    logo: nullable(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of a logo that is kept' })),
  }),
  marksFrom: Type.Integer({
    minimum: 0,
    maximum: 5000,
    description:
      'counted cells from which on a value outside its range is marked whatever its interval; 0: always',
  }),
  twoPersons: Type.Boolean({ description: 'whoever signs a case may not be the one who read it' }),
  publicAddress: Type.String({
    maxLength: 300,
    description: 'where people reach the site; empty: as the request says it',
  }),
  version: Type.Integer({ minimum: 0 }),
})
export const LogoFile = Type.Object({
  file: Type.String({ maxLength: 720_000, description: 'a PNG, JPEG or SVG in base64' }),
})
export const Logo = Type.Object({ sha256: Sha256 })

const phrase = { part: Part, title: BothLanguages, text: BothLanguages }
export const NewPhrase = Type.Object(phrase)
export const PhrasePatch = Type.Object({
  version: Version,
  ...Type.Partial(Type.Object(phrase)).properties,
  active: Type.Optional(Type.Boolean()),
})
export const Phrase = Type.Object({ id: Id, ...phrase, active: Type.Boolean(), version: Version })
