/** The one thing of it that is used; the types of Node leave it to those of browsers. */
declare const WebAssembly: { compile(program: Uint8Array): Promise<object> }

declare module 'libheif-js/wasm-bundle.js' {
  interface Picture {
    handle: unknown
    free(): void
  }
  interface Decoder {
    decoder?: { delete(): void }
    /** Every picture of the file that stands for itself. */
    decode(file: Uint8Array): Picture[]
  }
  interface Plane {
    width: number
    height: number
    /** Bytes of a row. */
    stride: number
    data: Uint8Array
  }
  const heif: {
    HeifDecoder: new () => Decoder
    heif_colorspace: { heif_colorspace_RGB: unknown }
    heif_chroma: { heif_chroma_interleaved_RGBA: unknown }
    /** Without `channels` where it went wrong. */
    heif_js_decode_image2(
      handle: unknown,
      colorspace: unknown,
      chroma: unknown,
    ): Promise<{ channels?: Plane[]; image?: unknown }>
    heif_image_release(image: unknown): void
  }
  export default heif
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
