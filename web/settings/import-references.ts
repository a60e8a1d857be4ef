import { type CellType, isCropFile, type PublishedSet, publishedCrop } from '../../cytology/index.ts'
import { ApiError, api } from '../api/client.ts'

/** A file that shows one cell. */
export interface ChosenCrop {
  file: File
  type: CellType
  set: PublishedSet | null
}

/** The crops among the files of a folder, in the order of their paths; `others`: images of which no type is known. */
export function cropsOf(files: readonly File[]): { crops: ChosenCrop[]; others: number } {
  const images = files
    .filter(({ name }) => isCropFile(name))
    .sort((a, b) => (a.webkitRelativePath < b.webkitRelativePath ? -1 : 1))
  const crops = images.flatMap((file) => {
    const crop = publishedCrop(file.webkitRelativePath || file.name)
    return crop ? [{ file, ...crop }] : []
  })
  return { crops, others: images.length - crops.length }
}

interface Given {
  source: string
  licence: string
  address: string
  umPerPixel: number
}

/**
 * Sends crops into the site's set of that source, one after the other, until all are there or `stopped`. Those that the server
 * cannot read are told by their names. Errors: ApiError where the server is away or refuses.
 */
export async function importCrops(
  crops: readonly ChosenCrop[],
  { source, licence, address, umPerPixel }: Given,
  tell: (done: number) => void,
  stopped: () => boolean,
) {
  const body = { source: source.trim(), licence: licence.trim(), address: address.trim() }
  const { id } = await api.post('/api/reference-sets', { body })
  const result = { taken: 0, there: 0, broken: [] as string[] }
  for (const [i, { file, type }] of crops.entries()) {
    if (stopped()) break
    const picture = await base64(file)
    try {
      const { isNew } = await api.post('/api/reference-sets/{id}/cells', {
        params: { path: { id } },
        body: { type, umPerPixel, picture },
      })
      if (isNew) result.taken++
      else result.there++
    } catch (error) {
      if (!(error instanceof ApiError && [413, 415, 422].includes(error.status))) throw error
      result.broken.push(`${file.name}: ${error.message}`)
    }
    tell(i + 1)
  }
  return result
}

async function base64(file: File): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ''))
  reader.onerror = () => reject(reader.error)
  reader.readAsDataURL(file)
  return promise
}
