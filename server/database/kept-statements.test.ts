import SQLite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { keepStatements } from './kept-statements.ts'

test('a statement is prepared once, and anew after a change of the tables', () => {
  const database = keepStatements(new SQLite(':memory:'))
  database.prepare('create table cells (id integer)').run([])
  database.prepare('insert into cells values (?)').run([1])
  const all = database.prepare('select * from cells')
  expect(database.prepare('select * from cells')).toBe(all)
  expect(all.all([])).toEqual([{ id: 1 }])
  database.prepare("alter table cells add column type text default 'blast'").run([])
  expect(database.prepare('select * from cells').all([])).toEqual([{ id: 1, type: 'blast' }])
  database.close()
})

test('a statement whose rows are being gone through may be asked a second time', () => {
  const database = keepStatements(new SQLite(':memory:'))
  const numbers = 'select 1 as n union select 2'
  const rows = database.prepare(numbers).iterate([])
  rows.next()
  expect(database.prepare(numbers).all([])).toEqual([{ n: 1 }, { n: 2 }])
  rows.return?.()
  database.close()
})
