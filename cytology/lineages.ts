/** The cell lines of the marrow that a differential reports, with their names. */
export const LINEAGES = {
  granulocytic: { en: 'Granulocytic', zh: '粒系' },
  erythroid: { en: 'Erythroid', zh: '红系' },
  monocytic: { en: 'Monocytic', zh: '单核系' },
  lymphoid: { en: 'Lymphoid', zh: '淋系' },
  plasma_cell: { en: 'Plasma cell', zh: '浆细胞系' },
} as const

export type Lineage = keyof typeof LINEAGES
