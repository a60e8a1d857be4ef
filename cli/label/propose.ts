import { basename, join } from 'node:path'
import { mergeProposals, stem, toLabelme } from '../../annotation/index.ts'
import { closeModels, loadDetector } from '../../vision/index.ts'
import { openOutput, writeWhole } from '../output.ts'
import { findAll, forEachImage, givenBoxes, imagesToLabel } from './find.ts'
import { counted } from './read.ts'

type Options = {
  out: string
  only?: string
  masks?: string
  masksLabel: string
  classical: boolean
  threshold?: number
  scale?: number
  models: string
}

/** `label propose`: images in, a labelme file each out. */
export async function proposeLabels(paths: string[], options: Options): Promise<void> {
  const files = await imagesToLabel(paths, options.out, options.only)
  if (files.length === 0) return
  const given = await givenBoxes(options.masks, options.masksLabel)
  await openOutput(options.out, false)
  const detector = await loadDetector(options.models)
  const makers = new Map<string, number>()
  try {
    const failed = await forEachImage(files, async (file) => {
      const { image, umPerPixel, findings } = await findAll(detector, file, { ...options, given })
      const { width, height } = image
      const name = basename(file)
      const field = mergeProposals({ file: name, source: '', width, height, umPerPixel }, findings)
      for (const { proposedBy } of field.boxes) makers.set(proposedBy!, (makers.get(proposedBy!) ?? 0) + 1)
      await writeWhole(join(options.out, `${stem(file)}.json`), toLabelme(field, name))
    })
    const boxes = [...makers.values()].reduce((sum, n) => sum + n, 0)
    const by = [...makers].map(([maker, n]) => `${n} ${maker}`).join(', ')
    console.log(
      `${counted(boxes, 'box', 'boxes')} proposed on ${counted(files.length - failed, 'image')} (${by || 'none'}), in ${options.out}`,
    )
  } finally {
    await closeModels({ detector })
  }
}
