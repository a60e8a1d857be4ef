import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, as they stand in a cookie or a link. Only the hash is kept. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

export const secretHash = (secret: string): string => createHash('sha256').update(secret).digest('hex')
