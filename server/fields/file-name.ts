/** The name that a person gave a file, without folders and without characters that cannot be seen; '' where nothing is left. */
export function cleanFileName(given: string): string {
  const name = given.split(/[\\/]/).at(-1)!.replace(/\p{C}/gu, '').trim()
  return /^\.*$/.test(name) ? '' : name.slice(-200)
}
