/** What the menu of a place in the field offers besides the types. */
export type MenuAct = 'confirm' | 'remove' | 'merge' | 'split' | 'gallery' | 'cell' | 'draw' | 'fit'
