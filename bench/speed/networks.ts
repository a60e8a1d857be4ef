import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { DetectorCard, RecogniserCard } from '../../vision/index.ts'
import { tile } from '../../vision/tiles.ts'
import { here, python } from '../python.ts'
import { FIELD } from './fields.ts'

/** One run of a network; `gmac` is 10⁹ multiply-accumulates, half as many as GFLOP. */
export type NetworkSize = { input: number[]; parameters: number; gmac: number }
/** The first line of bench/speed/ours.ts. */
export type Ours = { detector: DetectorCard; recogniser: RecogniserCard }
/** What `bench/speed/peer.py --describe` says. */
export type Peers = Record<'detector' | 'recogniser', NetworkSize>

/** The peer's networks: a 4:3 field for the detector, one crop for the recogniser. */
export function peerNetworks(): Peers {
  return ask('speed/peer.py', '--describe')
}

/** What our networks compute: the detector for each tile of the bench's field, the recogniser for one crop. */
export function ourNetworks({ detector, recogniser }: Ours, models: string) {
  const side = (pixels: number) => Math.round((pixels * FIELD.umPerPixel) / detector.umPerPixel)
  const tiling = { ...detector.tile, multiple: detector.sizeMultiple }
  const tiles = tile(side(FIELD.width), side(FIELD.height), tiling)
  const { width, height } = tiles[0]!
  const { cropSize } = recogniser
  return {
    detector: { ...measure(join(models, detector.file), [1, height, width, 3]), tiles: tiles.length },
    recogniser: measure(join(models, recogniser.file), [1, cropSize, cropSize, 3]),
  }
}

function measure(file: string, shape: number[]): NetworkSize {
  return ask('speed/macs.py', file, shape.join())
}

function ask(program: string, ...args: string[]) {
  return JSON.parse(execFileSync(python(), [here(program), ...args], { encoding: 'utf8' }))
}
