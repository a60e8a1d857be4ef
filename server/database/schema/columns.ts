/** What columns hold, the same on SQLite and on MySQL. */

/** UUIDv7, made by the application. */
export type Id = string
/** ms since 1970 (UTC). */
export type Time = number
/** As text. */
export type Json = string
export type Flag = 0 | 1
