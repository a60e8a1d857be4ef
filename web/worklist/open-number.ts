import type { Router } from 'vue-router'
import { api } from '../api/client.ts'

/** Opens the case with this marrow number, else the patient with this hospital number; false when there is neither. */
export async function openNumber(router: Router, number: string): Promise<boolean> {
  const { caseId, patientId } = await api.get('/api/by-number', { params: { query: { number } } })
  const path = caseId ? `/case/${caseId}` : patientId ? `/patient/${patientId}` : undefined
  if (path) await router.push(path)
  return path !== undefined
}
