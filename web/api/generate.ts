/** Writes schema.d.ts: the API's types, from the schemas of the routes. With --check, only says whether it is in step. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { startTestServer } from '../../server/for-tests.ts'

const file = join(import.meta.dirname, 'schema.d.ts')
const server = await startTestServer()
await server.app.ready()
const document = join(mkdtempSync(join(tmpdir(), 'marrowscope-openapi-')), 'openapi.json')
writeFileSync(document, JSON.stringify(server.app.swagger()))
await server.close()
const source = `/** Written by api/generate.ts. */\n${astToString(await openapiTypescript(new URL(`file://${document}`)))}`
if (!process.argv.includes('--check')) writeFileSync(file, source)
else if (readFileSync(file, 'utf8') !== source) {
  console.error('web/api/schema.d.ts is not what the routes say; run: npm run api')
  process.exitCode = 1
}
