import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { openReadingsOf } from '../readings/blind.ts'
import { CHOICES } from './choices.ts'
import { CORRECTIONS } from './corrections.ts'
import { DIFFERENCES } from './differences.ts'
import { DISTRIBUTIONS } from './distributions.ts'
import { DRIFT } from './drift.ts'
import { type CaseFilter, Filter, ReviewedFilter, type Scope } from './filter.ts'
import { OVERVIEW } from './overview.ts'
import { READER_AGREEMENT } from './readers.ts'
import {
  Choices,
  Corrections,
  Differences,
  DifferencesQuery,
  Distributions,
  Drift,
  Overview,
  OverviewQuery,
  ReaderAgreement,
} from './schemas.ts'

export const statisticsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, reads } = app.ports
  const permission = 'statistics.read'
  /** Without the cases that the caller reads blind: a share would tell what the first reader called the cells. */
  const scopeOf = async ({ user }: FastifyRequest, filter: CaseFilter): Promise<Scope> => ({
    filter,
    blind: [...(await openReadingsOf(db, user!.id)).keys()],
  })

  app.route({
    method: 'GET',
    url: '/statistics/choices',
    config: { permission, audit: false },
    schema: { operationId: 'getStatisticsChoices', response: { 200: Choices } },
    handler: () => reads.ask(CHOICES),
  })

  app.route({
    method: 'GET',
    url: '/statistics/overview',
    config: { permission, audit: 'statistics.overview' },
    schema: { operationId: 'getOverview', querystring: OverviewQuery, response: { 200: Overview } },
    handler: async (request) => {
      const { by = 'month', ...filter } = request.query
      return reads.ask(OVERVIEW, await scopeOf(request, filter), by)
    },
  })

  app.route({
    method: 'GET',
    url: '/statistics/types',
    config: { permission, audit: 'statistics.types' },
    schema: { operationId: 'getDistributions', querystring: Filter, response: { 200: Distributions } },
    handler: async (request) => reads.ask(DISTRIBUTIONS, await scopeOf(request, request.query)),
  })

  app.route({
    method: 'GET',
    url: '/statistics/corrections',
    config: { permission, audit: 'statistics.corrections' },
    schema: { operationId: 'getCorrections', querystring: ReviewedFilter, response: { 200: Corrections } },
    handler: async (request) => {
      const { confirmed = 'all', ...filter } = request.query
      return reads.ask(CORRECTIONS, await scopeOf(request, filter), confirmed)
    },
  })

  app.route({
    method: 'GET',
    url: '/statistics/drift',
    config: { permission, audit: 'statistics.drift' },
    schema: { operationId: 'getDrift', querystring: ReviewedFilter, response: { 200: Drift } },
    handler: async (request) => {
      const { confirmed = 'all', ...filter } = request.query
      return reads.ask(DRIFT, await scopeOf(request, filter), confirmed)
    },
  })

  app.route({
    method: 'GET',
    url: '/statistics/differences',
    config: { permission, audit: 'statistics.differences' },
    schema: {
      operationId: 'getDifferences',
      querystring: DifferencesQuery,
      response: { 200: Differences },
    },
    handler: async (request) => {
      const { of = 'blast', ...filter } = request.query
      return reads.ask(DIFFERENCES, await scopeOf(request, filter), of)
    },
  })

  app.route({
    method: 'GET',
    url: '/statistics/readers',
    config: { permission, audit: 'statistics.readers' },
    schema: { operationId: 'getReaderAgreement', querystring: Filter, response: { 200: ReaderAgreement } },
    handler: async (request) => reads.ask(READER_AGREEMENT, await scopeOf(request, request.query)),
  })
}
