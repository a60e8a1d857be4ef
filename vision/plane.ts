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

/** Gaussian blur with this standard deviation in pixels; edge pixels are repeated. */
export function gaussian({ data, width, height }: Plane, sigma: number): Plane {
  const reach = Math.ceil(2.5 * sigma)
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  )
  const total = weights.reduce((sum, weight) => sum + weight)
  const kernel = weights.map((weight) => weight / total)
  const rows = new Float32Array(data.length)
  const line = new Float32Array(width + 2 * reach)
  for (let y = 0; y < height; y++) {
    line.fill(data[y * width]!, 0, reach)
    line.set(data.subarray(y * width, (y + 1) * width), reach)
    line.fill(data[(y + 1) * width - 1]!, reach + width)
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let k = 0; k < kernel.length; k++) sum += kernel[k]! * line[x + k]!
      rows[y * width + x] = sum
    }
  }
  const out = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < kernel.length; k++) {
      const from = Math.min(Math.max(y + k - reach, 0), height - 1) * width
      const weight = kernel[k]!
      for (let x = 0, i = y * width; x < width; x++, i++) out[i]! += weight * rows[from + x]!
    }
  }
  return { data: out, width, height }
}
