import { createRouter, createWebHistory } from 'vue-router'
import { line, whenBack } from './api/line.ts'
import type { Me } from './api/types.ts'
import { lazy } from './lazy.ts'
import { useSession } from './session.ts'
import WorklistPage from './worklist/worklist-page.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Without signing in. */
    open?: boolean
    /** What somebody must be allowed to see it. */
    needs?: Me['permissions'][number]
  }
}

const door = lazy(() => import('./door/door-page.vue'))

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: WorklistPage },
    { path: '/sign-in', component: door, props: { mode: 'sign-in' }, meta: { open: true } },
    { path: '/setup', component: door, props: { mode: 'setup' }, meta: { open: true } },
    { path: '/join', component: door, props: { mode: 'join' }, meta: { open: true } },
    { path: '/reset', component: door, props: { mode: 'reset' }, meta: { open: true } },
    {
      path: '/new',
      component: lazy(() => import('./worklist/new-case-page.vue')),
      meta: { needs: 'case.write' },
    },
    { path: '/inbox', component: lazy(() => import('./inbox/inbox-page.vue')) },
    { path: '/patients', component: lazy(() => import('./patients/patients-page.vue')) },
    {
      path: '/patients/import',
      component: lazy(() => import('./patients/import/import-page.vue')),
      meta: { needs: 'case.write' },
    },
    { path: '/patient/:id', component: lazy(() => import('./patients/patient-page.vue')), props: true },
    { path: '/account', component: lazy(() => import('./people/account-page.vue')) },
    {
      path: '/audit',
      component: lazy(() => import('./audit/audit-page.vue')),
      meta: { needs: 'audit.read' },
    },
    {
      path: '/administration',
      component: lazy(() => import('./administration/administration-page.vue')),
      meta: { needs: 'settings.manage' },
    },
    {
      path: '/analysis',
      component: lazy(() => import('./statistics/statistics-page.vue')),
      meta: { needs: 'statistics.read' },
    },
    {
      path: '/people',
      component: lazy(() => import('./people/people-page.vue')),
      meta: { needs: 'users.manage' },
    },
    {
      path: '/settings/report',
      component: lazy(() => import('./settings/report-settings-page.vue')),
      meta: { needs: 'settings.manage' },
    },
    {
      path: '/settings/counting',
      component: lazy(() => import('./settings/counting-settings-page.vue')),
      meta: { needs: 'settings.manage' },
    },
    {
      path: '/settings/names',
      component: () => import('./settings/cell-names-page.vue'),
      meta: { needs: 'settings.manage' },
    },
    {
      path: '/settings/retention',
      component: lazy(() => import('./settings/retention-page.vue')),
      meta: { needs: 'privacy.manage' },
    },
    {
      path: '/settings/references',
      component: lazy(() => import('./settings/references-page.vue')),
      meta: { needs: 'settings.manage' },
    },
    { path: '/settings/scale', component: lazy(() => import('./scale/scale-profiles-page.vue')) },
    {
      path: '/verify/:sha256',
      component: lazy(() => import('./report/verify-page.vue')),
      props: true,
      meta: { open: true },
    },
    { path: '/case/:id/:tab?', component: lazy(() => import('./reading/case-page.vue')), props: true },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

/** While the server does not answer it is asked again: the page is opened when it does. */
async function signedIn(): Promise<boolean> {
  const session = useSession()
  for (;;) {
    try {
      return await session.load()
    } catch (error) {
      if (line.lostAt === null) throw error
      await new Promise<void>((done) => {
        const stop = whenBack(() => {
          stop()
          done()
        })
      })
    }
  }
}

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const session = useSession()
  if (await signedIn()) return true
  return session.state?.needsSetup ? '/setup' : { path: '/sign-in', query: { next: to.fullPath } }
})
