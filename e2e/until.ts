/** Asks every 100 ms until there is an answer other than undefined or false. Errors: none within so many seconds. */
export async function until<Answer>(
  what: string,
  seconds: number,
  ask: () => Promise<Answer | undefined | false>,
): Promise<Answer> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > end) throw new Error(`Not within ${seconds} s: ${what}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}
