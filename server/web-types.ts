import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { startTestServer } from './for-tests.ts'

/** The file that `webTypes` belongs in. */
export const WEB_TYPES = join(import.meta.dirname, '../web/api/schema.d.ts')

/** The source of the types that the web pages are checked against, from the schemas of the routes. */
export async function webTypes(): Promise<string> {
  const server = await startTestServer()
  await server.app.ready()
  const file = join(mkdtempSync(join(tmpdir(), 'marrowscope-openapi-')), 'openapi.json')
  writeFileSync(file, JSON.stringify(server.app.swagger()))
  await server.close()
  return `/** Written by server/write-web-types.ts. */\n${astToString(await openapiTypescript(pathToFileURL(file)))}`
}
