import { ref } from 'vue'
import { useI18n } from 'vue-i18n'

interface Options {
  /** `said` tells when it was saved. */
  saying?: boolean
  /** Done afterwards, whether it went well or not: what the page shows is asked for again. */
  after?: () => Promise<unknown>
}

/**
 * Carries out what a person asked for, and holds what is to be said of it: `failure` is the sentence of what went wrong, ''
 * while nothing did; `busy` while it is being done. `attempt` gives whether it went well; it never throws.
 */
export function useAttempt({ saying = false, after }: Options = {}) {
  const { t } = useI18n()
  const failure = ref('')
  const said = ref('')
  const busy = ref(false)

  async function attempt(action: () => Promise<unknown>): Promise<boolean> {
    failure.value = said.value = ''
    busy.value = true
    try {
      await action()
      if (saying) said.value = t('app.saved')
    } catch (error) {
      failure.value = (error as Error).message
    }
    busy.value = false
    await after?.()
    return failure.value === ''
  }
  return { attempt, busy, failure, said }
}
