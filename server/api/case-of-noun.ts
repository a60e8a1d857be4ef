/** By the first word of an address `/noun/:id…`, the table whose rows say which case they belong to. */
export const TABLE_OF_NOUN = {
  cases: 'cases',
  fields: 'fields',
  cells: 'cells',
  analyses: 'analyses',
  slides: 'slides',
  'second-readings': 'second_readings',
} as const
