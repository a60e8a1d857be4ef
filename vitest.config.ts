import { defineConfig } from 'vitest/config'
import type { Reporter } from 'vitest/node'

/** Names the tests that did not pass the first time, so that a race is seen and mended. */
const secondTries: Reporter = {
  onTestRunEnd(modules) {
    const retried = modules
      .flatMap((module) => [...module.children.allTests()])
      .filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0)
    for (const test of retried) console.log(`Tried a second time: ${test.module.moduleId} > ${test.fullName}`)
  },
}

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'demo-output/**', 'out/**', 'runs/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Real servers, queues and browsers on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    retry: 1,
    reporters: ['default', secondTries],
  },
})
