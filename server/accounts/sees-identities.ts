import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { may, PERMISSIONS, type Permission, type Role } from '../permissions.ts'
import { siteSettings } from './site-settings.ts'

/** Whether somebody of this role is told who a patient is: by the role, or because the site grants it. */
export async function seesIdentities(db: Kysely<Database>, role: Role): Promise<boolean> {
  if (may(role, 'identity.read')) return true
  const { identitiesFor } = await siteSettings(db)
  return (identitiesFor as readonly Role[]).includes(role)
}

/** All that somebody of this role may do on this site. */
export async function permissionsOf(db: Kysely<Database>, role: Role): Promise<Permission[]> {
  const sees = await seesIdentities(db, role)
  return PERMISSIONS.filter((one) => (one === 'identity.read' ? sees : may(role, one)))
}
