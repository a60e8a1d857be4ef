import { expect, test } from 'vitest'
import { parseVoc } from './voc.ts'

const object = (name: string, corners: number[], more = '') => `
  <object><name>${name}</name>${more}<bndbox>
    <xmin>${corners[0]}</xmin><ymin>${corners[1]}</ymin><xmax>${corners[2]}</xmax><ymax>${corners[3]}</ymax>
  </bndbox></object>`

const annotation = (...objects: string[]) => `<?xml version="1.0"?>
<annotation>
  <filename>a.jpg</filename>
  <size><width>640</width><height>480</height><depth>3</depth></size>${objects.join('')}
</annotation>`

test('corners are pixels counted from 1, ends included; names become labels', () => {
  const text = annotation(
    object('WBC', [101, 51, 200, 100]),
    object('RBC', [1, 1, 640, 480], '<difficult>1</difficult>'),
    object('erythroblast', [5, 5, 5, 5], '<difficult>0</difficult>'),
  )
  expect(parseVoc(text, 'a.xml')).toEqual({
    filename: 'a.jpg',
    width: 640,
    height: 480,
    boxes: [
      { box: [100, 50, 100, 50], label: 'white', touchesEdge: false },
      { box: [0, 0, 640, 480], label: 'red', touchesEdge: true, ignore: true },
      { box: [4, 4, 1, 1], label: 'erythroblast', touchesEdge: false },
    ],
  })
})

test('one object, or none', () => {
  expect(parseVoc(annotation(object('WBC', [101, 51, 200, 100])), 'a.xml').boxes).toHaveLength(1)
  expect(parseVoc(annotation(), 'a.xml').boxes).toEqual([])
})

test.each([
  ['<annotation>\n<size>\n</annotation>', 'line 3'],
  ['<svg></svg>', 'annotation'],
  [annotation('<object><name>WBC</name></object>'), '/annotation/object/0'],
  [annotation(object('WBC', [1, 1, Number.NaN, 5])), '/annotation/object/0/bndbox/xmax'],
  [annotation(object('WBC', [1, 1, 5, 5]), object('WBC', [9, 1, 5, 5])), 'object 2: the box ends before'],
])('refuses %s', (text, where) => {
  expect(() => parseVoc(text, 'a.xml')).toThrow(
    expect.objectContaining({ code: 'VOC_INVALID', file: 'a.xml', message: expect.stringContaining(where) }),
  )
})
