/** The day on the server's clock, YYYY-MM-DD: in the morning of Beijing it is still yesterday in UTC. */
export function localDay(at: number = Date.now()): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
