/** Stations of the tour, in their order: what each points at, and the view in which it lies. */
export const TOUR_STEPS = [
  { name: 'types', at: '.rail', tab: 'read', side: 'right-start' },
  { name: 'cells', at: '.gallery .bar', tab: 'read', side: 'bottom-start' },
  { name: 'keys', at: '.rail', tab: 'read', side: 'right-start' },
  { name: 'counter', at: '.side', tab: 'read', side: 'left-start' },
  { name: 'field', at: '.stage', tab: 'field', side: 'bottom-start' },
  { name: 'report', at: '.report .side', tab: 'report', side: 'left-start' },
  { name: 'own', at: '.case .bar', tab: 'read', side: 'bottom' },
] as const
