import { setTimeout } from 'node:timers/promises'
import type { Static } from 'typebox'
import { DEFAULT_UM_PER_PIXEL } from '../../vision/index.ts'
import type { NamedCell } from '../inference/inference.ts'
import { originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import { boxOf, isValidBox } from './cell-box.ts'
import type { CellChanges } from './schemas.ts'

type Asked = Static<typeof CellChanges>['changes'][number]

/** Boxes of one request that are looked at; the pages adjust one at a time, and a hundred take some two seconds. */
const MOST = 100
/** ms; networks that are busy or stuck hold no one's work up for longer. */
const PATIENCE = 10_000

/**
 * What the networks say of boxes that are about to be set, by the cells' ids. Where they fail, or where a box will be
 * refused anyway, the cell is left out: its change is saved with the name that it had, and `failed` hears why.
 */
export async function nameAgain(
  ports: Ports,
  caseId: string,
  asked: readonly Asked[],
  failed: (error: unknown) => void,
): Promise<Map<string, NamedCell>> {
  const { db, inference } = ports
  const named = new Map<string, NamedCell>()
  const moved = asked.filter(({ set }) => set.box).slice(0, MOST)
  if (moved.length === 0) return named
  const rows = await db
    .selectFrom('cells')
    .innerJoin('fields', 'fields.id', 'field_id')
    .select(['cells.id', 'cells.version', 'fields.width', 'fields.height', 'field_id', 'um_per_pixel'])
    .where('cells.case_id', '=', caseId)
    .where(
      'cells.id',
      'in',
      moved.map(({ id }) => id),
    )
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const giveUp = new AbortController()
  const tooLong = setTimeout(PATIENCE, undefined, { signal: giveUp.signal }).catch(() => undefined)
  try {
    for (const { id, version, set } of moved) {
      const row = byId.get(id)
      const box = set.box!
      if (row?.version !== version || !isValidBox(box, row)) continue
      const file = await originalOf(ports, row.field_id)
      const scale = row.um_per_pixel ?? DEFAULT_UM_PER_PIXEL
      const answer = inference.recognise(file, scale, boxOf(box))
      const seen = await Promise.race([answer, tooLong])
      if (!seen) throw new Error(`The networks did not answer within ${PATIENCE} ms.`)
      named.set(id, seen)
    }
  } catch (error) {
    failed(error)
  } finally {
    giveUp.abort()
  }
  return named
}
