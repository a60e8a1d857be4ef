/** The table of contents: every part of the server, in the order in which it is put together. */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { INTENDED_USE } from '../cytology/index.ts'
import about from '../package.json' with { type: 'json' }
import { refuseUnknownHosts } from './accounts/known-hosts.ts'
import { accountRoutes } from './accounts/routes.ts'
import { mustBeSignedIn, sessions } from './accounts/sessions.ts'
import { administrationRoutes } from './administration/routes.ts'
import { analysisRoutes } from './analyses/routes.ts'
import { answerErrors } from './answer-errors.ts'
import { audit } from './audit/audit.ts'
import { auditRoutes } from './audit/routes.ts'
import { caseRoutes } from './cases/routes.ts'
import { cellNameRoutes } from './cell-names/routes.ts'
import { cellRoutes } from './cells/routes.ts'
import { countingRuleRoutes } from './counting-rules/routes.ts'
import { endSlowBodies, TIMES } from './deadlines.ts'
import { refuseUndeclaredRoutes } from './declared.ts'
import { demoRoutes } from './demo/routes.ts'
import { fieldRoutes } from './fields/routes.ts'
import { keepUnnamed } from './identities/keep-unnamed.ts'
import { SAYING_LITTLE } from './log-errors.ts'
import { logStream } from './log-stream.ts'
import { patientRoutes } from './patients/routes.ts'
import type { Ports } from './ports.ts'
import { printingRoutes } from './printing/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { keepBlind } from './readings/blind.ts'
import { readingRoutes } from './readings/routes.ts'
import { referenceRoutes } from './references/routes.ts'
import { referenceSetRoutes } from './references/set-routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { researchRoutes } from './research/routes.ts'
import { signingRoutes } from './signing/routes.ts'
import { slideRoutes } from './slides/routes.ts'
import { scaleProfileRoutes } from './slides/scale-profile-routes.ts'
import { statisticsRoutes } from './statistics/routes.ts'
import { webPages } from './web-pages.ts'

export type App = Awaited<ReturnType<typeof createApp>>

export async function createApp(ports: Ports) {
  const { trustedProxies, hstsSeconds, logLevel } = ports.config
  const app = fastify({
    ...TIMES,
    logger: { level: logLevel, ...SAYING_LITTLE, stream: logStream },
    bodyLimit: 4 * 1024 * 1024,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    routerOptions: { maxParamLength: 200 },
  })
    .withTypeProvider<TypeBoxTypeProvider>()
    .setValidatorCompiler(TypeBoxValidatorCompiler)
  app.decorate('ports', ports)
  endSlowBodies(app)
  refuseUndeclaredRoutes(app)
  answerErrors(app)
  refuseUnknownHosts(app, ports.config)
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        upgradeInsecureRequests: null,
      },
    },
    hsts: hstsSeconds > 0 && { maxAge: hstsSeconds, includeSubDomains: false },
  })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Marrowscope', version: about.version, description: INTENDED_USE },
    },
  })
  // The library's routes carry no permission of their own: whoever is signed in may read them.
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiHooks: { onRequest: async (request) => void (await mustBeSignedIn(request)) },
  })
  sessions(app)
  keepBlind(app)
  keepUnnamed(app)
  audit(app)
  const nouns = [
    accountRoutes,
    auditRoutes,
    administrationRoutes,
    patientRoutes,
    caseRoutes,
    demoRoutes,
    slideRoutes,
    scaleProfileRoutes,
    fieldRoutes,
    analysisRoutes,
    cellNameRoutes,
    cellRoutes,
    referenceRoutes,
    referenceSetRoutes,
    readingRoutes,
    signingRoutes,
    reportRoutes,
    printingRoutes,
    countingRuleRoutes,
    statisticsRoutes,
    researchRoutes,
    privacyRoutes,
  ]
  for (const routes of nouns) {
    await app.register(routes, { prefix: '/api' })
  }
  await app.register(webPages)
  return app
}
