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
import { countsToSign } from '../cells/counts-to-sign.ts'
import type { Cases, Database, Patients } from '../database/schema.ts'
import { jsonWithout } from '../database/text-columns.ts'
import { type FrozenReport, reportToFreeze } from '../reports/freeze.ts'
import { readSignatures } from './read-signatures.ts'
import { modelsUsed } from './snapshot.ts'

type CaseColumns = Pick<
  Selectable<Cases>,
  'marrow_number' | 'site' | 'stain' | 'clinical_note' | 'diagnosis' | 'received_on' | 'target' | 'synthetic'
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
  const { basis, counts } = await countsToSign(db, row)
  return reportOf({
    ...ofColumns(row, patient),
    counts,
    basis: basis === 'manual' ? 'microscope' : 'images',
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
    basis: frozen.basis === 'manual' ? 'microscope' : 'images',
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

const ofFrozen = ({ draft, reference, rule, corrections, familiarity, readerName, names }: FrozenReport) => ({
  draft: draft ?? EMPTY_DRAFT,
  reference,
  // Before rules had versions they were the program's own, of which the first are kept.
  rule: { ...rule, version: rule.version ?? 1 },
  corrections,
  // Of reports that were signed before it was measured nothing is said.
  familiarity: familiarity ?? null,
  readerName,
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
    receivedOn: row.received_on,
    target: row.target,
    synthetic: row.synthetic === 1,
  },
  patient: patientDataOfRow(patient),
})
