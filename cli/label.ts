import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { FORMAT_NAMES } from '../annotation/index.ts'
import { agreeLabels } from './label/agree.ts'
import { applyLabels } from './label/apply.ts'
import { agreeCellReadings, applyCellReadings } from './label/cells/cells.ts'
import { labelCellSheets } from './label/cells/sheet.ts'
import { checkLabels } from './label/check.ts'
import { convertLabels } from './label/convert.ts'
import { nextToLabel } from './label/next.ts'
import { proposeLabels } from './label/propose.ts'
import { labelSheets } from './label/sheet.ts'

const MODELS = join(import.meta.dirname, '../models')

/** `label`: boxes proposed, shown to a person, corrected, checked and converted. */
export function labelCommand(program: Command): void {
  const label = program
    .command('label')
    .description('label the cells of fields: propose boxes, look at them, correct, check, convert, compare')

  label
    .command('next')
    .description('rank images by how far the ways to find cells disagree on them, with the reason')
    .argument('<files or folders...>', 'images, or folders of them')
    .requiredOption('--out <csv>', 'table to write: rank, image, score, reason')
    .option('--count <n>', 'so many images at most', count)
    .option('--labels <path>', 'labels that are there: their images are passed over')
    .option('--index <csv>', 'table with the columns file and split')
    .addOption(new Option('--split <name>', 'only images of this split').choices(['train', 'val', 'test']))
    .option('--masks <csv>', 'boxes that are known, e.g. plasma_boxes.csv')
    .option('--scale <µm per pixel>', 'scale of all images (default: metadata, else estimated)', scale)
    .option('--models <dir>', 'folder with the networks and their cards', MODELS)
    .action(nextToLabel)

  label
    .command('propose')
    .description('propose a box for each cell; leaves a labelme file an image')
    .argument('<files or folders...>', 'images, or folders of them')
    .requiredOption('--out <dir>', 'folder for the labelme files')
    .option('--only <csv>', 'only the images in this table (column image), e.g. of label next')
    .option(
      '--masks <csv>',
      'boxes that are known: image, x, y, width w, height h, perhaps label, merged_suspect',
    )
    .option('--masks-label <label>', 'label of the known boxes that have none', 'plasma_cell')
    .option('--no-classical', 'leave out nuclei that only their stain shows')
    .option(
      '--threshold <score>',
      "score from which a detection is proposed (default: the detector's)",
      share,
    )
    .option('--scale <µm per pixel>', 'scale of all images (default: metadata, else estimated)', scale)
    .option('--models <dir>', 'folder with the networks and their cards', MODELS)
    .action(proposeLabels)

  label
    .command('sheet')
    .description('draw each labelled image with numbered boxes, and once more without, as one PNG')
    .argument('<labels>', 'labelled images in any format')
    .requiredOption('--images <dir>', 'folder with the images')
    .requiredOption('--out <dir>', 'folder for the sheets')
    .option('--only <csv>', 'only the images in this table (column image)')
    .option('--zoom <n>', 'enlargement', zoom, 3)
    .action(labelSheets)

  label
    .command('apply')
    .description('correct proposals as files of corrections say; images that they do not name are left out')
    .argument('<labels>', 'the proposals, in any format')
    .argument(
      '<corrections...>',
      'text files: [image], then lines such as "- 7", "7: 10 20 50 60", "+ 10 20 50 60", "7 ignore naked"',
    )
    .requiredOption('--out <dir>', 'folder for the corrected labels')
    .addOption(
      new Option('--to <format>', 'format of the corrected labels').choices(FORMAT_NAMES).default('labelme'),
    )
    .action(applyLabels)

  label
    .command('check')
    .description('list all that is wrong with labels, with the file and the shape')
    .argument('<labels...>', 'files or folders of labels')
    .option(
      '--images <dir>',
      'folder with the images: each must be there and have the size that the labels say',
    )
    .addOption(
      new Option('--format <name>', 'format of the labels, where it is not recognised').choices(FORMAT_NAMES),
    )
    .option('--known <labels>', 'labels that are right beside the usual ones, comma between them')
    .action(checkLabels)

  label
    .command('convert')
    .description('write labels in another format; says what it cannot keep')
    .argument('<labels>', 'file or folder of labels')
    .requiredOption('--out <dir>', 'folder to write to')
    .addOption(
      new Option('--from <format>', 'format of the labels, where it is not recognised').choices(FORMAT_NAMES),
    )
    .addOption(new Option('--to <format>', 'format to write').choices(FORMAT_NAMES).makeOptionMandatory())
    .option('--images <dir>', 'folder with the images, for formats that do not state their size')
    .option('--index <csv>', 'table with the columns file and split: each image gets its split from it')
    .option(
      '--split-by-hash',
      'each image gets a split by a hash of its name: 70 % train, 10 % val, 20 % test',
    )
    .option('--scale <µm per pixel>', 'scale to write down for all images', scale)
    .action(convertLabels)

  label
    .command('agree')
    .description('measure how far two labellings of the same images agree, e.g. of two readers')
    .argument('<a>', 'labelled images in any format')
    .argument('<b>', 'the same images labelled again, in any format')
    .option(
      '--proposals <labels>',
      'where both readers started: pairs that both drew anew are measured apart',
    )
    .option('--only <csv>', 'only the images in this table (column image)')
    .action(agreeLabels)

  cellsCommand(label)
}

/** `label cells`: types for single cells, read from enlarged pictures. */
function cellsCommand(label: Command): void {
  const cells = label.command('cells').description('types of single cells: pictures to read from, answers')

  cells
    .command('sheet')
    .description(
      'draw single cells, marked and enlarged, in a random order, with an answer file for each sheet',
    )
    .argument('<labels...>', 'labelled images whose boxes have numbers: COCO')
    .requiredOption('--images <dir>', 'folder with the images')
    .requiredOption('--out <dir>', 'folder for the sheets')
    .option('--only <file>', 'only these cells, a number a line, in this order')
    .option('--per-sheet <n>', 'cells on a sheet', count, 30)
    .option('--columns <n>', 'cells in a row', count, 6)
    .option('--side <pixels>', 'how wide a cell is drawn', count, 225)
    .option('--field-of-view <µm>', 'how much of the field is shown around a cell', count, 22)
    .option(
      '--scale <µm per pixel>',
      'scale of all images (default: what labels or metadata say, else estimated)',
      scale,
    )
    .option('--seed <n>', 'another number, another order', count, 1)
    .action(labelCellSheets)

  cells
    .command('apply')
    .description(
      'write the types that were read as a table: one row a cell; a third reading decides where two differ',
    )
    .argument('<answers...>', 'answer files of the first reader, or folders of them')
    .requiredOption('--labels <files...>', 'the label files that the cells are from')
    .requiredOption('--out <csv>', 'table to write')
    .option('--second <answers...>', 'the same cells, read by somebody else')
    .option('--third <answers...>', 'the cells on which the two differ, read once more')
    .action(applyCellReadings)

  cells
    .command('agree')
    .description('how far two readings of the same cells agree, by type and by line of cells')
    .argument('<first>', 'answer file or folder')
    .argument('<second>', 'answer file or folder')
    .requiredOption('--labels <files...>', 'the label files that the cells are from')
    .action(agreeCellReadings)
}

function scale(text: string): number {
  const value = Number(text)
  if (value >= 0.01 && value <= 5) return value
  throw new InvalidArgumentError('Give µm per pixel from 0.01 to 5, for example 0.1.')
}

function share(text: string): number {
  const value = Number(text)
  if (value > 0 && value < 1) return value
  throw new InvalidArgumentError('Give a score between 0 and 1, for example 0.3.')
}

function count(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('Give a whole number above 0.')
}

function zoom(text: string): number {
  const value = Number(text)
  if (value >= 1 && value <= 8) return value
  throw new InvalidArgumentError('Give an enlargement from 1 to 8, for example 3.')
}
