import { reactive } from 'vue'
import { ApiError, api } from './api/client.ts'
import type { Me, SiteState } from './api/types.ts'
import { setLocale } from './i18n/index.ts'

/** Who is signed in, and what the site says of itself to anyone. */
const session = reactive({
  me: null as Me | null,
  state: null as SiteState | null,
  /** It ended in the middle, and the person is asked to sign in again. */
  expired: false,
  may(permission: Me['permissions'][number]): boolean {
    return session.me?.permissions.includes(permission) ?? false
  },
  /** Find out who is signed in; false when no one is. */
  async load(): Promise<boolean> {
    if (session.me) return true
    session.state = await api.get('/api/state')
    try {
      session.enter(await api.get('/api/me'))
      return true
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return false
      throw error
    }
  },
  enter(me: Me): void {
    session.me = me
    session.expired = false
    if (localStorage.getItem('locale') === null) void setLocale(me.locale)
  },
  async signOut(): Promise<void> {
    await api.delete('/api/session')
    session.me = null
  },
})

/** The one session of the page. */
export const useSession = () => session
