import { type CellType, isCellClass, NOT_IDENTIFIABLE } from './cell-types.ts'

/** A public set of cells with one type each, as its publishers give it out. */
export interface PublishedSet {
  id: 'tcia-marrow' | 'pbc'
  /** Title, first author, year. */
  source: string
  licence: string
  address: string
  /** As red cells measure it, see docs/training-on-public-sets.md. */
  umPerPixel: number
}

/** Of the set's abbreviations.csv those that are one of the twelve types: 'PEB', proerythroblasts, are erythroblasts here. */
const TCIA_FOLDERS: Readonly<Record<string, CellType>> = {
  BLA: 'blast',
  PMO: 'promyelocyte',
  MYB: 'myelocyte',
  MMZ: 'metamyelocyte',
  NGB: 'band_neutrophil',
  NGS: 'segmented_neutrophil',
  EOS: 'eosinophil',
  BAS: 'basophil',
  MON: 'monocyte',
  LYT: 'lymphocyte',
  PLM: 'plasma_cell',
  EBO: 'erythroblast',
  PEB: 'erythroblast',
}
/** Its folders 'ig' and 'neutrophil' hold several types, so the beginning of the file's name says it. */
const PBC_FILES: Readonly<Record<string, CellType>> = {
  PMY: 'promyelocyte',
  MY: 'myelocyte',
  MMY: 'metamyelocyte',
  BNE: 'band_neutrophil',
  SNE: 'segmented_neutrophil',
  EO: 'eosinophil',
  BA: 'basophil',
  MO: 'monocyte',
  LY: 'lymphocyte',
  ERB: 'erythroblast',
}
const PBC_FOLDERS = [
  ...['basophil', 'eosinophil', 'erythroblast', 'ig'],
  ...['lymphocyte', 'monocyte', 'neutrophil', 'platelet'],
]

const SETS: Readonly<Record<PublishedSet['id'], PublishedSet>> = {
  'tcia-marrow': {
    id: 'tcia-marrow',
    source: 'Bone-Marrow-Cytomorphology_MLL_Helmholtz_Fraunhofer, Matek et al., TCIA 2021',
    licence: 'CC BY 4.0',
    address: 'https://doi.org/10.7937/TCIA.AXH3-T579',
    umPerPixel: 0.1,
  },
  pbc: {
    id: 'pbc',
    source: 'Peripheral blood cell images, Acevedo et al., Data in Brief 2020',
    licence: 'CC BY 4.0',
    address: 'https://doi.org/10.17632/snkd93bnjr.1',
    umPerPixel: 0.1,
  },
}

export interface PublishedCrop {
  type: CellType
  /** The set whose names these are; null where the folder is named by the id of a type. */
  set: PublishedSet | null
}

/**
 * Which type a crop shows, by its path: folders named as in a published set, or by the id of a type. undefined where the path
 * does not say, or says a type that is none of the twelve.
 */
export function publishedCrop(path: string): PublishedCrop | undefined {
  const parts = path.replaceAll('\\', '/').split('/')
  const file = parts.pop() ?? ''
  const folders = parts.toReversed()
  const tcia = folders.find((name) => Object.hasOwn(TCIA_FOLDERS, name))
  if (tcia) return { type: TCIA_FOLDERS[tcia]!, set: SETS['tcia-marrow'] }
  const prefix = /^([A-Z]+)_/.exec(file)?.[1] ?? ''
  if (Object.hasOwn(PBC_FILES, prefix) && folders.some((name) => PBC_FOLDERS.includes(name.toLowerCase()))) {
    return { type: PBC_FILES[prefix]!, set: SETS.pbc }
  }
  const own = folders.find((name) => isCellClass(name) && name !== NOT_IDENTIFIABLE)
  return own === undefined ? undefined : { type: own as CellType, set: null }
}

const IMAGE = /\.(jpe?g|png|webp|tiff?)$/i

/** Whether a file of a set, by its name, can show a cell. */
export const isCropFile = (name: string): boolean => IMAGE.test(name) && !name.startsWith('.')

/** The published set whose names all of the crops bear. */
export function setOfCrops(crops: readonly Pick<PublishedCrop, 'set'>[]): PublishedSet | null {
  const set = crops[0]?.set ?? null
  return crops.every((crop) => crop.set?.id === set?.id) ? set : null
}

/** At most `most` of each type, spread evenly over the given order, so that not all come from the first slide. */
export function someOfEach<Item extends { type: CellType }>(items: readonly Item[], most: number): Item[] {
  return [...Map.groupBy(items, ({ type }) => type).values()].flatMap((all) => {
    const step = Math.max(1, all.length / most)
    return Array.from({ length: Math.min(most, all.length) }, (_, i) => all[Math.floor(i * step)]!)
  })
}
