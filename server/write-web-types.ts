/** `npm run api`: writes web/api/schema.d.ts after a route's schema was changed. */
import { writeFileSync } from 'node:fs'
import { WEB_TYPES, webTypes } from './web-types.ts'

writeFileSync(WEB_TYPES, await webTypes())
