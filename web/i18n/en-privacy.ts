/** A patient's rights over the data, and how long they are kept. */
export const enPrivacy = {
  privacy: {
    export: 'Export all data',
    erase: 'Erase…',
    eraseTitle: 'Erase {name}',
    goes: 'This goes for good, with all that names the patient: numbers, notes, texts, histories and files.',
    count: {
      cases: 'Cases',
      fields: 'Fields with their images',
      cells: 'Cells',
      reports: 'Signed reports',
      readings: 'Second readings',
      references: 'Reference cells kept from them',
      duplicates: 'Merged duplicates',
    },
    stays:
      'What stays: that a patient was erased, when, by whom and why; the audit, which only administrators read; backups and files that were taken out before. Statistics no longer count these cases.',
    acceptSigned:
      'Signed reports go too ({n}). The law may demand to keep medical records for years; I have made sure that they may be erased.',
    typeNumber: 'To confirm, type {word}',
    reason: 'Reason (stays; write no name)',
    password: 'Your password',
    eraseNow: 'Erase for good',
    erasedOn: 'Erased on {at}',
    by: 'By',
    byRule: 'the rule of retention',
    why: 'Reason',
    erasedHelp:
      'The data of this patient and all cases were erased. Only the audit tells what was done before.',
    toAudit: 'Audit of this patient',
    imagesRemoved:
      'The images of this case were removed on {at} by the retention rule. Cells, counts and the report are kept; in place of photographs stands grey.',
  },
  retention: {
    title: 'How long data are kept',
    link: 'How long data are kept',
    about:
      'Rules are carried out every night, step by step, each step in the audit. Removed is removed: make sure what the law demands to keep, and for how long.',
    imagesYears: 'Images of signed cases',
    patientsYears: 'Patients',
    help: {
      imagesYears:
        'Only the photographs go. Cells, counts and the report with its pictures stay. Images of a case that is not signed are never touched.',
      patientsYears:
        'Erased with all cases, as by hand. Patients with a case that is not signed are left alone.',
    },
    after: {
      imagesYears: 'remove, this many years after the last signature or addendum:',
      patientsYears: 'erase, this many years after the last case:',
    },
    howMany: 'years',
    forEver: 'keep for ever',
    years: '{n} year | {n} years',
    todayImages: 'Today this would concern cases: {cases}, with images: {fields} ({size}).',
    todayPatients: 'Today this would concern patients: {patients}, with cases: {cases}.',
    kept: 'Old enough, but with a case that is not signed, and so left alone: {n}.',
    nothing: 'Everything is kept for ever.',
    next: 'Carried out next: {at}',
    runs: 'What was done',
    noRuns: 'Nothing yet.',
    column: {
      begun: 'Begun',
      imagesYears: 'Images',
      patientsYears: 'Patients',
      cases: 'Cases whose images went',
      patients: 'Patients erased',
      state: 'Outcome',
    },
    status: {
      running: 'at work',
      done: 'done',
      failed: 'not all could be done',
      asking: 'asks first; nothing was removed',
    },
    asks: {
      title: 'This waits for you',
      clock: 'The server’s clock is in doubt, so nothing was removed. See to it on the page Administration.',
      share:
        'More would go than in a usual night: images of {cases} cases, and {patients} patients with all they have. Nothing was removed.',
      look: 'Show what would go',
      none: 'Nothing would go now.',
      patients: 'Patients who would be erased: {n}',
      cases: 'Cases whose images would go: {n}',
      lastCase: 'last case {day}',
      more: 'and {n} more',
      password: 'Your password',
      confirm: 'Let all of this go for good',
    },
  },
}
