import { Type } from 'typebox'
import { CELL_TYPES } from '../../cytology/index.ts'
import { Id, Time, Version } from '../api/common.ts'

/** A word for a rule of the program, a UUID for a site's own, `me_` and the UUID for its M:E ratio. */
export const RuleId = Type.String({ minLength: 1, maxLength: 64 })

const Name = Type.String({ maxLength: 190 })
const Source = Type.String({ maxLength: 500 })
const Text = Type.String({ maxLength: 4000 })
// What a type is called is checked where the sentence can name it.
const Types = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50 })

const given = {
  name: Name,
  description: Text,
  source: Source,
  note: Text,
  denominator: Types,
}
const ratio = { name: Name, source: Source, note: Text, numerator: Types, denominator: Types }

/** Without `ruleId` a new rule; with it the next version of that one, where `version` is still its newest. */
export const NewCountingRule = Type.Object({
  ruleId: Type.Optional(RuleId),
  version: Type.Optional(Version),
  ...given,
  meRule: Type.Object(ratio),
})

const TypeIds = Type.Array(Type.Enum([...CELL_TYPES]))
/** A CountingRule of cytology/. */
export const CountingRule = Type.Object({
  id: RuleId,
  version: Version,
  name: Name,
  description: Text,
  source: Source,
  note: Type.Optional(Text),
  denominator: TypeIds,
  meRule: Type.Object({
    id: RuleId,
    name: Name,
    description: Text,
    source: Source,
    note: Type.Optional(Text),
    numerator: TypeIds,
    denominator: TypeIds,
  }),
})

export const RuleVersion = Type.Object({
  id: Id,
  rule: CountingRule,
  builtIn: Type.Boolean(),
  active: Type.Boolean({
    description: 'a case may be given it; of earlier versions and withdrawn rules none is',
  }),
  isDefault: Type.Boolean({ description: 'new cases get it' }),
  createdBy: Type.Union([Type.String(), Type.Null()], { description: 'the name' }),
  createdAt: Time,
})
