import { Type } from 'typebox'
import { Id, nullable, Time } from '../api/common.ts'
import { ROLES } from '../permissions.ts'
import { Part } from './part.ts'

const Count = Type.Integer({ minimum: 0 })
const Bytes = Type.Integer({ minimum: 0, description: 'bytes' })
const Files = Type.Object({ files: Count, bytes: Bytes })

export const Health = Type.Object({ at: Time, parts: Type.Array(Part) })

export const Measured = Type.Object({
  at: Time,
  originals: Files,
  exports: Files,
  references: Files,
  renditions: Files,
  uploads: Files,
  database: Type.Object({
    bytes: Bytes,
    waiting: nullable(Type.Integer({ description: 'bytes of SQLite’s write-ahead log' })),
  }),
  rows: Type.Array(Type.Object({ table: Type.String(), rows: Count })),
  months: Type.Array(
    Type.Object({ month: Type.String({ description: 'YYYY-MM' }), files: Count, bytes: Bytes }),
  ),
  free: Bytes,
  total: Bytes,
})
export const StorageUsed = Type.Object({
  measured: nullable(Measured),
  measuring: Type.Boolean(),
  error: nullable(Type.String({ description: 'why it could not be measured' })),
})

export const Job = Type.Object({
  id: Id,
  kind: Type.String(),
  state: Type.Enum(['waiting', 'running', 'failed']),
  caseId: nullable(Id),
  marrowNumber: nullable(Type.String()),
  attempts: Count,
  error: nullable(Type.String()),
  sinceAt: Time,
})

const Model = Type.Object({
  name: Type.String(),
  version: Type.String(),
  sha256: Type.String(),
  licence: Type.String(),
  bytes: Bytes,
  limits: Type.Array(Type.String()),
  intendedUse: Type.String(),
  sinceAt: nullable(Type.Integer({ description: 'first analysis with it, ms since 1970' })),
  card: Type.Record(Type.String(), Type.Unknown(), { description: 'the whole model card' }),
})
export const ModelsInUse = Type.Object({
  detector: Model,
  recogniser: Model,
  versions: Type.Array(
    Type.Object({
      detector: Type.String({ description: 'name and version' }),
      recogniser: Type.String({ description: 'name and version' }),
      cases: Count,
      cells: Count,
      present: Type.Boolean({ description: 'both networks are those in use' }),
    }),
  ),
  older: Type.Integer({ description: 'cases read with other networks than those in use' }),
})

export const PeopleCounts = Type.Object({
  roles: Type.Array(Type.Object({ role: Type.Enum([...ROLES]), active: Count, disabled: Count })),
  sessions: Count,
  peopleSignedIn: Count,
  failedSignIns: Type.Integer({ description: 'refused sign-ins of the last 24 hours' }),
})
