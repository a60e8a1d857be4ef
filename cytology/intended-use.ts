/** Stands on every screen, report, picture and answer that carries a result. */
export const INTENDED_USE = 'For research and education. Not a medical device.'
