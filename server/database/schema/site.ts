/** Settings, jobs and what is taken out for research. */
import type { Flag, Id, Json, Time } from './columns.ts'

export interface Settings {
  name: string
  value: Json
  version: number
}

export interface Jobs {
  id: Id
  kind: string
  payload: Json
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  attempts: number
  run_at: Time
  locked_until: Time
  error: string | null
  created_at: Time
}

/** A set of cases taken out for research, without anything that tells whose they are. */
export interface ResearchExports {
  id: Id
  created_by: Id
  status: 'queued' | 'running' | 'done' | 'cancelled' | 'failed'
  filter: Json
  images: Flag
  cases: number
  done: number
  /** Of the finished archive. */
  bytes: number
  storage_key: string
  job_id: Id | null
  error: string | null
  created_at: Time
  finished_at: Time | null
}
