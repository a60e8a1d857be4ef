/** ms for everything; a step that has not ended by then is left. */
const LIMIT = 10_000

/** Name and action of what ends; those of one list end beside each other, the lists one after the other. */
export type Steps = readonly Readonly<Record<string, () => unknown>>[]

/** Ends everything and tells what of it did not end in time, or failed: empty where all is well. */
export async function shutDown(steps: Steps, limit = LIMIT): Promise<string[]> {
  const open = new Set(steps.flatMap((step) => Object.keys(step)))
  const failed: string[] = []
  const all = (async () => {
    for (const step of steps) {
      const ends = Object.entries(step).map(async ([name, end]) => {
        try {
          await end()
        } catch (error) {
          failed.push(`${name} (${(error as Error).message})`)
        }
        open.delete(name)
      })
      await Promise.all(ends)
    }
  })()
  let timer: NodeJS.Timeout | undefined
  await Promise.race([all, new Promise((done) => (timer = setTimeout(done, limit)))])
  clearTimeout(timer)
  return [...failed, ...open]
}
