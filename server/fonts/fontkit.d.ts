/** What is used of fontkit, which brings no types. */
declare module 'fontkit' {
  export function openSync(path: string): {
    characterSet: number[]
    layout(text: string, features?: Readonly<Record<string, boolean>>): unknown
  }
}
