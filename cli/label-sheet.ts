import { join } from 'node:path'
import { numbered, stem } from '../annotation/index.ts'
import { openImage } from '../vision/index.ts'
import { report } from './analyze.ts'
import { openOutput, writeWhole } from './analyze-output.ts'
import { imagesByName } from './label-check.ts'
import { forEachImage, imagesIn } from './label-find.ts'
import { counted, labelsIn, reportProblems } from './label-read.ts'
import { sheet } from './label-sheet-picture.ts'

type Options = { images: string; out: string; only?: string; zoom: number }

/** `label sheet`: a PNG for each labelled image. */
export async function labelSheets(path: string, options: Options): Promise<void> {
  const { fields, problems } = await labelsIn(path, { images: options.images })
  reportProblems(problems)
  const wanted = options.only === undefined ? undefined : await imagesIn(options.only)
  const chosen = fields.filter(({ file }) => wanted?.has(stem(file)) ?? true)
  const images = await imagesByName(options.images)
  await openOutput(options.out, false)
  const files: string[] = []
  for (const { file } of chosen) {
    const image = images.get(stem(file))
    if (image !== undefined) files.push(image)
    else {
      const message = `The image ${file} is not in ${options.images}; give the folder that holds it.`
      report({ code: 'LABELLED_IMAGE_MISSING', message })
      process.exitCode = 1
    }
  }
  const byName = new Map(chosen.map((field) => [stem(field.file), numbered(field)]))
  const failed = await forEachImage(files, async (file) => {
    const field = byName.get(stem(file))!
    await writeWhole(
      join(options.out, `${stem(file)}.png`),
      await sheet(await openImage(file), field, options.zoom),
    )
  })
  console.log(`${counted(files.length - failed, 'sheet')} in ${options.out}`)
}
