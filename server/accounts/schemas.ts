import { Type } from 'typebox'
import { CELL_CLASSES } from '../../cytology/index.ts'
import { Id, nullable, Time, Version } from '../api/common.ts'
import { LIMITED_ROLES, PERMISSIONS, ROLES } from '../permissions.ts'

const Role = Type.Enum([...ROLES])
const Locale = Type.Union([Type.Literal('en'), Type.Literal('zh')])
const Email = Type.String({ maxLength: 190, pattern: '^[^@\\s]+@[^@\\s]+$' })
const Name = Type.String({ minLength: 1, maxLength: 100 })
const Password = Type.String({ minLength: 10, maxLength: 200 })

export const Me = Type.Object({
  id: Id,
  email: Email,
  name: Name,
  role: Role,
  locale: Locale,
  permissions: Type.Array(Type.Enum([...PERMISSIONS])),
  /** null: the usual ones. */
  typeKeys: nullable(Type.Object(Object.fromEntries(CELL_CLASSES.map((id) => [id, Type.String()])))),
})
/** What the sign-in page must know before anyone is signed in. */
export const SiteState = Type.Object({
  needsSetup: Type.Boolean(),
  registration: Type.Union([Type.Literal('invitation'), Type.Literal('open')]),
  version: Type.String(),
  intendedUse: Type.String(),
})
export const Setup = Type.Object({
  token: Type.String({ maxLength: 100 }),
  email: Email,
  name: Name,
  password: Password,
})
export const SignIn = Type.Object({ email: Email, password: Type.String({ maxLength: 200 }) })
export const MePatch = Type.Object({
  name: Type.Optional(Name),
  locale: Type.Optional(Locale),
  typeKeys: Type.Optional(nullable(Type.Record(Type.String(), Type.String({ maxLength: 20 })))),
})
/** Someone who may be named as the reader of a case. */
export const Reader = Type.Object({ id: Id, name: Name, role: Role })
export const PasswordChange = Type.Object({ current: Type.String({ maxLength: 200 }), next: Password })
export const SessionInfo = Type.Object({
  id: Id,
  current: Type.Boolean(),
  ip: Type.String(),
  userAgent: Type.String(),
  createdAt: Time,
  lastSeenAt: Time,
})
export const Invite = Type.Object({
  email: Type.Optional(Email),
  role: Role,
  again: Type.Optional(
    Type.Boolean({ description: 'although there is an open invitation for this address' }),
  ),
})
export const OpenLink = Type.Object({
  id: Id,
  kind: Type.Union([Type.Literal('invitation'), Type.Literal('reset')]),
  email: nullable(Type.String({ description: 'of whom it is for; null: of anyone who has it' })),
  name: nullable(Type.String({ description: 'of the account whose password it resets' })),
  role: nullable(Role),
  makerName: Type.String(),
  createdAt: Time,
  expiresAt: Time,
})
/** The link is shown once; only its hash is kept. */
export const Link = Type.Object({ link: Type.String(), expiresAt: Time })
export const InvitationState = Type.Object({ email: nullable(Email), role: Role })
export const Register = Type.Object({
  token: Type.Optional(Type.String({ maxLength: 100 })),
  email: Email,
  name: Name,
  password: Password,
})
export const PasswordReset = Type.Object({ token: Type.String({ maxLength: 100 }), password: Password })
export const User = Type.Object({
  id: Id,
  email: Email,
  name: Name,
  role: Role,
  disabled: Type.Boolean(),
  version: Version,
  createdAt: Time,
})
export const UserPatch = Type.Object({
  version: Version,
  role: Type.Optional(Role),
  disabled: Type.Optional(Type.Boolean()),
})
const Target = Type.Integer({ minimum: 1, maximum: 5000, description: 'cells to count in a case' })
export const SiteSettings = Type.Object({
  registration: Type.Union([Type.Literal('invitation'), Type.Literal('open')]),
  target: Target,
  targets: Type.Array(Target, { minItems: 1, maxItems: 8 }),
  identitiesFor: Type.Array(Type.Enum([...LIMITED_ROLES]), {
    maxItems: LIMITED_ROLES.length,
    description: 'roles that are told who a patient is though they need not know it',
  }),
  kappaOnReport: Type.Boolean({ description: 'a report says how far a second reading agreed' }),
  version: Type.Integer({ minimum: 0 }),
})
