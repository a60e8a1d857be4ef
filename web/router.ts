import { createRouter, createWebHistory } from 'vue-router'
import type { Me } from './api/types.ts'
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

const door = () => import('./door/door-page.vue')

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: WorklistPage },
    { path: '/sign-in', component: door, props: { mode: 'sign-in' }, meta: { open: true } },
    { path: '/setup', component: door, props: { mode: 'setup' }, meta: { open: true } },
    { path: '/join', component: door, props: { mode: 'join' }, meta: { open: true } },
    { path: '/reset', component: door, props: { mode: 'reset' }, meta: { open: true } },
    { path: '/new', component: () => import('./worklist/new-case-page.vue'), meta: { needs: 'case.write' } },
    { path: '/patients', component: () => import('./patients/patients-page.vue') },
    {
      path: '/patients/import',
      component: () => import('./patients/import/import-page.vue'),
      meta: { needs: 'case.write' },
    },
    { path: '/patient/:id', component: () => import('./patients/patient-page.vue'), props: true },
    { path: '/account', component: () => import('./people/account-page.vue') },
    { path: '/audit', component: () => import('./audit/audit-page.vue'), meta: { needs: 'audit.read' } },
    {
      path: '/administration',
      component: () => import('./administration/administration-page.vue'),
      meta: { needs: 'settings.manage' },
    },
    {
      path: '/analysis',
      component: () => import('./statistics/statistics-page.vue'),
      meta: { needs: 'statistics.read' },
    },
    { path: '/people', component: () => import('./people/people-page.vue'), meta: { needs: 'users.manage' } },
    {
      path: '/settings/report',
      component: () => import('./settings/report-settings-page.vue'),
      meta: { needs: 'settings.manage' },
    },
    {
      path: '/settings/counting',
      component: () => import('./settings/counting-settings-page.vue'),
      meta: { needs: 'settings.manage' },
    },
    {
      path: '/settings/names',
      component: () => import('./settings/cell-names-page.vue'),
      meta: { needs: 'settings.manage' },
    },
    {
      path: '/settings/retention',
      component: () => import('./settings/retention-page.vue'),
      meta: { needs: 'privacy.manage' },
    },
    { path: '/settings/scale', component: () => import('./scale/scale-profiles-page.vue') },
    { path: '/verify/:sha256', component: () => import('./report/verify-page.vue'), props: true },
    { path: '/case/:id/:tab?', component: () => import('./reading/case-page.vue'), props: true },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const session = useSession()
  if (await session.load()) return true
  return session.state?.needsSetup ? '/setup' : { path: '/sign-in', query: { next: to.fullPath } }
})
