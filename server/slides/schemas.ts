import { Type } from 'typebox'
import { Id } from '../api/common.ts'

export const SlideGiven = Type.Object({ label: Type.String({ minLength: 1, maxLength: 190 }) })
export const Slide = Type.Object({
  id: Id,
  label: Type.String(),
  fields: Type.Integer(),
  cells: Type.Integer({ description: 'that are not removed' }),
})
