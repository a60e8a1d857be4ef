import type { LabelledCrop, LabelledField, Split } from '../labelled-image.ts'

export type LayoutName = 'indexed-crops' | 'segpc' | 'txl_pbc' | 'voc' | 'coco' | 'folders'

/** One data source: a folder in a layout that can be read. Its name is the folder's. */
export interface Source {
  name: string
  dir: string
  layout: LayoutName
}

export interface ReadOptions {
  /** µm per pixel; wins over what is known of the source. */
  umPerPixel?: number
  /** Read as this layout instead of recognising it. */
  layout?: LayoutName
}

/** How one kind of folder is recognised and read. */
export interface Layout {
  name: LayoutName
  matches(dir: string): Promise<boolean>
  readFields(source: Source, split: Split, options: ReadOptions): Promise<LabelledField[]>
  readCrops(source: Source, split: Split, options: ReadOptions): Promise<LabelledCrop[]>
}
