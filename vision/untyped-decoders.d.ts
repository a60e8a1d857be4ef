/** The one thing of it that is used; the types of Node leave it to those of browsers. */
declare const WebAssembly: { compile(program: Uint8Array): Promise<object> }

declare module 'heic-decode' {
  /** RGBA, upright. */
  interface Picture {
    decode(): Promise<{ width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }>
  }
  const heic: {
    all(given: { buffer: Uint8Array }): Promise<Picture[] & { dispose(): void }>
  }
  export default heic
}

declare module '@cornerstonejs/codec-openjpeg/decode' {
  interface Decoder {
    /** Where the file is to be written. */
    getEncodedBuffer(length: number): Uint8Array
    decode(): void
    getFrameInfo(): {
      width: number
      height: number
      bitsPerSample: number
      componentCount: number
      isSigned: boolean
    }
    /** A view of memory that the decoder frees: copied before use. */
    getDecodedBuffer(): Uint8Array<ArrayBuffer>
    /** As OpenJPEG numbers them: 1 sRGB, 2 grey, 3 sYCC, 5 CMYK. */
    getColorSpace(): number
    delete(): void
  }
  export default function load(options: {
    print(): void
    printErr(): void
  }): Promise<{ J2KDecoder: new () => Decoder }>
}
