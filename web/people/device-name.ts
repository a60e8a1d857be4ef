/** Order matters: Edge and Opera name Chrome too, Chrome names Safari. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?Chrom(?:e|ium)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari/, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/Windows NT/, 'Windows'],
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** 'Chrome 142, Windows': what a person calls the browser that sent this user agent; the user agent itself where it is none of the usual. */
export function deviceName(userAgent: string): string {
  const browser = BROWSERS.map(([pattern, name]) => [userAgent.match(pattern), name] as const).find(
    ([match]) => match,
  )
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1]
  const named = [browser && `${browser[1]} ${browser[0]![1]}`, system].filter(Boolean)
  return browser ? named.join(', ') : userAgent
}
