import { CELL_CLASSES, CELL_TYPES } from '../../cytology/index.ts'
import type {
  DetectorReport,
  FieldScores,
  Provenance,
  RecogniserReport,
  RecognitionScores,
} from './report.ts'

/** Reports with made-up figures, for the tests of the pages. */

const PROVENANCE: Provenance = {
  command: 'marrowscope evaluate detector --data data --split test',
  date: '2026-01-02T03:04:05.000Z',
  data: 'data',
  split: 'test',
  scale: 'given',
  model: { name: 'detector', version: '0.1.0', sha256: 'ab'.repeat(32) },
  failures: [],
}

function exampleFields(source: string, ap50: number): FieldScores {
  return {
    source,
    images: 12,
    cells: 34,
    labels: 'complete',
    ap: estimate(0.8),
    ap50: estimate(ap50),
    ap75: estimate(0.9),
    precision: estimate(0.95),
    recall: estimate(0.96),
    border: { cells: 5, recall: estimate(0.8) },
    touching: {
      merged: { detections: 2, cells: 3, share: estimate(0.088) },
      split: { cells: 1, extras: 2, share: estimate(0.029) },
    },
    duplicates: 0,
    curve: [
      { score: 0.9, recall: 0.5, precision: 1 },
      { score: 0.1, recall: 1, precision: 0.4 },
    ],
  }
}

export function examplePartialFields(source: string): FieldScores {
  const none = { ap: null, ap50: null, ap75: null, precision: null, touching: null, curve: null }
  return { ...exampleFields(source, 0), ...none, labels: 'partial' }
}

export function exampleDetectorReport(): DetectorReport {
  return {
    ...PROVENANCE,
    what: 'detector',
    scoreThreshold: 0.4,
    overall: exampleFields('all', 0.871),
    fields: [exampleFields('bccd', 0.934), examplePartialFields('segpc')],
    crops: [
      {
        source: 'matek',
        crops: 40,
        found: estimate(0.975),
        byClass: [{ class: 'blast', crops: 40, found: 39 }],
        notIdentifiable: { crops: 8, found: 2 },
        leftOut: 0,
      },
    ],
    mistakes: [
      {
        kind: 'missed',
        source: 'bccd',
        file: '/data/a.png',
        centre: [2, 4],
        box: [1, 2, 3, 4],
        score: null,
        umPerPixel: 0.1,
      },
      {
        kind: 'extra',
        source: 'bccd',
        file: '/data/b.png',
        box: [1, 2, 3, 4],
        centre: [2, 4],
        score: 0.91,
        umPerPixel: 0.1,
      },
    ],
  }
}

export function exampleScores(source: string): RecognitionScores {
  const confusion = CELL_CLASSES.map(() => CELL_CLASSES.map(() => 0))
  confusion[0]![0] = 17
  confusion[0]![2] = 3
  confusion[9]![9] = 41
  return {
    source,
    cells: 61,
    macroF1: estimate(0.9),
    accuracy: estimate(0.95),
    ece: estimate(0.03),
    eceWithNotIdentifiable: null,
    types: CELL_TYPES.slice(0, 1).map((type) => ({
      type,
      support: 20,
      precision: 1,
      recall: 0.85,
      f1: 0.919,
    })),
    lineages: {
      groups: [{ name: 'lymphoid', support: 41, precision: 0.93, recall: 1, f1: 0.965 }],
      macroF1: estimate(0.96),
    },
    merged: {
      groups: [{ name: 'band_or_segmented', support: 41, precision: 0.9, recall: 0.9, f1: 0.9 }],
      macroF1: null,
    },
    differences: [{ lineage: 'lymphoid', images: 12, bias: -1.25, low: -9, high: 6.5 }],
    confusion,
    reliability: [{ from: 0.9, to: 1, count: 61, confidence: 0.97, accuracy: 0.95 }],
    calledNotIdentifiable: 0,
    leftToPerson: estimate(0.06),
    wrongOfRest: estimate(0.04),
  }
}

export function exampleRecogniserReport(): RecogniserReport {
  return {
    ...PROVENANCE,
    what: 'recogniser',
    overall: exampleScores('all'),
    sources: [exampleScores('matek'), exampleScores('pbc')],
    outsiders: [
      { source: 'pbc', label: 'platelet', crops: 9, calledAs: { not_identifiable: 8, basophil: 1 } },
    ],
    mistakes: [
      {
        source: 'matek',
        file: '/data/<odd>.png',
        centre: [1, 2],
        umPerPixel: 0.1,
        labelled: 'blast',
        said: 'myelocyte',
        probability: 0.87,
        probabilityOfLabel: 0.1,
      },
    ],
  }
}

function estimate(value: number) {
  return { value, low: value - 0.02, high: value + 0.01 }
}
