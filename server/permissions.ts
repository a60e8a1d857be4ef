/** What a route may ask for, and which role may do it. */

export const ROLES = ['administrator', 'doctor', 'technician', 'researcher', 'read_only'] as const
/** Roles that are told who a patient is only where the site grants it. */
export const LIMITED_ROLES = ['researcher', 'read_only'] as const satisfies readonly Role[]
export type Role = (typeof ROLES)[number]

/**
 * `public` needs no one to be signed in, `self` anyone who is. `identity.read`: to be told who a patient is; a site may grant it to
 * roles that have it not (`accounts/sees-identities.ts`).
 */
export const PERMISSIONS = [
  'public',
  'self',
  'case.read',
  'case.write',
  'case.review',
  'case.sign',
  'identity.read',
  'users.manage',
  'settings.manage',
  'audit.read',
  'statistics.read',
  'research.export',
  'privacy.manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const ALLOWED: Record<Role, readonly Permission[]> = {
  administrator: PERMISSIONS,
  doctor: [
    'public',
    'self',
    'case.read',
    'case.write',
    'case.review',
    'case.sign',
    'identity.read',
    'statistics.read',
  ],
  technician: ['public', 'self', 'case.read', 'case.write', 'case.review', 'identity.read'],
  researcher: ['public', 'self', 'case.read', 'statistics.read', 'research.export'],
  read_only: ['public', 'self', 'case.read'],
}

export const may = (role: Role | undefined, permission: Permission): boolean =>
  role === undefined ? permission === 'public' : ALLOWED[role].includes(permission)
