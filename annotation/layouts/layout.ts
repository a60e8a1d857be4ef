import type { LabelledCrop, LabelledField, Split } from '../labelled-image.ts'

export const LAYOUT_NAMES = ['indexed-crops', 'segpc', 'txl_pbc', 'voc', 'folders', 'coco'] as const

export type LayoutName = (typeof LAYOUT_NAMES)[number]

/** One data source: a folder in a layout that can be read. Its name is the folder's. */
export interface Source {
  name: string
  dir: string
  layout: LayoutName
}

export interface ReadOptions {
  /** µm per pixel; wins over what is known of the source. */
  umPerPixel?: number
  /** Read the folder as one source in this layout instead of recognising it. */
  layout?: LayoutName
  /** Folder with the images, where they lie apart from the labels; only COCO labels name images without their place. */
  images?: string
}

/** How one kind of folder is recognised and read: its fields, or its crops, or crops out of its fields. */
export interface Layout {
  matches(dir: string): Promise<boolean>
  fields?(source: Source, split: Split, options: ReadOptions): Promise<LabelledField[]>
  /** undefined where this folder has none of its own: the cells of its fields whose label is a type are taken then. */
  crops?(source: Source, split: Split, options: ReadOptions): Promise<LabelledCrop[] | undefined>
}
