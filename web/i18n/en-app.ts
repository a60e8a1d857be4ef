/** Frame of every page and the words that several pages use. */
export const enApp = {
  app: {
    pages: 'Pages',
    worklist: 'Worklist',
    statistics: 'Analysis',
    people: 'People',
    audit: 'Audit',
    patients: 'Patients',
    use: 'For research and education. Not a medical device.',
    light: 'Light',
    dark: 'Dark',
    signOut: 'Sign out',
    loading: 'Loading…',
    cancel: 'Cancel',
    save: 'Save',
    saved: 'Saved',
    close: 'Close',
  },
  role: {
    administrator: 'administrator',
    doctor: 'doctor',
    technician: 'technician',
    researcher: 'researcher',
    read_only: 'reader',
  },
  status: {
    pending: 'pending',
    analysing: 'analysing',
    in_review: 'in review',
    signed: 'signed',
    addended: 'addended',
  },
  sex: {
    unknown: 'unknown',
    female: 'female',
    male: 'male',
  },
  site: {
    iliac: 'Iliac crest',
    sternum: 'Sternum',
    tibia: 'Tibia',
  },
}
