/** Publishes the schema of result.json: `node vision/write-result-schema.ts && npx biome check --write vision`. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AnalysisResult } from './result.ts'

await writeFile(join(import.meta.dirname, 'result.schema.json'), JSON.stringify(AnalysisResult, null, 2))
