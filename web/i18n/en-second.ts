/** The second reader. */
export const enSecond = {
  second: {
    title: 'Second reader',
    help: 'A second reader names the same cells without seeing what the first reader called them. When the reading is finished, agreement is measured and both see where they differ.',
    blind:
      'You read this case as the second reader, blind: you see the names that the model proposes, not those of the first reader.',
    reader: 'Second reader',
    choose: 'Choose a person',
    give: 'Give the case to this person',
    none: 'No second reader.',
    withdraw: 'Withdraw the reading',
    finish: 'Finish my reading',
    finishHelp:
      'You have named {n} of {of} cells. After this your reading cannot be changed, and you see what the first reader called them.',
    progress: '{n} of {of} cells named',
    boxesFixed:
      'A second reader names the cells and leaves the boxes as they are; call what is no cell not identifiable.',
    boxesHeld:
      'A second reader is reading this case: its boxes stay as they are until that reading is finished or withdrawn.',
    agreement: 'Agreement of the two readers',
    alike: '{agreed} of {cells} cells that both have named are named alike',
    alikeSingly: 'of these confirmed singly by both: {agreed} of {cells} alike,',
    noneSingly: 'How the cells were confirmed was not kept when this reading was finished.',
    noKappa: 'κ cannot be computed',
    first: 'First reader',
    second: 'Second reader',
    now: 'Now',
    apart: 'Where they differ: {n} cell | Where they differ: {n} cells',
    settled: 'Every cell is called the same now.',
    take: 'Take the second reader’s name',
    status: {
      open: 'reading',
      finished: 'finished',
      withdrawn: 'withdrawn',
    },
  },
}
