import type { FastifyRequest } from 'fastify'
import { EMPTY_PATIENT, type Report } from '../../cytology/index.ts'
import { caseLabel } from './case-label.ts'
import { namesOf } from './keep-unnamed.ts'
import { covered } from './what-is-shown.ts'

/** The report of the case in the address as the caller is shown it: whole, or without what names the patient. */
export async function reportShown(request: FastifyRequest, report: Report): Promise<Report> {
  if (request.identities) return report
  const { id } = request.params as { id: string }
  const { patient } = report
  // A signed report names the patient as of its day.
  const words = [
    ...(await namesOf(request.server.ports.db, request)),
    ...[patient.name, patient.hospitalNumber, patient.birthDate ?? '', report.case.marrowNumber],
  ]
  const unnamed: Report = {
    ...report,
    case: { ...report.case, marrowNumber: caseLabel(id), clinicalNote: '' },
    patient: { ...EMPTY_PATIENT, sex: patient.sex },
    findings: { ...report.findings, bed: '' },
  }
  return covered(unnamed, undefined, words, Date.now()) as Report
}
