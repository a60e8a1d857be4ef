/** Files that were dropped on one page for another to upload. */
let files: File[] = []

/** Every file of a drop, folders opened. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return [...transfer.files]
  return (await Promise.all(entries.map(filesUnder))).flat()
}

async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: File[] = []
  // A reader gives a hundred at a time, and nothing when it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed))
    if (some.length === 0) return found
    found.push(...(await Promise.all(some.map(filesUnder))).flat())
  }
}

export async function handOver(transfer: DataTransfer): Promise<void> {
  files = await filesOf(transfer)
}

export function handedOver(): File[] {
  const taken = files
  files = []
  return taken
}

/** For a page that only says how many wait. */
export const waitingFiles = (): number => files.length
