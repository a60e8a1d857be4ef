/** What a person asks of a large site, and how long each takes. */
import { readFileSync } from 'node:fs'
import type { Api } from '../../e2e/api.ts'

const TIMES = 20

/** What people type: one of each kind, rare and common, alone and together. */
const SEARCHES = [
  ...['李伟', '张', '欧阳', '国'],
  ...['zhangwei', 'wang', 'shan', 'ouyang'],
  ...['lw', 'zgh', 'w'],
  ...['0010000', '00101', 'G2024-05', 'G2025'],
  ...['2025-12-30', '2025-12', '2024'],
  ...['白血病', '多发性骨髓瘤', 'aml', '待查'],
  ...['王 白血病', 'wang 2024-03', '李 2025 贫血', '2021 2025', 'signed 李', '审核中 zhang'],
  ...['xqzv', '白血病 xqzv'],
]
const WORKLISTS = {
  newest: '',
  'in review': 'status=in_review',
  'oldest in review': 'status=in_review&order=oldest',
  mine: 'reader=me',
  'mine, signed': 'reader=me&status=signed',
  'unassigned, oldest': 'reader=none&order=oldest',
  archived: 'archived=true',
  'far down': 'after=2023-06-01~01900000-0000-7000-8000-000000000000',
}
const QUESTIONS = ['overview', 'types', 'corrections', 'drift', 'differences', 'readers', 'choices']
const FILTERS = {
  all: '',
  'of a year': 'from=2024-01-01&to=2024-12-31',
  'of a site': `site=${encodeURIComponent('胸骨')}`,
  'of a diagnosis': `diagnosis=${encodeURIComponent('白血病')}`,
  'with many blasts': 'type=blast&atLeast=20',
}
/** What the page of a case asks for when it opens, all at once. */
const OPENING = ['', '/fields', '/slides', '/faults', '/analyses', '/cells', '/differential', '/checks']
const PATIENTS = { newest: '', 'wang, far down': 'search=wang&after=01900000-0000-7000-8000-000000000000' }

interface Times {
  p50: number
  p95: number
}
type Call = Times & { processor: number | null; found: number }

/** ms of processor time that a process has had; null where the system does not tell. A tick is 10 ms. */
export function processorTime(pid: number): number | null {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13)
    return 10 * (Number(user) + Number(system))
  } catch {
    return null
  }
}

function timesOf(took: number[]): Times {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(10 * sorted[Math.floor(sorted.length * share)]!) / 10
  return { p50: at(0.5), p95: at(0.95) }
}

/**
 * Each call in turn, by group and name: ms as the caller sees it, and of the server's processor time (Linux).
 * @param only groups that are asked; all where it is left out
 */
export async function measure(api: Api, pid: number, only?: readonly string[]) {
  // The first page of the worklist is of cases with a thousand cells each.
  const { items: cases } = await api.ok('GET', '/api/cases?pageSize=5')
  const analysis = QUESTIONS.flatMap((what) =>
    Object.entries(what === 'choices' ? { all: '' } : FILTERS).map(([name, query]): [string, string] => [
      `${what}, ${name}`,
      `/api/statistics/${what}?${query}`,
    ]),
  )
  const calls: Record<string, [string, string | string[]][]> = {
    search: SEARCHES.map((text) => [text, `/api/cases?search=${encodeURIComponent(text)}`]),
    'patient search': SEARCHES.map((text) => [text, `/api/patients?search=${encodeURIComponent(text)}`]),
    worklist: Object.entries(WORKLISTS).map(([name, query]) => [name, `/api/cases?${query}`]),
    patients: Object.entries(PATIENTS).map(([name, query]) => [name, `/api/patients?${query}`]),
    'a case of 1,000 cells': cases.map(({ id, marrowNumber }: { id: string; marrowNumber: string }) => [
      marrowNumber,
      OPENING.map((part) => `/api/cases/${id}${part}`),
    ]),
    analysis,
    scanner: [['marrow number', '/api/by-number?number=G2021-000001']],
  }
  const answers: Record<string, Times & { each: Record<string, Call> }> = {}
  for (const [group, queries] of Object.entries(calls)) {
    if (only && !only.includes(group)) continue
    const each: Record<string, Call> = {}
    const all: number[] = []
    for (const [name, path] of queries) {
      const took: number[] = []
      let found = 0
      const before = processorTime(pid)
      for (let i = 0; i < TIMES; i++) {
        const begun = performance.now()
        const [answer] = await Promise.all([path].flat().map((one) => api.ok('GET', one)))
        took.push(performance.now() - begun)
        found = answer.items?.length ?? (answer.caseId ? 1 : 0)
      }
      const after = processorTime(pid)
      const processor = before === null || after === null ? null : (after - before) / TIMES
      each[name] = { ...timesOf(took), processor, found }
      all.push(...took)
    }
    answers[group] = { ...timesOf(all), each }
  }
  return answers
}
