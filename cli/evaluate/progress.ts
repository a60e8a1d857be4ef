import { SingleBar } from 'cli-progress'

/** What a person sees on the error stream while images are measured: a bar on a terminal, elsewhere a line each tenth. */
export function startProgress(images: number): { onImage: () => void; stop: () => void } {
  return process.stderr.isTTY ? bar(images) : lines(images)
}

function bar(images: number) {
  const line = new SingleBar({
    format: '{bar} {value}/{total} images  {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
  })
  line.start(images, 0)
  return { onImage: () => line.increment(), stop: () => line.stop() }
}

function lines(images: number) {
  let done = 0
  const tenth = (count: number) => Math.floor((10 * count) / images)
  const onImage = () => {
    done++
    if (tenth(done) > tenth(done - 1)) process.stderr.write(`[${done}/${images}] images\n`)
  }
  return { onImage, stop() {} }
}
