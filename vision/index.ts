/** An image in, cells out. Knows no patient, no database, no HTTP; never prints, exits or reads the environment. */

export {
  type AnalyseOptions,
  analyseField,
  checkScale,
  fieldEvidence,
  type SeenCell,
  type SeenField,
  scaleContradicted,
  seeField,
} from './analyse.ts'
export { type Box, clip, intersection, iou } from './box.ts'
export { bytesToDecode } from './bytes-to-decode.ts'
export { type Crops, crops, type Point } from './crops.ts'
export {
  decode,
  type FieldImage,
  fromUprightPicture,
  imageFromRaster,
  MAX_PIXELS,
  openImage,
  type Raster,
} from './decode.ts'
export { type DetectedCell, type DetectOptions, detectCells, type Steps } from './detect.ts'
export { FORMATS_READ, isNamedLikePicture, kindOfFile, refuseByEnding } from './file-kind.ts'
export { findNuclei } from './find-nuclei.ts'
export { cosine, type KnownCells, loadKnownCells, type Neighbours, nearestKnown } from './known-cells.ts'
export { measureCell } from './measure/measure-cell.ts'
export type { Cards, DetectorCard, RecogniserCard } from './model-card.ts'
export {
  closeModels,
  type Detector,
  loadDetector,
  loadModels,
  loadRecogniser,
  type Models,
  type Recogniser,
  readCards,
} from './models.ts'
export { nms, type Scored } from './nms.ts'
export { raster } from './raster.ts'
export { type Recognition, recogniseCells } from './recognise.ts'
export {
  AnalysisResult,
  analysisResult,
  type CellResult,
  type FieldFailure,
  type FieldResult,
  type SlideResult,
  type Warning,
} from './result.ts'
export { DEFAULT_UM_PER_PIXEL, estimateScale, type ScaleEstimate } from './scale/estimate-scale.ts'
export { poolScale } from './scale/pool-scale.ts'
export {
  CHECKED_FIELDS,
  type FieldEvidence,
  type FieldScale,
  fieldsToCheck,
  type ScaleSource,
  sharedScales,
  slideScales,
  type Trusted,
} from './scale/slide-scale.ts'
export { calibratedScore, composed, networkScore, type ScoreCalibration } from './score-calibration.ts'
export type { NetworkOptions } from './sessions.ts'
export { type NamedCell, unlikeType } from './unlike-type.ts'
