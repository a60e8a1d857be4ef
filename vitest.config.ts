import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'demo-output/**', 'out/**', 'runs/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Real servers, queues and browsers on a busy machine.
    expect: { poll: { timeout: 20_000 } },
  },
})
