import { Type } from 'typebox'
import { Id, identity, nullable, Time, Version } from '../api/common.ts'
import { SCALE_SOURCES } from '../slides/schemas.ts'
import { WIDTHS } from './renditions.ts'

export const Field = Type.Object({
  id: Id,
  slideId: Id,
  number: Type.Integer(),
  fileName: Type.String(identity('note')),
  width: Type.Integer(),
  height: Type.Integer(),
  bytes: Type.Integer(),
  umPerPixel: nullable(Type.Number()),
  scaleSource: nullable(Type.Enum([...SCALE_SOURCES])),
  taggedUmPerPixel: nullable(Type.Number({ description: 'as the file says' })),
  camera: Type.String({ description: 'make and model as the file names them; empty where it names none' }),
  warnings: Type.Array(Type.String()),
  status: Type.Union([Type.Literal('waiting'), Type.Literal('analysed'), Type.Literal('failed')]),
  error: nullable(Type.String(identity('fault'))),
  imageFault: nullable(
    Type.Enum(['missing', 'changed'], { description: 'its image is not the one that was accepted' }),
  ),
  version: Version,
})
export const FieldPatch = Type.Object({
  version: Version,
  umPerPixel: Type.Number({ minimum: 0.01, maximum: 5 }),
})
export const UploadFault = Type.Object({
  id: Id,
  fileName: Type.String(identity('note')),
  code: Type.String(),
  message: Type.String(identity('note')),
  at: Time,
})
export const UnfinishedUpload = Type.Object({
  id: Id,
  caseId: Id,
  fileName: Type.String(),
  bytes: Type.Number({ description: 'of its file' }),
  received: Type.Number({ description: 'bytes of it that have come' }),
  touchedAt: Time,
})
export const ImageQuery = Type.Object({
  width: Type.Optional(
    Type.Integer({
      minimum: 16,
      maximum: 20_000,
      description: `pixels, rounded up to the next of ${WIDTHS.join(', ')}; above them, or without it, as wide as the field. Never wider than the field.`,
    }),
  ),
})
/** Cells that a person has reviewed are only removed with their field when `force` is true. */
export const RemoveQuery = Type.Object({ force: Type.Optional(Type.Boolean()) })
