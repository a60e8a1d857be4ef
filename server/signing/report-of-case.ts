import type { Kysely, Selectable } from 'kysely'
import {
  EMPTY_DRAFT,
  type ModelPair,
  NO_NAMES,
  patientDataOfRow,
  type Report,
  type ReportInput,
  reportOf,
} from '../../cytology/index.ts'
import { findCase } from '../case-lock/find-case.ts'
import { type CaseCounts, countsToSign } from '../cells/counts-to-sign.ts'
import type { Cases, Database, Patients } from '../database/schema.ts'
import { jsonWithout } from '../database/text-columns.ts'
import { type FrozenReport, reportToFreeze } from '../reports/freeze.ts'
import { readSignatures } from './read-signatures.ts'
import { modelsUsed } from './snapshot.ts'

type CaseColumns = Pick<
  Selectable<Cases>,
  'marrow_number' | 'site' | 'stain' | 'clinical_note' | 'diagnosis' | 'received_on' | 'target' | 'synthetic'
> &
  // Cases that were signed before it was kept have none.
  Partial<Pick<Selectable<Cases>, 'requester'>>

const FROM = { all: 'images', manual: 'microscope', both: 'both' } as const satisfies Record<
  CaseCounts['basis'],
  ReportInput['basis']
>

/** The report of a case: of what was signed, word for word, with its addenda; else of the case as it stands. Errors: NOT_FOUND. */
export async function reportOfCase(db: Kysely<Database>, caseId: string): Promise<Report> {
  const row = await findCase(db, caseId)
  const signed = await db
    .selectFrom('signatures')
    // Its cells are nearly all of it, and no report names them.
    .select([jsonWithout('snapshot', 'cells').as('snapshot'), 'sha256'])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'signature')
    .orderBy('number')
    .executeTakeFirst()
  if (signed) return ofSnapshot(db, row, signed)
  const patient = await db
    .selectFrom('patients')
    .selectAll()
    .where('id', '=', row.patient_id)
    .executeTakeFirstOrThrow()
  const { basis, counts, sources } = await countsToSign(db, row)
  return reportOf({
    ...ofColumns(row, patient),
    counts,
    basis: FROM[basis],
    sources,
    ...ofFrozen(await reportToFreeze(db, row)),
    models: await modelsUsed(db, caseId),
    signature: null,
    addenda: [],
  })
}

async function ofSnapshot(
  db: Kysely<Database>,
  row: Selectable<Cases>,
  { snapshot, sha256 }: { snapshot: string; sha256: string },
): Promise<Report> {
  const frozen = JSON.parse(snapshot)
  // Cases that were signed before reports were frozen have no `report`; what they lack is taken as it is now.
  const report: FrozenReport = frozen.report ?? {
    ...(await reportToFreeze(db, { ...row, ...frozen.case })),
    draft: null,
  }
  const { userName, at } = frozen.signature
  const addenda = (await readSignatures(db, row.id)).filter(({ kind }) => kind === 'addendum')
  return reportOf({
    ...ofColumns(frozen.case, frozen.patient),
    counts: frozen.counts,
    basis: FROM[frozen.basis as CaseCounts['basis']],
    ...(frozen.sources && { sources: frozen.sources }),
    ...ofFrozen(report),
    models: frozen.models as ModelPair[],
    signature: { userName, at, sha256 },
    addenda: addenda.map(({ userName: name, at: time, text, sha256: hash }) => ({
      userName: name,
      at: time,
      text,
      sha256: hash,
    })),
  })
}

const ofFrozen = ({ draft, reference, rule, corrections, readerName, names, ...later }: FrozenReport) => ({
  draft: draft ?? EMPTY_DRAFT,
  reference,
  // Before rules had versions they were the program's own, of which the first are kept.
  rule: { ...rule, version: rule.version ?? 1 },
  corrections,
  // Of reports that were signed before these were measured nothing is said.
  familiarity: later.familiarity ?? null,
  howConfirmed: later.howConfirmed ?? null,
  agreement: later.agreement ?? null,
  readerName,
  // How a report of before was marked, and that it had no head, is said by their absence.
  ...('marksFrom' in later && { marksFrom: later.marksFrom, letterhead: later.letterhead }),
  // Of reports that were signed before cells had finer names there are none.
  names: names ?? { list: [], cells: NO_NAMES },
})

const ofColumns = (
  row: CaseColumns,
  patient: Selectable<Patients>,
): Pick<ReportInput, 'case' | 'patient'> => ({
  case: {
    marrowNumber: row.marrow_number,
    site: row.site,
    stain: row.stain,
    clinicalNote: [row.diagnosis, row.clinical_note].filter(Boolean).join(' · '),
    ...(row.requester !== undefined && { requester: row.requester }),
    receivedOn: row.received_on,
    target: row.target,
    synthetic: row.synthetic === 1,
  },
  patient: patientDataOfRow(patient),
})
