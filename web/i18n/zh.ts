import { zhAdministration } from './zh-administration.ts'
import { zhApp } from './zh-app.ts'
import { auditZh } from './zh-audit.ts'
import { zhCounter } from './zh-counter.ts'
import { zhDoor } from './zh-door.ts'
import { zhFields } from './zh-fields.ts'
import { zhInbox } from './zh-inbox.ts'
import { zhNames } from './zh-names.ts'
import { zhPatients } from './zh-patients.ts'
import { zhPeople } from './zh-people.ts'
import { zhPrivacy } from './zh-privacy.ts'
import { zhReading } from './zh-reading.ts'
import { zhReferences } from './zh-references.ts'
import { zhReport } from './zh-report.ts'
import { zhRules } from './zh-rules.ts'
import { zhScale } from './zh-scale.ts'
import { zhSecond } from './zh-second.ts'
import { zhSettings } from './zh-settings.ts'
import { zhStatistics } from './zh-statistics.ts'
import { zhWorklist } from './zh-worklist.ts'

/** Every message, a file a page. */
export const zh = {
  ...zhApp,
  ...zhDoor,
  audit: auditZh,
  ...zhAdministration,
  ...zhInbox,
  ...zhPatients,
  ...zhPrivacy,
  names: zhNames,
  rules: zhRules,
  ...zhWorklist,
  ...zhPeople,
  ...zhReading,
  ...zhCounter,
  ...zhFields,
  references: zhReferences,
  ...zhReport,
  ...zhSettings,
  scale: zhScale,
  ...zhSecond,
  ...zhStatistics,
}
