/** The report of a case in four forms, and whether one that is at hand was signed here. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Report } from '../../cytology/index.ts'
import { WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import type { Config } from '../config.ts'
import { HttpError } from '../errors.ts'
import { reportShown } from '../identities/report-shown.ts'
import { ReportReader } from '../signing/report-reader.ts'
import { AddendumPreviews } from './addendum-previews.ts'
import { reportCsv } from './csv.ts'
import { openVerification } from './open-verification.ts'
import { PdfMaker } from './pdf/pdf-maker.ts'
import type { Language } from './pdf/words.ts'
import { ReportPictures } from './pictures.ts'
import { AddendumPreview, AddendumText, OpenVerification, ReportQuery, Verification } from './schemas.ts'
import { sheetOfCase } from './sheet-of-case.ts'
import { verify } from './verify.ts'
import { reportWorkbook } from './workbook.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** The browser's own viewer of PDFs is a plug-in to this policy; nothing else may be loaded by the document. */
const PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

export const printingRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config } = app.ports
  const previews = new AddendumPreviews()
  const pdfs = new PdfMaker()
  const pictures = new ReportPictures(app.ports)
  const reports = new ReportReader(app.ports)
  app.addHook('onClose', async () => {
    await pdfs.close()
    await reports.close()
  })

  const reading = { permission: 'case.read', audit: 'report.read', unnamed: true } as const
  const file = (type: string) => ({ 200: { content: { [type]: { schema: Type.Any() } } } })

  app.route({
    method: 'GET',
    url: '/cases/:id/report.pdf',
    config: reading,
    schema: {
      operationId: 'getReportPdf',
      params: WithId,
      querystring: ReportQuery,
      response: file('application/pdf'),
    },
    handler: async (request, reply) => {
      const language = request.query.lang ?? request.user!.locale
      const { id } = request.params
      const { addendum } = request.query
      const preview = addendum && previews.find(addendum, id, request.user!.id, Date.now())
      if (addendum && !preview) throw previewGone()
      const added = preview ? { ...preview, sha256: '' } : undefined
      const asked = addressOf(request, config)
      const whole = await sheetOfCase(app.ports, reports, pictures, id, language, asked, added)
      const sheet = { ...whole, report: await reportShown(request, whole.report) }
      const pdf = await pdfs.make(sheet)
      reply.header('content-security-policy', PDF_POLICY)
      return named(reply, 'inline', sheet.report, language, 'pdf').type('application/pdf').send(pdf)
    },
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/report.csv',
    config: reading,
    schema: {
      operationId: 'getReportCsv',
      params: WithId,
      querystring: ReportQuery,
      response: file('text/csv'),
    },
    handler: async (request, reply) => {
      const language = request.query.lang ?? request.user!.locale
      const report = await reportShown(request, await reports.report(request.params.id))
      const csv = reportCsv(report, language)
      return named(reply, 'attachment', report, language, 'csv').type('text/csv; charset=utf-8').send(csv)
    },
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/report.xlsx',
    config: reading,
    schema: {
      operationId: 'getReportWorkbook',
      params: WithId,
      querystring: ReportQuery,
      response: file(XLSX),
    },
    handler: async (request, reply) => {
      const language = request.query.lang ?? request.user!.locale
      const report = await reportShown(request, await reports.report(request.params.id))
      const workbook = await reportWorkbook(report, language)
      return named(reply, 'attachment', report, language, 'xlsx').type(XLSX).send(workbook)
    },
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/report.json',
    config: reading,
    schema: {
      operationId: 'getReport',
      params: WithId,
      response: { 200: Type.Unknown({ description: 'a Report of cytology/report.ts, with its notice' }) },
    },
    handler: async (request, reply) => {
      const report = await reportShown(request, await reports.report(request.params.id))
      reply.header('cache-control', 'no-store')
      return report
    },
  })

  app.route({
    method: 'POST',
    url: '/cases/:id/addenda/previews',
    config: { permission: 'case.sign', audit: 'report.read' },
    schema: {
      operationId: 'previewAddendum',
      params: WithId,
      body: AddendumText,
      response: { 200: AddendumPreview },
    },
    handler: async (request) => {
      const { id: caseId } = await findCase(db, request.params.id)
      const { id: userId, name: userName } = request.user!
      const { text } = request.body
      return { id: previews.keep({ caseId, userId, userName, text, at: Date.now() }) }
    },
  })

  app.route({
    method: 'GET',
    url: '/verify/:sha256',
    // Whoever holds the page may ask, with no account. A hash cannot be guessed, but asking costs the server work.
    config: {
      permission: 'public',
      audit: 'signature.verify',
      rateLimit: { max: 30, timeWindow: 60_000 },
    },
    schema: {
      operationId: 'verifyReport',
      params: Type.Object({ sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      response: { 200: OpenVerification },
    },
    handler: (request, reply) => {
      reply.header('cache-control', 'no-store')
      return openVerification(db, reports, request.params.sha256)
    },
  })

  app.route({
    method: 'GET',
    url: '/signatures/:sha256',
    // Only who may read the case is told whose report it is.
    config: { permission: 'case.read', audit: 'signature.read' },
    schema: {
      operationId: 'verifySignature',
      params: Type.Object({ sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      response: { 200: Verification },
    },
    handler: (request) => verify(db, reports, request.params.sha256),
  })
}

/** Where people reach the site: as whoever runs it says, else as this request came. */
const addressOf = (request: FastifyRequest, { origin, originGiven }: Config): string =>
  originGiven ? origin : `${request.protocol}://${request.host}`

const previewGone = () =>
  new HttpError(404, 'PREVIEW_GONE', 'This preview is no longer kept. Ask for it again.')

/** A patient's report is kept by no cache; its file is named after the marrow number. */
function named(
  reply: FastifyReply,
  how: 'inline' | 'attachment',
  { case: { marrowNumber } }: Report,
  language: Language,
  ending: string,
) {
  const name = encodeURIComponent(`marrow-${marrowNumber}-${language}.${ending}`)
  return reply
    .header('cache-control', 'no-store')
    .header(
      'content-disposition',
      `${how}; filename*=UTF-8''${name.replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    )
}
