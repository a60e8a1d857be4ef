export type { CocoDocument, CocoImage } from './coco.ts'
export { fieldsOfCoco, parseCoco, toCoco } from './coco.ts'
export type { Box, BoxLabel, LabelledBox, LabelledCrop, LabelledField, Split } from './labelled-image.ts'
export { boxCentre, isCellClass, isNucleated, touchesEdge } from './labelled-image.ts'
export type { LayoutName, ReadOptions, Source } from './layouts/layout.ts'
export { LAYOUT_NAMES } from './layouts/layout.ts'
export { layoutOf, readCrops, readFields } from './layouts/read.ts'
export type { CocoMetrics, CocoOptions, CurvePoint } from './metrics/average-precision.ts'
export {
  averagePrecisionAt,
  COCO_IOUS,
  cocoMetrics,
  precisionRecallCurve,
} from './metrics/average-precision.ts'
export type { BootstrapOptions, Interval } from './metrics/bootstrap.ts'
export { bootstrap } from './metrics/bootstrap.ts'
export type { Answer, Calibration, ReliabilityBin } from './metrics/calibration.ts'
export { calibration } from './metrics/calibration.ts'
export type { ClassFigures, ClassificationFigures, NamedCell } from './metrics/classification.ts'
export { classificationFigures, confusionMatrix } from './metrics/classification.ts'
export type { DetectionRates, RatesOptions } from './metrics/detection-rates.ts'
export { detectionRates } from './metrics/detection-rates.ts'
export type { Detection, EvaluatedImage, GroundTruth } from './metrics/evaluated-image.ts'
export { evaluatedImage } from './metrics/evaluated-image.ts'
export type { Scene } from './metrics/matching.ts'
export { matchScene, scenesOf } from './metrics/matching.ts'
export { iou } from './metrics/overlap.ts'
export { parseVoc } from './voc.ts'
export { parseYolo } from './yolo.ts'
