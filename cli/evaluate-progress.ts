import { SingleBar } from 'cli-progress'

/** A bar on the terminal's error stream that counts images; where that is no terminal it stays silent. */
export function startProgress(images: number): { onImage: () => void; stop: () => void } {
  const bar = new SingleBar({
    format: '{bar} {value}/{total} images, {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  })
  bar.start(images, 0)
  return { onImage: () => bar.increment(), stop: () => bar.stop() }
}
