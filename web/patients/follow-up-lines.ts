/** What the follow-up curves draw, as plain data. */
import { LINEAGES, type Lineage } from '../../cytology/index.ts'
import type { FollowUp } from '../api/types.ts'

export type Line = 'blast' | Lineage
type Point = FollowUp['points'][number]
export type Share = NonNullable<Point['blast']>

/** Each with its colour on a light and on a dark ground, and its own mark and dash, so that no one needs the colour. */
export const LINES: Record<Line, { light: string; dark: string; mark: string; dash: number[] | 'solid' }> = {
  blast: { light: '#a35a00', dark: '#f7b014', mark: 'circle', dash: 'solid' },
  granulocytic: { light: '#9342d8', dark: '#c79bf2', mark: 'rect', dash: [6, 3] },
  erythroid: { light: '#a00009', dark: '#ff8a8a', mark: 'triangle', dash: [2, 3] },
  monocytic: { light: '#1d7068', dark: '#5cc4b8', mark: 'diamond', dash: [8, 3, 2, 3] },
  lymphoid: { light: '#1b66c0', dark: '#7ab8fb', mark: 'roundRect', dash: [12, 3] },
  plasma_cell: { light: '#3111be', dark: '#a99cff', mark: 'pin', dash: [4, 2] },
}
export const LINE_IDS = ['blast', ...(Object.keys(LINEAGES) as Lineage[])] as const satisfies readonly Line[]

export const shareOf = (point: Point, line: Line): Share | null =>
  line === 'blast' ? point.blast : point.lineages[line]

/** One decimal, with the ends of the interval: '12.3 (9.8–15.1)'. */
export function inWords(share: Share | null): string {
  if (!share || share.percent === null) return '–'
  return `${share.percent.toFixed(1)} (${share.low!.toFixed(1)}–${share.high!.toFixed(1)})`
}

/** The table behind the curves, one row a case, with the ends of the intervals in columns of their own. */
export function followUpRows(
  points: readonly Point[],
  head: { date: string; number: string; state: string; counted: string },
  nameOf: (line: Line) => string,
  stateOf: (signed: boolean) => string,
): (string | number)[][] {
  const lines = LINE_IDS.flatMap((line) => [
    `${nameOf(line)} %`,
    `${nameOf(line)} 95 % −`,
    `${nameOf(line)} 95 % +`,
  ])
  return [
    [head.date, head.number, head.state, head.counted, ...lines],
    ...points.map((point) => [
      point.receivedOn,
      point.marrowNumber,
      stateOf(point.signed),
      point.counted,
      ...LINE_IDS.flatMap((line) => {
        const share = shareOf(point, line)
        return [share?.percent, share?.low, share?.high].map((value) =>
          value == null ? '' : value.toFixed(2),
        )
      }),
    ]),
  ]
}
