/** The first start makes the administrator. There is no default password. */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { record } from '../audit/record.ts'
import type { Ports } from '../ports.ts'
import { newLink } from './one-time-links.ts'
import { createUser, hasUsers, type NewUser } from './users.ts'

const MIN_PASSWORD = 10
const isEmail = (text: string) => text.length <= 190 && /^[^@\s]+@[^@\s]+$/.test(text)

/** From the environment, where it names one and nobody is there yet. */
export async function createGivenAdministrator({ db, config }: Ports): Promise<void> {
  if (!config.administrator || (await hasUsers(db))) return
  const { email, password } = config.administrator
  if (!isEmail(email)) throw new Error(`MARROWSCOPE_ADMIN_EMAIL is '${email}'; give an e-mail address.`)
  if (password.length < MIN_PASSWORD) {
    throw new Error(`MARROWSCOPE_ADMIN_PASSWORD is too short; give at least ${MIN_PASSWORD} characters.`)
  }
  await createFirst(db, { email, password, name: 'Administrator' })
  console.log(`The administrator ${email} was made.`)
}

const createFirst = (db: Ports['db'], person: Omit<NewUser, 'role'>) =>
  db.transaction().execute(async (trx) => {
    const id = await createUser(trx, { ...person, role: 'administrator' })
    const { email, name } = person
    const after = { email: email.trim().toLowerCase(), name, role: 'administrator' }
    await record(trx, { event: 'site.setup', userId: id, subjectId: id, after })
  })

/** While nobody is there: prints a link that works once and, at a terminal, asks. */
export async function offerSetup(ports: Ports): Promise<void> {
  if (await hasUsers(ports.db)) return
  console.log(`\nFirst start. Open this address to make the administrator's account:\n`)
  console.log(`    ${await setupLink(ports)}\n`)
  if (process.stdin.isTTY) ask(ports).catch((error: Error) => console.error(error.message))
}

/** The link with which the first administrator is made; earlier ones stop working. */
export async function setupLink({ db, config }: Pick<Ports, 'db' | 'config'>): Promise<string> {
  await db.deleteFrom('tokens').where('kind', '=', 'setup').execute()
  return (await newLink(db, config.origin, 'setup')).link
}

async function ask({ db }: Ports): Promise<void> {
  let hidden = false
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!hidden) process.stdout.write(chunk)
      done()
    },
  })
  const terminal = createInterface({ input: process.stdin, output, terminal: true })
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  const answer = async (question: string, good: (text: string) => boolean, secret = false) => {
    for (;;) {
      // While hidden, readline's own question would be too.
      if (secret) process.stdout.write(question)
      hidden = secret
      const text = await terminal.question(secret ? '' : question)
      hidden = false
      if (secret) process.stdout.write('\n')
      if (good(text)) return text
    }
  }
  try {
    console.log('Or answer here.')
    const email = await answer('E-mail address: ', (text) => isEmail(text.trim()))
    const name = await answer('Name: ', (text) => text.trim() !== '' && text.length <= 100)
    const question = `Password (at least ${MIN_PASSWORD} characters): `
    const password = await answer(question, ({ length }) => length >= MIN_PASSWORD && length <= 200, true)
    if (await hasUsers(db)) return console.log('Someone has used the link meanwhile. Sign in there.')
    await createFirst(db, { email, name, password })
    await db.deleteFrom('tokens').where('kind', '=', 'setup').execute()
    console.log(`The administrator ${email.trim()} was made. Sign in.`)
  } finally {
    terminal.close()
  }
}
