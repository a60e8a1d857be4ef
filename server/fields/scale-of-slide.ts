import type { Static } from 'typebox'
import { queueAnalysis } from '../analyses/queue-analysis.ts'
import { record } from '../audit/record.ts'
import { lockCase } from '../case-lock/cases.ts'
import { markRescaled } from '../cells/mark-rescaled.ts'
import { notFound } from '../errors.ts'
import type { Ports } from '../ports.ts'
import type { SlideScaleGiven } from '../slides/schemas.ts'

/**
 * Gives all fields of a slide one scale, or says whom to believe, the files or the red cells; those that this concerns are analysed again,
 * in one go. Returns the case's id. Errors: NOT_FOUND, CASE_SIGNED, ANALYSIS_RUNNING.
 */
export async function decideScaleOfSlide(
  ports: Ports,
  slideId: string,
  given: Static<typeof SlideScaleGiven>,
  userId: string,
): Promise<string> {
  const { db } = ports
  const slide = await db.selectFrom('slides').selectAll().where('id', '=', slideId).executeTakeFirst()
  if (!slide) throw notFound('slide')
  const caseId = slide.case_id
  const decision =
    'trusted' in given
      ? { um_per_pixel: null, trusted: given.trusted }
      : { um_per_pixel: given.umPerPixel, trusted: null }
  const decide = async (trx: typeof db): Promise<string[]> => {
    await trx.updateTable('slides').set(decision).where('id', '=', slideId).execute()
    const { um_per_pixel, trusted } = slide
    await record(trx, {
      event: 'slide.scale',
      caseId,
      subjectId: slideId,
      before: { umPerPixel: um_per_pixel, trusted },
      after: given,
    })
    const fields = trx
      .selectFrom('fields')
      .select(['id', 'version', 'um_per_pixel'])
      .where('slide_id', '=', slideId)
    // What a person gave one field stays where the slide only says whom to believe.
    const concerned = await ('trusted' in given
      ? fields.where((e) => e.or([e('scale_source', 'is', null), e('scale_source', '!=', 'given')]))
      : fields
    ).execute()
    const scale = 'trusted' in given ? {} : { um_per_pixel: given.umPerPixel, scale_source: 'given' as const }
    for (const { id, version } of concerned) {
      await trx
        .updateTable('fields')
        .set({ ...scale, version: version + 1 })
        .where('id', '=', id)
        .execute()
    }
    const rescaled = concerned.filter(
      ({ um_per_pixel }) => 'umPerPixel' in given && um_per_pixel !== given.umPerPixel,
    )
    await markRescaled(
      trx,
      rescaled.map(({ id }) => id),
    )
    return concerned.map(({ id }) => id)
  }
  const { n } = await db
    .selectFrom('fields')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('slide_id', '=', slideId)
    .executeTakeFirstOrThrow()
  if (Number(n) > 0) {
    await queueAnalysis(ports, caseId, userId, decide)
    return caseId
  }
  await db.transaction().execute(async (trx) => {
    await lockCase(trx, caseId, Date.now())
    await decide(trx)
  })
  return caseId
}
