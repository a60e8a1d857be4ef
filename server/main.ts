/** `npm start`: one process tree with the pages, the API, the database, the queue and the networks. */
import { join } from 'node:path'
import { INTENDED_USE } from '../cytology/index.ts'
import { createGivenAdministrator, offerSetup } from './accounts/first-administrator.ts'
import { startAnalysisWorker } from './analyses/worker.ts'
import { createApp } from './app.ts'
import { compareLastHead, keepHeads } from './audit/kept-heads.ts'
import { watchClock } from './clock/watch-clock.ts'
import { type Config, readConfig } from './config.ts'
import { connectDatabase } from './database/connect.ts'
import { lockDatabase } from './database/lock-database.ts'
import { mustBeWhole } from './database/marks.ts'
import { bringUpToDate, refuseLaterVersion } from './database/open.ts'
import { ReadingThreads } from './database/reading-threads.ts'
import { endRequests } from './deadlines.ts'
import { Decoding } from './decoding/decoding.ts'
import { CaseEvents } from './events.ts'
import { ChildInference } from './inference/child.ts'
import { folderId, lockFolder } from './lock-folder.ts'
import { logged } from './log-errors.ts'
import { startImageChecks } from './originals/check-images.ts'
import { narrowedSentence, narrowSite, writeForOwnerAlone } from './owner-alone.ts'
import type { Ports } from './ports.ts'
import { startRetentionWorker } from './privacy/retention-worker.ts'
import { TableQueue } from './queue/table.ts'
import { readyReferences } from './references/drawn-references.ts'
import { startExportWorker } from './research/exports.ts'
import { shutDown } from './shut-down.ts'
import { startError } from './start-error.ts'
import { FolderStorage } from './storage/folder.ts'
import { SummaryWorker } from './summaries/worker.ts'

async function start(config: Config): Promise<void> {
  writeForOwnerAlone()
  const freeFolder = lockFolder(config.dataFolder)
  const narrowed = narrowedSentence(narrowSite(config))
  if (narrowed) console.error(narrowed)
  const db = connectDatabase(config.databaseUrl)
  await mustBeWhole(db)
  await refuseLaterVersion(db)
  const lost = Promise.withResolvers<void>()
  const freeDatabase = await lockDatabase(db, folderId(config.dataFolder), lost.resolve)
  await bringUpToDate(db)
  const ports: Ports = {
    config,
    db,
    reads: new ReadingThreads(config.databaseUrl),
    storage: new FolderStorage(join(config.dataFolder, 'images')),
    queue: new TableQueue(db, { sole: true, log: (error) => console.error(logged(error as Error)) }),
    inference: new ChildInference(config.modelsFolder),
    events: new CaseEvents(),
    decoding: new Decoding(config.limits.decoding),
  }
  // Before anything is written, so that a wrong clock is compared with what was true.
  const clockWatched = await watchClock(db, (error) => console.error(logged(error as Error)))
  await compareLastHead(db, config)
  let closing = false
  const app = await createApp(ports)
  await createGivenAdministrator(ports)
  await app.listen({ host: config.host, port: config.port })
  const heads = await keepHeads(db, config, (error) => app.log.error(error, 'the audit’s end is not kept'))
  startAnalysisWorker(ports)
  readyReferences(ports).catch((error: Error) => {
    if (!closing)
      console.error(`The reference cells are not ready; the next start tries again. ${error.message}`)
  })
  startExportWorker(ports)
  await startImageChecks(ports, (error) =>
    app.log.error(error, 'no night is planned in which images are checked'),
  )
  await startRetentionWorker(ports, (error) => app.log.error(error, 'erased or old data wait to be removed'))
  const summaries = new SummaryWorker(db, (error) => app.log.error(error, 'summaries wait'))

  const close = async (code: number) => {
    // A second signal says that waiting has gone on long enough.
    if (closing) process.exit(1)
    closing = true
    const hung = await shutDown([
      {
        clock: clockWatched,
        jobs: () => ports.queue.close(),
        summaries: () => summaries.close(),
        requests: () => endRequests(app),
      },
      {
        networks: () => ports.inference.close(),
        'what is read': () => ports.reads.close(),
        'ends of the audit': () => heads.close(),
      },
      { 'lock of the database': freeDatabase },
      { database: () => db.destroy() },
      { folder: freeFolder },
    ])
    if (hung.length > 0)
      console.error(`Marrowscope ended all the same; what did not end: ${hung.join(', ')}.`)
    process.exit(hung.length > 0 ? 1 : code)
  }
  process.stderr.on('error', () => {})
  process.on('SIGTERM', () => close(0))
  process.on('SIGINT', () => close(0))
  void lost.promise.then(() => {
    console.error('Another Marrowscope works on this database now; this one ends.')
    return close(1)
  })

  console.log(`Marrowscope: ${config.origin}\n${INTENDED_USE}\nData: ${config.dataFolder}`)
  await offerSetup(ports)
}

try {
  await start(readConfig(process.env))
} catch (error) {
  console.error(`Marrowscope cannot start. ${startError(error)}`)
  process.exit(1)
}
