import { InferenceSession, Tensor } from 'onnxruntime-node'

/** A network that is ready to run: named bytes in, named floats out. The only place that knows ONNX Runtime. */
export type Network = {
  inputs: readonly string[]
  outputs: readonly string[]
  run(inputs: Record<string, Bytes>): Promise<Record<string, Floats>>
  close(): Promise<void>
}

type Bytes = { data: Uint8Array; shape: readonly number[] }
type Floats = { data: Float32Array; shape: readonly number[] }

export type NetworkOptions = {
  /** Threads that share one run; by default as many as ONNX Runtime finds cores. */
  threads?: number
}

/**
 * Opens a network from the bytes of its ONNX file. While `run` computes, the event loop of this process waits;
 * between two runs it turns, so callers give work in pieces of a fraction of a second. Calls to `run` on one
 * network queue up.
 */
export async function openNetwork(onnx: Uint8Array, { threads }: NetworkOptions = {}): Promise<Network> {
  const session = await InferenceSession.create(onnx, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // Fields differ in size: plans kept for each shape, and an arena that doubles as it grows, only hold memory.
    enableMemPattern: false,
    enableCpuMemArena: false,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  })
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(inputs) {
      const feeds = Object.entries(inputs).map(([name, { data, shape }]) => [
        name,
        new Tensor('uint8', data, shape),
      ])
      const results = await session.run(Object.fromEntries(feeds))
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims }]) => [
          name,
          { data: data as Float32Array, shape: dims },
        ]),
      )
    },
    close: () => session.release(),
  }
}
