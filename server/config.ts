import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** All that the server reads from its environment, once. */
export interface Config {
  host: string
  port: number
  /** Where people reach the server; links in invitations begin with it, and only pages from it may change anything. */
  origin: string
  /** Folder of the embedded database, the images and unfinished uploads. */
  dataFolder: string
  databaseUrl: string
  modelsFolder: string
  /** The built web pages. */
  webFolder: string
  /** Account made on the first start, where given. */
  administrator: { email: string; password: string } | undefined
  logLevel: string
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
  return {
    host,
    port,
    origin: env.MARROWSCOPE_ORIGIN ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`,
    dataFolder,
    databaseUrl: env.DATABASE_URL ?? pathToFileURL(resolve(dataFolder, 'marrowscope.db')).href,
    modelsFolder: resolve(env.MARROWSCOPE_MODELS ?? resolve(ROOT, 'models')),
    webFolder: resolve(ROOT, 'web/dist'),
    administrator: email && password ? { email, password } : undefined,
    logLevel: env.MARROWSCOPE_LOG ?? 'warn',
  }
}
