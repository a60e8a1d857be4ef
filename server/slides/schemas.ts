import { Type } from 'typebox'
import { Id, identity, nullable } from '../api/common.ts'

export const SlideGiven = Type.Object({ label: Type.String({ minLength: 1, maxLength: 190 }) })
const UmPerPixel = Type.Number({ minimum: 0.01, maximum: 5, description: 'µm per pixel of the original' })
export const SCALE_SOURCES = ['given', 'profile', 'metadata', 'estimated'] as const
export const ScaleOfSlide = Type.Object({
  umPerPixel: Type.Number(),
  source: Type.Enum([...SCALE_SOURCES]),
  sure: Type.Boolean(),
  doubt: Type.Enum(['none', 'doubted', 'contradicted'], {
    description: 'how far what is said is from what the red cells say: 1.3 times, 1.6 times',
  }),
  redCells: nullable(Type.Object({ umPerPixel: Type.Number(), count: Type.Integer() })),
  fields: Type.Array(Type.Integer(), { description: 'numbers of the fields that share it' }),
})
const TrustedScale = Type.Enum(['stated', 'estimated'], {
  description: 'whom to believe: the files and profiles, or the red cells',
})
/** A scale for all fields of a slide, or whom to believe; all of them are analysed again with it. */
export const SlideScaleGiven = Type.Union([
  Type.Object({ umPerPixel: UmPerPixel }, { additionalProperties: false }),
  Type.Object({ trusted: TrustedScale }, { additionalProperties: false }),
])
export const ScaleProfileGiven = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 190 }),
  umPerPixel: UmPerPixel,
  camera: Type.String({
    maxLength: 190,
    description: 'make and model as its files name them; empty where they name none',
  }),
  width: Type.Integer({ minimum: 1, maximum: 200_000, description: 'pixels of its pictures' }),
  height: Type.Integer({ minimum: 1, maximum: 200_000 }),
})
export const ScaleProfile = Type.Object({ id: Id, ...ScaleProfileGiven.properties })
export const Slide = Type.Object({
  id: Id,
  label: Type.String(identity('note')),
  fields: Type.Integer(),
  cells: Type.Integer({ description: 'that are not removed' }),
  umPerPixel: nullable(Type.Number({ description: 'given by a person for all its fields' })),
  trusted: nullable(TrustedScale),
  scales: Type.Array(ScaleOfSlide),
})
