/** What waits for a person. */
export const enInbox = {
  inbox: {
    title: 'Inbox',
    waiting: '{n} waits for you | {n} wait for you',
    help: 'Cases that you are to read as the second reader, and second readings that others finished for you.',
    none: 'Nothing waits for you.',
    what: 'What',
    since: 'Since',
    unread: 'new',
    kind: {
      to_read: '{name} asks you to read this case as the second reader, blind',
      finished: '{name} has finished the second reading that you asked for',
    },
  },
}
