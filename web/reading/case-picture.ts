/** A plain grey, where the photographs of a case were removed: its boxes, names and numbers are still shown. */
const GREY =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='512' height='384' preserveAspectRatio='none' viewBox='0 0 4 3'><path fill='%238a8a8a' d='M0 0h4v3H0z'/></svg>"

/** The address of a picture of a case, or what stands for it since `removedAt`. */
export const pictureOr = (removedAt: number | null | undefined, url: string): string =>
  removedAt ? GREY : url
