import readExif from 'exif-reader'

/** Make and model in one, each once: 'OLYMPUS DP74'. Undefined when the file names neither. */
export function cameraName(make = '', model = ''): string | undefined {
  const [maker, name] = [make, model].map((text) => text.replace(/\0.*$/s, '').replace(/\s+/g, ' ').trim())
  const whole = name!.toLowerCase().startsWith(maker!.toLowerCase()) ? name! : `${maker} ${name}`.trim()
  return whole.slice(0, 190) || undefined
}

/** The camera that an EXIF block names. A damaged block names none. */
export function cameraOfExif(exif: Buffer | undefined): string | undefined {
  if (!exif) return undefined
  try {
    const { Make, Model } = readExif(exif).Image ?? {}
    return cameraName(Make, Model)
  } catch {
    return undefined
  }
}
