/**
 * What an administrator looks at. The page asks again every few seconds, so that readings are not recorded; whatever is done
 * to a job is.
 */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { record } from '../audit/record.ts'
import { believeClock } from '../clock/clock-doubt.ts'
import { cancelWork, retryWork } from './change-work.ts'
import { healthOf } from './health.ts'
import { healthRoute } from './health-route.ts'
import { modelsInUse } from './models-in-use.ts'
import { peopleCounts } from './people-counts.ts'
import { remembered } from './remembered.ts'
import { Health, Job, ModelsInUse, PeopleCounts, StorageUsed } from './schemas.ts'
import { StorageMeter } from './storage-meter.ts'
import { listWork } from './work-listed.ts'

/** ms; several administrators who look cost no more than one. */
const SOON = 2000
/** ms; every case's summary is counted. */
const SELDOM = 30_000

export const administrationRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { ports } = app
  const { db } = ports
  const permission = 'settings.manage'
  await app.register(healthRoute)
  const meter = new StorageMeter(ports)
  app.addHook('onClose', () => meter.settle())
  const health = remembered(SOON, async () => ({
    at: Date.now(),
    parts: await healthOf(ports, app.journal),
  }))
  const models = remembered(SELDOM, () => modelsInUse(ports))

  app.route({
    method: 'GET',
    url: '/administration/health',
    config: { permission, audit: false },
    schema: { operationId: 'getSiteHealth', response: { 200: Health } },
    handler: () => health(),
  })

  app.route({
    method: 'POST',
    url: '/administration/clock/confirmation',
    config: { permission, audit: 'clock.confirm' },
    schema: { operationId: 'confirmClock', response: { 200: Health } },
    handler: async () => {
      await db.transaction().execute(async (trx) => {
        const seenAt = await believeClock(trx)
        await record(trx, { event: 'clock.confirm', before: { seenAt }, after: { seenAt: Date.now() } })
      })
      await app.journal.settle()
      return { at: Date.now(), parts: await healthOf(ports, app.journal) }
    },
  })

  app.route({
    method: 'GET',
    url: '/administration/storage',
    config: { permission, audit: false },
    schema: { operationId: 'getStorageUsed', response: { 200: StorageUsed } },
    handler: async () => meter.look(),
  })

  app.route({
    method: 'POST',
    url: '/administration/storage/measurement',
    config: { permission, audit: 'storage.measure' },
    schema: { operationId: 'measureStorage', response: { 200: StorageUsed } },
    handler: async () => {
      meter.start()
      return meter.look()
    },
  })

  app.route({
    method: 'GET',
    url: '/administration/models',
    config: { permission, audit: false },
    schema: { operationId: 'getModelsInUse', response: { 200: ModelsInUse } },
    handler: () => models(),
  })

  app.route({
    method: 'GET',
    url: '/administration/people',
    config: { permission, audit: false },
    schema: { operationId: 'countPeople', response: { 200: PeopleCounts } },
    handler: () => peopleCounts(db),
  })

  app.route({
    method: 'GET',
    url: '/jobs',
    config: { permission, audit: false },
    schema: { operationId: 'listJobs', response: { 200: Type.Array(Job) } },
    handler: () => listWork(db),
  })

  app.route({
    method: 'POST',
    url: '/jobs/:id/retry',
    config: { permission, audit: 'job.retry' },
    schema: { operationId: 'retryJob', params: WithId, response: { 200: Nothing } },
    handler: async ({ params, user }) => {
      await retryWork(ports, params.id, user!.id)
      return null
    },
  })

  app.route({
    method: 'POST',
    url: '/jobs/:id/cancel',
    config: { permission, audit: 'job.cancel' },
    schema: { operationId: 'cancelJob', params: WithId, response: { 200: Nothing } },
    handler: async ({ params }) => {
      await cancelWork(ports, params.id)
      return null
    },
  })
}
