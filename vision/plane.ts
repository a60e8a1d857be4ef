/** One channel, row by row from the top. */
export type Plane = { data: Float32Array; width: number; height: number }

/** Half as wide and high (rounded down); each pixel the mean of four. */
export function halve({ data, width, height }: Plane): Plane {
  const w = width >> 1
  const h = height >> 1
  const out = new Float32Array(w * h)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = 2 * y * width + 2 * x
      out[y * w + x] = (data[i]! + data[i + 1]! + data[i + width]! + data[i + width + 1]!) / 4
    }
  }
  return { data: out, width: w, height: h }
}

/** Sum of the 3 × 3 pixels around each, with weights 1 `centre` 1 along each axis; edge pixels are repeated. */
export function blur3({ data, width, height }: Plane, centre: number): Plane {
  const rows = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      rows[i] = data[i]! * centre + data[x > 0 ? i - 1 : i]! + data[x < width - 1 ? i + 1 : i]!
    }
  }
  const out = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      out[i] = rows[i]! * centre + rows[y > 0 ? i - width : i]! + rows[y < height - 1 ? i + width : i]!
    }
  }
  return { data: out, width, height }
}
