import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { layoutOf, readCrops, readFields } from './read.ts'
import { tree } from './tree-for-tests.ts'

const MATEK = {
  'index.csv':
    'file,class,source_class,split,width,height\nblast/a.webp,blast,BLA,train,250,250\nblast/b.webp,blast,BLA,test,250,240\n',
}

const SEGPC = {
  'index.csv': 'file,split,width,height\nimages/a.webp,val,512,384\nimages/b.webp,val,512,384\n',
  'plasma_boxes.csv':
    'image,x,y,w,h,merged_suspect,touches_edge\na,10,20,60,40,0,0\na,0,200,100,60,1,1\nc,1,2,3,4,0,0\n',
}

const TXL: Record<string, string> = {
  'index.csv':
    'file,split,origin,width,height\n' +
    'images/a.webp,test,pbc:BA_1,360,363\nimages/b.webp,test,other,256,256\nimages/c.webp,test,other,575,575\n' +
    'images/d.webp,test,bccd:BloodImage_1,640,480\nimages/e.webp,test,other,300,300\nimages/f.webp,val,other,256,256\n',
  ...Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [`labels/${id}.txt`, ''])),
  'labels/b.txt': '0 0.5 0.5 0.5 0.5\n1 0.1 0.5 0.2 0.2\n2 0.5 0.5 0.1 0.1\n',
}

const BCCD = {
  'ImageSets/Main/test.txt': 'BloodImage_1\n',
  'Annotations/BloodImage_1.xml': `<annotation><filename>BloodImage_1.jpg</filename>
    <size><width>640</width><height>480</height></size>
    <object><name>WBC</name><bndbox><xmin>11</xmin><ymin>21</ymin><xmax>110</xmax><ymax>120</ymax></bndbox></object>
    </annotation>`,
}

describe('matek and pbc', () => {
  test('crops of a split, the cell in the middle', async () => {
    const dir = await tree('matek', MATEK)
    expect(await readCrops(dir, 'test')).toEqual([
      {
        file: join(dir, 'blast/b.webp'),
        source: 'matek',
        type: 'blast',
        umPerPixel: 0.1,
        centre: [125, 120],
      },
    ])
    expect(await readFields(dir, 'test')).toEqual([])
  })

  test('under another name the scale must be given', async () => {
    const dir = await tree('mine', MATEK)
    await expect(readCrops(dir, 'test')).rejects.toMatchObject({ code: 'SCALE_REQUIRED', file: dir })
    expect((await readCrops(dir, 'test', { umPerPixel: 0.2 }))[0]!.umPerPixel).toBe(0.2)
  })

  test('a split of another name is refused, with the line', async () => {
    const dir = await tree('pbc', { 'index.csv': MATEK['index.csv'].replace('test', 'tset') })
    await expect(readCrops(dir, 'test')).rejects.toMatchObject({
      code: 'TABLE_INVALID',
      message: expect.stringContaining("line 3: 'split' is 'tset'"),
    })
  })
})

describe('segpc', () => {
  test('partial fields; suspected pairs are ignored', async () => {
    const dir = await tree('segpc', SEGPC)
    expect(await readFields(dir, 'val')).toEqual([
      {
        file: join(dir, 'images/a.webp'),
        source: 'segpc',
        width: 512,
        height: 384,
        umPerPixel: 0.174,
        partial: true,
        boxes: [
          { box: [10, 20, 60, 40], label: 'plasma_cell', touchesEdge: false },
          { box: [0, 200, 100, 60], label: 'plasma_cell', touchesEdge: true, ignore: true },
        ],
      },
      expect.objectContaining({ file: join(dir, 'images/b.webp'), boxes: [] }),
    ])
  })

  test('plasma cells as crops, without the suspected pairs', async () => {
    const dir = await tree('segpc', SEGPC)
    expect(await readCrops(dir, 'val')).toEqual([
      {
        file: join(dir, 'images/a.webp'),
        source: 'segpc',
        type: 'plasma_cell',
        umPerPixel: 0.174,
        centre: [40, 40],
      },
    ])
  })
})

describe('txl_pbc', () => {
  test('scale by origin and size, unknown where neither tells', async () => {
    const fields = await readFields(await tree('txl_pbc', TXL), 'test')
    expect(fields.map((field) => field.umPerPixel)).toEqual([0.1, 0.123, 0.055, 0.075, undefined])
    expect(fields[0]!.origin).toBe('pbc:BA_1')
  })

  test('boxes and no crops: white is no cell type', async () => {
    const dir = await tree('txl_pbc', TXL)
    const [, field] = await readFields(dir, 'test')
    expect(field!.boxes.map((box) => box.label)).toEqual(['white', 'red', 'platelet'])
    expect(field!.boxes[0]!.box).toEqual([64, 64, 128, 128])
    expect(field!.boxes.map((box) => box.touchesEdge)).toEqual([false, true, false])
    expect(await readCrops(dir, 'test')).toEqual([])
  })

  test('absent labels are said, not taken for an empty field', async () => {
    const { 'labels/a.txt': _, ...rest } = TXL
    const dir = await tree('txl_pbc', rest)
    await expect(readFields(dir, 'test')).rejects.toMatchObject({
      code: 'LABELS_NOT_READABLE',
      file: join(dir, 'labels/a.txt'),
    })
  })
})

describe('bccd', () => {
  test('fields of the list of the split', async () => {
    const dir = await tree('bccd', BCCD)
    expect(await readFields(dir, 'test')).toEqual([
      {
        file: join(dir, 'JPEGImages/BloodImage_1.jpg'),
        source: 'bccd',
        width: 640,
        height: 480,
        umPerPixel: 0.075,
        boxes: [{ box: [10, 20, 100, 100], label: 'white', touchesEdge: false }],
      },
    ])
    await expect(readFields(dir, 'val')).rejects.toMatchObject({ code: 'LABELS_NOT_READABLE' })
  })
})

describe('a folder of several sources', () => {
  const under = (name: string, files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]))

  test('all are read; what is no source is passed over', async () => {
    const dir = await tree('data', {
      'README.md': '# Data',
      'notes/a.txt': 'none',
      ...under('matek', MATEK),
      ...under('segpc', SEGPC),
      ...under('txl_pbc', TXL),
    })
    expect((await layoutOf(dir)).map(({ name, layout }) => [name, layout])).toEqual([
      ['matek', 'indexed-crops'],
      ['segpc', 'segpc'],
      ['txl_pbc', 'txl_pbc'],
    ])
    expect((await readFields(dir, 'val')).map((field) => field.source)).toEqual(['segpc', 'segpc', 'txl_pbc'])
    expect((await readCrops(dir, 'test')).map((crop) => crop.source)).toEqual(['matek'])
  })

  test('no source at all', async () => {
    const dir = await tree('data', { 'notes/a.txt': 'none' })
    await expect(layoutOf(dir)).rejects.toMatchObject({ code: 'LAYOUT_UNKNOWN', file: dir })
    await expect(layoutOf(join(dir, 'nowhere'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' })
  })
})
