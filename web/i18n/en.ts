import { enAdministration } from './en-administration.ts'
import { enApp } from './en-app.ts'
import { auditEn } from './en-audit.ts'
import { enCounter } from './en-counter.ts'
import { enDoor } from './en-door.ts'
import { enFields } from './en-fields.ts'
import { enInbox } from './en-inbox.ts'
import { enNames } from './en-names.ts'
import { enPatients } from './en-patients.ts'
import { enPeople } from './en-people.ts'
import { enPrivacy } from './en-privacy.ts'
import { enReading } from './en-reading.ts'
import { enReferences } from './en-references.ts'
import { enReport } from './en-report.ts'
import { enRules } from './en-rules.ts'
import { enScale } from './en-scale.ts'
import { enSecond } from './en-second.ts'
import { enSettings } from './en-settings.ts'
import { enStatistics } from './en-statistics.ts'
import { enWorklist } from './en-worklist.ts'

/** Every message, a file a page. */
export const en = {
  ...enApp,
  ...enDoor,
  audit: auditEn,
  ...enAdministration,
  ...enInbox,
  ...enPatients,
  ...enPrivacy,
  names: enNames,
  rules: enRules,
  ...enWorklist,
  ...enPeople,
  ...enReading,
  ...enCounter,
  ...enFields,
  references: enReferences,
  ...enReport,
  ...enSettings,
  scale: enScale,
  ...enSecond,
  ...enStatistics,
}
