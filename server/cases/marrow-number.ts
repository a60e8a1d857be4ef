import type { Kysely } from 'kysely'
import { numberKey, writtenNumber } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'

/** A marrow number as it is kept. Errors: MARROW_NUMBER_EMPTY. */
export function marrowNumberColumns(given: string) {
  const number = writtenNumber(given)
  if (!number) throw new HttpError(400, 'MARROW_NUMBER_EMPTY', 'Give the case a marrow number.')
  return { marrow_number: number, marrow_number_key: numberKey(number) }
}

/** Errors: MARROW_NUMBER_TAKEN where another case than `own` has it. */
export async function refuseIfTaken(
  trx: Kysely<Database>,
  number: ReturnType<typeof marrowNumberColumns>,
  own?: string,
): Promise<void> {
  const same = await trx
    .selectFrom('cases')
    .select('id')
    .where('marrow_number_key', '=', number.marrow_number_key)
    .where('id', '!=', own ?? '')
    .executeTakeFirst()
  if (same) throw taken(number.marrow_number)
}

export const taken = (marrowNumber: string) =>
  new HttpError(
    409,
    'MARROW_NUMBER_TAKEN',
    `There is a case with the marrow number ${marrowNumber} already. Open that one, or give this one another number.`,
  )
