import { defineStore } from 'pinia'
import { ApiError, api } from './api/client.ts'
import type { Me, SiteState } from './api/types.ts'
import { setLocale } from './i18n/index.ts'

/** Who is signed in, and what the site says of itself to anyone. */
export const useSession = defineStore('session', {
  state: () => ({ me: null as Me | null, state: null as SiteState | null, expired: false }),
  getters: {
    may: (session) => (permission: Me['permissions'][number]) =>
      session.me?.permissions.includes(permission) ?? false,
  },
  actions: {
    /** Find out who is signed in; false when no one is. */
    async load(): Promise<boolean> {
      if (this.me) return true
      this.state = await api.get('/api/state')
      try {
        this.enter(await api.get('/api/me'))
        return true
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return false
        throw error
      }
    },
    enter(me: Me): void {
      this.me = me
      this.expired = false
      if (localStorage.getItem('locale') === null) setLocale(me.locale)
    },
    async signOut(): Promise<void> {
      await api.delete('/api/session')
      this.me = null
    },
  },
})
