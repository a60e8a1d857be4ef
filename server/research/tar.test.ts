import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TAR_END, tarEntry, tarHeader, tarPadding } from './tar.ts'

test('the system’s tar reads what is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marrowscope-tar-'))
  const files = [
    { name: 'README.txt', content: Buffer.from('骨髓') },
    { name: 'images/S-1-1.png', content: Buffer.alloc(512, 7) },
    { name: 'empty.csv', content: Buffer.alloc(0) },
    { name: 'cells-001.csv', content: Buffer.alloc(100_001, 'x') },
  ]
  writeFileSync(join(folder, 'a.tar'), Buffer.concat([...files.map(tarEntry), TAR_END]))
  execFileSync('tar', ['xf', 'a.tar'], { cwd: folder })
  for (const { name, content } of files) expect(readFileSync(join(folder, name)).equals(content)).toBe(true)
})

test('a name of any letters and lengths goes into an extended header', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marrowscope-tar-'))
  // Lengths around those at which the number of digits of the header's length changes.
  const lengths = [1, 86, 87, 88, 89, 90, 91, 92, 95, 99, 100]
  const names = lengths.flatMap((n) => [`é${'x'.repeat(n)}`, `张 “三”/${'y'.repeat(n)}.png`])
  const blocks = names.flatMap((name) => {
    const content = Buffer.from(name)
    return [tarHeader(name, content.length), content, tarPadding(content.length)]
  })
  writeFileSync(join(folder, 'a.tar'), Buffer.concat([...blocks, TAR_END]))
  execFileSync('tar', ['xf', 'a.tar'], { cwd: folder })
  for (const name of names) expect(readFileSync(join(folder, name), 'utf8')).toBe(name)
})

test('a name that a person could have made is refused', () => {
  for (const name of ['张三.png', 'x'.repeat(101), 'a b', '']) {
    expect(() => tarEntry({ name, content: Buffer.alloc(0) })).toThrow()
  }
})
