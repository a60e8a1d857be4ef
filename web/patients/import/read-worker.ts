/** Reads a file beside the page, so that a hundred thousand rows do not hold it up. */
import { readTable } from './read-file.ts'

addEventListener('message', async ({ data }: MessageEvent<File>) => {
  try {
    postMessage({ table: readTable(new Uint8Array(await data.arrayBuffer())) })
  } catch (error) {
    postMessage({ problem: (error as Error).message })
  }
})
