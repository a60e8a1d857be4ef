import { Type } from 'typebox'
import { CELL_TYPES, CLAIMS, REPORT_PARTS, type ReportPart } from '../../cytology/index.ts'
import { Id, identity, nullable, Time, Version } from '../api/common.ts'

/** What stands between here and signing. A blocking check must be settled; another needs a word of confirmation. */
export const Check = Type.Object({
  code: Type.Union([
    Type.Literal('UNIDENTIFIED_LEFT'),
    Type.Literal('UNREVIEWED_LEFT'),
    Type.Literal('SECOND_READING_OPEN'),
    Type.Literal('BELOW_TARGET'),
    Type.Literal('NOTHING_COUNTED'),
    Type.Literal('ANALYSIS_RUNNING'),
    Type.Literal('UNPRINTABLE'),
    Type.Literal('FIELDS_WAITING'),
    Type.Literal('FIELDS_FAILED'),
    Type.Literal('SCALE_IN_DOUBT'),
    Type.Literal('SCALE_CHANGED'),
    Type.Literal('IMAGES_DAMAGED'),
    Type.Literal('COUNT_NOT_CHOSEN'),
    Type.Literal('READER_MISSING'),
    Type.Literal('READER_SIGNS'),
    Type.Literal('PHRASE_CONTRADICTS'),
    Type.Literal('SHARE_FAR'),
    Type.Literal('COUNTS_DISAGREE'),
  ]),
  blocking: Type.Boolean(),
  count: Type.Integer({
    description:
      'how many cells or analyses are left; how many cells lack to the target; how many characters no font has; how many fields are concerned',
  }),
  fields: Type.Optional(
    Type.Array(Type.Integer(), { description: 'numbers of the fields that are concerned' }),
  ),
  found: Type.Optional(
    Type.Array(Type.Object({ character: Type.String(), word: Type.String(identity('text')) }), {
      description: 'characters that would be printed as their code, each with the word in which it stands',
    }),
  ),
  key: Type.Optional(
    Type.String({ description: 'what is accepted instead of the code, where a code may stand for several' }),
  ),
  numbers: Type.Optional(
    Type.Object(
      {
        part: nullable(Type.Enum(Object.keys(REPORT_PARTS) as ReportPart[])),
        subject: nullable(Type.String()),
        claim: nullable(Type.Enum([...CLAIMS])),
        words: Type.String({ description: 'the words of the report that are meant' }),
        types: Type.Array(Type.Enum([...CELL_TYPES])),
        value: nullable(Type.Number()),
        low: nullable(Type.Number()),
        high: nullable(Type.Number()),
        reference: Type.String(),
      },
      {
        description:
          'what the report says and what was counted, in percent or as a ratio, with the 95 % interval',
      },
    ),
  ),
})
export const Checks = Type.Array(Check)
export const Sign = Type.Object({
  version: Version,
  password: Type.String({ maxLength: 200 }),
  /** Keys, or codes, of the checks that do not block and that the signer accepts. */
  accepted: Type.Array(Type.String({ maxLength: 300 }), { maxItems: 100 }),
  /** Of the report's draft that the signer saw. */
  draftVersion: Type.Optional(Type.Integer({ minimum: 0 })),
  counts: Type.Optional(
    Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
      description:
        'cells by class as the signer saw them, of a case that has cells; left out: whatever is there',
    }),
  ),
})
export const Addendum = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 10_000 }),
  password: Type.String({ maxLength: 200 }),
  accepted: Type.Optional(
    Type.Array(Type.String(), {
      maxItems: 10,
      description: 'UNPRINTABLE: characters that no font has may be printed as their code',
    }),
  ),
})
export const Signature = Type.Object({
  id: Id,
  kind: Type.Union([Type.Literal('signature'), Type.Literal('addendum')]),
  userId: Id,
  userName: Type.String(),
  at: Time,
  text: Type.String(),
  sha256: Type.String(),
  intact: Type.Boolean({
    description: 'the content and the hash before it are what was hashed, and the audit holds the same hash',
  }),
  lost: Type.Integer({
    minimum: 0,
    description: 'of this case: signatures and addenda that the audit tells of and that are gone',
  }),
})
export const Signatures = Type.Array(Signature)
