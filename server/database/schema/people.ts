/** Who may sign in, and who is signed in. */
import type { Role } from '../../permissions.ts'
import type { Flag, Id, Json, Time } from './columns.ts'

export interface Users {
  id: Id
  email: string
  name: string
  password_hash: string
  role: Role
  locale: 'en' | 'zh'
  disabled: Flag
  version: number
  created_at: Time
  /** {type: key} where the person chose other keys than the usual; null otherwise. */
  type_keys: Json | null
}

export interface Sessions {
  id: Id
  token_hash: string
  user_id: Id
  ip: string
  user_agent: string
  created_at: Time
  last_seen_at: Time
  expires_at: Time
}

/** A link that works once: to set the first administrator up, to join, to choose a new password. */
export interface Tokens {
  id: Id
  kind: 'setup' | 'invitation' | 'reset'
  token_hash: string
  user_id: Id | null
  email: string | null
  role: Role | null
  created_by: Id | null
  created_at: Time
  expires_at: Time
  used_at: Time | null
}

export interface LoginFailures {
  id: Id
  email: string
  ip: string
  at: Time
}
