/** Arrow keys move the focus from the link of a table's row to that of the row above or below. */
export function toNextRow(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const row = (event.target as HTMLElement).closest('a') && (event.target as HTMLElement).closest('tr')
  if (!step || !row) return
  event.preventDefault()
  const next = step > 0 ? row.nextElementSibling : row.previousElementSibling
  next?.querySelector('a')?.focus()
}
