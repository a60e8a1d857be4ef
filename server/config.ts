import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Limits, readLimits } from './limits.ts'

/** All that the server reads from its environment, once. */
export interface Config {
  host: string
  port: number
  /** Where people reach the server; links in invitations begin with it, and only pages from it may change anything. */
  origin: string
  /** Whoever runs the server said so; else it is a guess from host and port. */
  originGiven: boolean
  /** Folder of the embedded database, the images and unfinished uploads. */
  dataFolder: string
  databaseUrl: string
  modelsFolder: string
  /** The built web pages. */
  webFolder: string
  /** Account made on the first start, where given. */
  administrator: { email: string; password: string } | undefined
  logLevel: string
  /** Proxies whose word on a caller's address is taken: addresses, nets, or names such as `loopback`. */
  trustedProxies: string[]
  /** Names that the server answers to besides that of `origin`. */
  hosts: string[]
  /** File in which the audit's ends are kept, and that of the key which signs them. */
  auditHeads: string
  siteKey: string
  /** The kept ends are printed too. */
  printHeads: boolean
  /** Cookies travel over TLS only. */
  secureCookies: boolean
  /** Seconds for which browsers are told to use TLS only; 0: they are not told. */
  hstsSeconds: number
  limits: Limits
}

const ROOT = resolve(import.meta.dirname, '..')

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = Number(env.MARROWSCOPE_PORT ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`MARROWSCOPE_PORT is '${env.MARROWSCOPE_PORT}'; give a number from 0 to 65535.`)
  }
  const host = env.MARROWSCOPE_HOST ?? '127.0.0.1'
  const dataFolder = resolve(env.MARROWSCOPE_SITE ?? resolve(ROOT, 'site'))
  const { MARROWSCOPE_ADMIN_EMAIL: email, MARROWSCOPE_ADMIN_PASSWORD: password } = env
  const origin = env.MARROWSCOPE_ORIGIN ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`
  const overTls = origin.startsWith('https:')
  return {
    host,
    port,
    origin,
    originGiven: env.MARROWSCOPE_ORIGIN !== undefined,
    dataFolder,
    databaseUrl: env.DATABASE_URL ?? pathToFileURL(resolve(dataFolder, 'marrowscope.db')).href,
    modelsFolder: resolve(env.MARROWSCOPE_MODELS ?? resolve(ROOT, 'models')),
    webFolder: resolve(ROOT, 'web/dist'),
    administrator: email && password ? { email, password } : undefined,
    logLevel: env.MARROWSCOPE_LOG ?? 'warn',
    auditHeads: resolve(env.MARROWSCOPE_AUDIT_HEADS ?? resolve(dataFolder, 'audit-heads.txt')),
    siteKey: resolve(env.MARROWSCOPE_SITE_KEY ?? resolve(dataFolder, 'site-key.pem')),
    printHeads: yesOrNo('MARROWSCOPE_AUDIT_LOG', env.MARROWSCOPE_AUDIT_LOG) ?? false,
    trustedProxies: proxies(env.MARROWSCOPE_TRUSTED_PROXIES ?? 'loopback'),
    hosts: listOf(env.MARROWSCOPE_HOSTS ?? ''),
    secureCookies: yesOrNo('MARROWSCOPE_SECURE_COOKIES', env.MARROWSCOPE_SECURE_COOKIES) ?? overTls,
    hstsSeconds: seconds(env.MARROWSCOPE_HSTS, overTls),
    limits: readLimits(env),
  }
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'none')

/** Errors: what is neither an address, a net nor one of the three names. */
function proxies(text: string): string[] {
  for (const part of listOf(text)) {
    const [address, bits, ...more] = part.split('/')
    const most = isIP(address!) === 4 ? 32 : 128
    const isNet = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most)
    if (NETS.includes(part) || (isIP(address!) > 0 && isNet && more.length === 0)) continue
    throw new Error(
      `MARROWSCOPE_TRUSTED_PROXIES names '${part}'; give addresses such as 10.0.0.2, nets such as 10.0.0.0/24, ${NETS.join(', ')}, or none.`,
    )
  }
  return listOf(text)
}
const NETS = ['loopback', 'linklocal', 'uniquelocal']

function yesOrNo(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined
  if (text === 'yes' || text === 'no') return text === 'yes'
  throw new Error(`${name} is '${text}'; give yes or no.`)
}

function seconds(text: string | undefined, overTls: boolean): number {
  const given = Number(text ?? 0)
  if (!Number.isInteger(given) || given < 0) {
    throw new Error(`MARROWSCOPE_HSTS is '${text}'; give seconds, 31536000 for a year.`)
  }
  if (given > 0 && !overTls) {
    throw new Error('MARROWSCOPE_HSTS is of use only where MARROWSCOPE_ORIGIN begins with https:.')
  }
  return given
}
