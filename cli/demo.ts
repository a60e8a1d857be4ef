import { join } from 'node:path'
import type { Command } from 'commander'
import sharp from 'sharp'
import { DEMO_FIELDS, drawField } from '../testkit/index.ts'
import { closeModels, loadModels } from '../vision/index.ts'
import { onInterrupt } from './analyze/interrupt.ts'
import { run } from './analyze/run.ts'
import { report, summary } from './analyze.ts'
import { openOutput, writeWhole } from './output.ts'

const SYNTHETIC = 'Synthetic: drawn by the program, no photograph.'

/** `demo`: draws three fields and analyses them as `analyze` would. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('draw three synthetic fields and analyse them')
    .option('--out <dir>', 'folder for the fields, the overlays and result.json', 'demo-output')
    .option(
      '--models <dir>',
      'folder with the networks and their cards',
      join(import.meta.dirname, '../models'),
    )
    .action(demo)
}

async function demo({ out, models: folder }: { out: string; models: string }): Promise<void> {
  const output = await openOutput(out, true)
  const models = await loadModels(folder)
  const { signal, exitCode } = onInterrupt(
    'Stopping; the finished fields are kept. Press Ctrl-C again to leave at once.',
  )
  try {
    console.log(
      `Drawing and analysing ${DEMO_FIELDS.length} synthetic marrow fields: the program draws them, no patient is in them.`,
    )
    const files: string[] = []
    for (const [i, options] of DEMO_FIELDS.entries()) {
      const { data, width, height, umPerPixel } = drawField(options)
      const file = join(out, `synthetic-field-${i + 1}.png`)
      const picture = sharp(data, { raw: { width, height, channels: 3 } }).withMetadata({
        density: 25400 / umPerPixel,
      })
      await writeWhole(file, await picture.png().toBuffer())
      files.push(file)
    }
    const result = await run(models, files, { output, overlays: true, caption: SYNTHETIC, signal })
    for (const failure of result.failures) report(failure)
    console.log(summary(result, files.length, output.resultFile))
    console.log(`The fields are synthetic: drawn by the program. Look at ${join(out, 'overlays')}.`)
    if (result.failures.length > 0) process.exitCode = 1
    if (signal.aborted) process.exitCode = exitCode()
  } finally {
    await closeModels(models)
  }
}
