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

/** Guesses of a password that are looked at or were wrong. */
export interface LoginFailures {
  id: Id
  email: string
  /** Each has its own count: '' of anywhere, the id of a known device, or of a session in which the password was asked again. */
  place: string
  ip: string
  at: Time
}

/** A browser in which a person has signed in before: it has a count of wrong passwords of its own, and opens nothing. */
export interface KnownDevices {
  id: Id
  user_id: Id
  /** Of the secret in its cookie; the same for all who share the browser. */
  token_hash: string
  created_at: Time
  last_used_at: Time
}
