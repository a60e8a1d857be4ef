/** The counter: cells by type, and a count at the microscope. */
export const enCounter = {
  counter: {
    title: 'Differential count',
    reviewed: 'reviewed',
    counted: 'counted',
    reviewedOnly: 'reviewed only',
    type: 'Type',
    reference: 'Against the reference range',
    above: 'above the range',
    below: 'below the range',
    notComputable: 'not computable',
    of: '{n} counted, {not} not counted',
    near: 'Blasts are near {at} %: about {more} more cells would settle on which side.',
    nearNever: 'Blasts are at {at} %: no count that can be done would settle on which side.',
    ranges: 'Ranges: {name}, version {version}',
  },
  manual: {
    title: 'Count at the microscope',
    help: 'A key adds a cell of its type; Backspace takes the last one back.',
    sound: 'sound',
  },
  countConflict: {
    title: 'This count was changed in another window',
    what: 'Nothing was overwritten. Where the two differ:',
    theirs: 'Theirs',
    mine: 'Mine',
    sum: 'Theirs + what I added',
    total: 'All',
    takeSum: 'Add mine to theirs',
    takeTheirs: 'Take theirs',
    takeMine: 'Take mine',
  },
}
