/** A cell that no person has settled is doubtful where its type is less probable than this, 0…1: more likely wrong than right. */
export const DOUBTFUL_BELOW = 0.5
