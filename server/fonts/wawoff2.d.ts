/** What is used of wawoff2, which brings no types. */
declare module 'wawoff2' {
  /** WOFF2 as TrueType. Throws where it is no such file. */
  export function decompress(woff2: Uint8Array): Promise<Uint8Array>
}
