import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TAR_END, tarEntry } from './tar.ts'

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

test('a name that a person could have made is refused', () => {
  for (const name of ['张三.png', 'x'.repeat(101), 'a b', '']) {
    expect(() => tarEntry({ name, content: Buffer.alloc(0) })).toThrow()
  }
})
