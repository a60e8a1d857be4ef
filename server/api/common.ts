/** Parts that the schemas of several nouns share. */
import { Type } from 'typebox'
import { CELL_CLASSES } from '../../cytology/index.ts'

export const Id = Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'UUIDv7' })
export const Time = Type.Integer({ description: 'ms since 1970, UTC' })
export const Version = Type.Integer({ minimum: 1, description: 'counts up with every change' })
export const CellClassId = Type.Enum([...CELL_CLASSES], {
  description: 'one of the 12 types, or not_identifiable',
})
export const Box = Type.Object(
  { x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() },
  { description: 'pixels of the original image' },
)
/** How an answer is covered for who may not know who a patient is; see identities/what-is-shown.ts. */
export type IdentityKind = 'text' | 'note' | 'day' | 'marrow-number' | 'changes' | 'fault'
/** Marks a schema: its value tells, or may tell, who a patient is. */
export const identity = (kind: IdentityKind) => ({ 'x-identity': kind })
export const Nothing = Type.Null({ description: 'done' })
export const ErrorAnswer = Type.Object({
  code: Type.String(),
  message: Type.String(),
  details: Type.Optional(Type.Unknown()),
})
export const WithId = Type.Object({ id: Id })
export const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
