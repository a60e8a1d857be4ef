/** What the two printed forms say. */
import {
  type CorrectionKind,
  type CountingRule,
  countsEveryType,
  type Familiarity,
  type HowConfirmed,
  type Report,
  ruleName,
  USUALLY_UNFAMILIAR,
} from '../../../cytology/index.ts'

export type Language = 'zh' | 'en'

const EN = {
  title: 'Bone marrow aspirate report',
  name: 'Name',
  sex: 'Sex',
  age: 'Age',
  department: 'Department',
  bed: 'Bed',
  hospitalNumber: 'Hospital no.',
  marrowNumber: 'Marrow no.',
  site: 'Site of aspiration',
  taken: 'Date of specimen',
  reported: 'Date of report',
  clinical: 'Clinical details',
  stainName: 'Stain',
  cellularity: 'Cellularity',
  ratio: 'M:E ratio',
  granulocyteToErythroid: 'G:E ratio',
  notComputable: 'not computable: no erythroblast',
  nothingBelow: 'not computable: none of the cells below the line',
  differential: 'Differential count',
  type: 'Cell type',
  interval: '95 % CI',
  range: 'Range',
  total: 'Counted',
  notCounted: 'Not identifiable',
  leftOut: 'Left out by the rule or not identifiable',
  unnamed: 'not named further',
  otherCells: 'Not in the count',
  tags: 'Seen in cells',
  megakaryocytes: 'Megakaryocytes',
  perArea: 'per 1.5 × 3 cm',
  stages: 'Stages',
  morphology: 'Morphology',
  pictures: 'Pictures',
  pictureLost: 'The photograph was changed or is missing; it is not printed.',
  bar: 'bar {um} µm',
  noScale: 'scale not known',
  field: 'Field of view',
  cell: 'Cell',
  reader: 'Read by',
  verifier: 'Verified by',
  signature: 'Signature',
  unsigned: 'not signed',
  signedAt: 'electronic, {at}',
  draft: 'DRAFT – not signed',
  synthetic: 'SYNTHETIC CASE – drawn by a program; no patient, no specimen',
  addenda: 'Addenda',
  addendumBy: 'Addendum, {name}, {at}',
  method: 'How this was made',
  rule: 'Counting rule',
  ranges: 'Reference ranges',
  version: 'version {n}',
  source: 'source',
  counted: 'Cells counted',
  outOf: '{n} of a target of {target}, {basis}; 95 % intervals are exact (Clopper-Pearson)',
  images: 'in images',
  microscope: 'at the microscope',
  both: 'in images and at the microscope together',
  sourceCount: 'Count {where}',
  reportedOne: 'reported',
  partOfReported: 'part of what is reported',
  notReported: 'not reported',
  cellsCounted: '{n} cells',
  notConfirmed: 'Reference range: {name}, not confirmed by this laboratory',
  marksFrom:
    'a value outside is marked from {n} counted cells on, or where its 95 % interval lies outside too',
  requester: 'Requested by',
  amended: 'AMENDED',
  amendedBy: 'This report was added to after it was signed: {when}. Read the addenda.',
  previewOnly: 'PREVIEW – not added yet',
  models: 'Models',
  noModels: 'none',
  familiarity: 'Unfamiliar cells',
  unfamiliar: '{n} of {of} found cells look unlike those that the recogniser was taught ({usual} % is usual)',
  away: '; what it proposed is less reliable here',
  confirmed: 'Confirmed',
  confirmedOf: 'of {n} counted cells {list}',
  singly: '{n} one by one',
  together: '{n} together',
  howUnknown: '{n} not known how',
  unreviewed: '{n} not at all',
  agreement: 'Second reader',
  alike: '{name}, blind: {agreed} of {cells} cells named alike, {kappa}',
  kappa: 'κ {kappa} (95 % {low} to {high})',
  noKappa: 'κ not computable',
  corrections: 'Changes to cells',
  noCorrections: 'none',
  hash: 'SHA-256 of what was signed',
  verify: 'Scan to verify',
  page: 'Page {n} of {m}',
  marks: '↑ above, ↓ below the reference range',
}

const ZH: typeof EN = {
  title: '骨髓细胞学检查报告单',
  name: '姓名',
  sex: '性别',
  age: '年龄',
  department: '科别',
  bed: '床号',
  hospitalNumber: '住院号',
  marrowNumber: '骨髓号',
  site: '取材部位',
  taken: '取材日期',
  reported: '报告日期',
  clinical: '临床诊断',
  stainName: '染色方法',
  cellularity: '增生程度',
  ratio: 'M:E',
  granulocyteToErythroid: '粒红比',
  notComputable: '无有核红细胞，不能计算',
  nothingBelow: '分母中的细胞为零，不能计算',
  differential: '骨髓细胞分类计数',
  type: '细胞名称',
  interval: '95% 区间',
  range: '参考范围',
  total: '计数有核细胞',
  notCounted: '无法识别 (不计入)',
  leftOut: '规则不计入或无法识别',
  unnamed: '未再细分',
  otherCells: '不计入分类的细胞',
  tags: '形态学特征 (细胞数)',
  megakaryocytes: '巨核细胞',
  perArea: '1.5 × 3 cm',
  stages: '分期',
  morphology: '骨髓象',
  pictures: '图片',
  pictureLost: '该照片已被更改或丢失，未打印。',
  bar: '标尺 {um} µm',
  noScale: '比例未知',
  field: '视野',
  cell: '细胞',
  reader: '检验者',
  verifier: '审核者',
  signature: '签名',
  unsigned: '未签名',
  signedAt: '电子签名 {at}',
  draft: '草稿 – 未签名 DRAFT',
  synthetic: '合成病例：由程序绘制，并非真实患者或标本  SYNTHETIC CASE',
  addenda: '补充报告',
  addendumBy: '补充：{name}，{at}',
  method: '方法与溯源',
  rule: '计数规则',
  ranges: '参考范围',
  version: '第 {n} 版',
  source: '来源',
  counted: '计数细胞',
  outOf: '{n} 个 (目标 {target})，{basis}；95% 区间为精确法 (Clopper-Pearson)',
  images: '图像计数',
  microscope: '镜下计数',
  both: '图像与镜下合并计数',
  sourceCount: '{where}',
  reportedOne: '本报告采用',
  partOfReported: '已并入本报告',
  notReported: '本报告未采用',
  cellsCounted: '{n} 个',
  notConfirmed: '参考范围：{name}，未经本实验室确认',
  marksFrom: '计数达 {n} 个细胞，或 95% 区间也在范围之外时，才作标记',
  requester: '送检医师',
  amended: '已补充 AMENDED',
  amendedBy: '本报告签发后有补充：{when}。请阅补充报告。',
  previewOnly: '预览 – 尚未加入 PREVIEW',
  models: '模型',
  noModels: '未使用',
  familiarity: '陌生细胞',
  unfamiliar: '检出的 {of} 个细胞中有 {n} 个与识别网络学过的细胞不相似（通常为 {usual} %）',
  away: '；此处网络的建议不太可靠',
  confirmed: '确认方式',
  confirmedOf: '计数的 {n} 个细胞中，{list}',
  singly: '{n} 个逐个确认',
  together: '{n} 个批量确认',
  howUnknown: '{n} 个确认方式未知',
  unreviewed: '{n} 个未确认',
  agreement: '复核者',
  alike: '{name}（盲法）：{cells} 个细胞中 {agreed} 个命名一致，{kappa}',
  kappa: 'κ {kappa}（95% {low} 至 {high}）',
  noKappa: 'κ 不能计算',
  corrections: '人工修改',
  noCorrections: '无',
  hash: '签名内容 SHA-256',
  verify: '扫码核验',
  page: '第 {n} 页 共 {m} 页',
  marks: '↑ 高于、↓ 低于参考范围',
}

export type Word = keyof typeof EN

/** The word in a language, with what stands in braces filled in. */
export function word(language: Language, key: Word, values: Record<string, string | number> = {}): string {
  const text = (language === 'zh' ? ZH : EN)[key]
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

/** A rule in the version that the report was made by, with its M:E ratio and where both come from. */
export function ruleWords(language: Language, { meRule, ...rule }: CountingRule): string {
  const version = word(language, 'version', { n: rule.version })
  const sources = [...new Set([rule.source, meRule.source])].join('; ')
  const stop = language === 'zh' ? '\uFF1B' : '; '
  return [
    `${ruleName(language, rule)} (${version})`,
    label(language, word(language, 'ratio')) + ruleName(language, meRule),
    label(language, word(language, 'source')) + sources,
  ].join(stop)
}

/** What the cells are that are not in the count. */
export const notCountedWord = (language: Language, rule: CountingRule): string =>
  word(language, countsEveryType(rule) ? 'notCounted' : 'leftOut')

const CORRECTIONS: Record<Language, Record<CorrectionKind, string>> = {
  zh: {
    confirmed: '确认',
    renamed: '改型',
    added: '补画',
    removed: '删除',
    restored: '恢复',
    moved: '调整框',
    refined: '细分或标记',
    reopened: '重新打开',
  },
  en: {
    confirmed: 'confirmed',
    renamed: 'renamed',
    added: 'added',
    removed: 'removed',
    restored: 'restored',
    moved: 'box adjusted',
    refined: 'named further or tagged',
    reopened: 'reopened',
  },
}

export function correctionWords(language: Language, corrections: Report['corrections']): string {
  const made = (Object.entries(corrections) as [CorrectionKind, number][]).filter(([, n]) => n > 0)
  if (made.length === 0) return word(language, 'noCorrections')
  return made.map(([kind, n]) => `${CORRECTIONS[language][kind]} ${n}`).join(' · ')
}

/** 'of 500 counted cells 430 one by one, 70 together'; what no cell is is left out. */
export function confirmedWords(language: Language, how: HowConfirmed): string {
  const { singly, together, unknown, unreviewed } = how
  const counts: [Word, number][] = [
    ['singly', singly],
    ['together', together],
    ['howUnknown', unknown],
    ['unreviewed', unreviewed],
  ]
  const there = counts.filter(([, n]) => n > 0)
  const list = there.map(([key, n]) => word(language, key, { n })).join(language === 'zh' ? '，' : ', ')
  return word(language, 'confirmedOf', { n: singly + together + unknown + unreviewed, list })
}

export function familiarityWords(language: Language, { cells, unfamiliar, away }: Familiarity): string {
  const usual = 100 * USUALLY_UNFAMILIAR
  const counted = word(language, 'unfamiliar', { n: unfamiliar, of: cells, usual })
  return away ? counted + word(language, 'away') : counted
}

/** How far a second reader agreed, with the interval of κ. */
export function agreementWords(
  language: Language,
  { readerName, cells, agreed, kappa, low, high }: NonNullable<Report['agreement']>,
): string {
  const two = (value: number | null) => (value === null ? '' : value.toFixed(2).replace('-', '−'))
  const said =
    kappa === null
      ? word(language, 'noKappa')
      : word(language, 'kappa', { kappa: two(kappa), low: two(low), high: two(high) })
  return word(language, 'alike', { name: readerName, agreed, cells, kappa: said })
}

const SEX = {
  zh: { female: '女', male: '男', unknown: '未知' },
  en: { female: 'female', male: 'male', unknown: 'unknown' },
}

export const sexWord = (language: Language, sex: Report['patient']['sex']): string => SEX[language][sex]

/** Years; below three years months too, below a month days. */
export function ageWords(language: Language, age: Report['age']): string {
  if (!age) return ''
  const { years, months, days } = age
  const zh = language === 'zh'
  const many = (n: number, one: string, sign: string) =>
    zh ? `${n}${sign}` : `${n} ${one}${n === 1 ? '' : 's'}`
  if (years >= 3) return many(years, 'year', '岁')
  if (years > 0)
    return `${many(years, 'year', '岁')}${zh ? '' : ' '}${months ? many(months, 'month', '个月') : ''}`.trim()
  return months > 0 ? many(months, 'month', '个月') : many(days, 'day', '天')
}

/** A word with the colon of its language behind it. */
export const label = (language: Language, text: string): string =>
  language === 'zh' ? `${text}\uFF1A` : `${text}: `

const two = (n: number) => String(n).padStart(2, '0')

/** In the server's time zone, with the difference to UTC where the minute matters. */
export function dayOf(at: number): string {
  const d = new Date(at)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
}
export function minuteOf(at: number): string {
  const d = new Date(at)
  const offset = -d.getTimezoneOffset()
  const zone = `${offset < 0 ? '−' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${dayOf(at)} ${two(d.getHours())}:${two(d.getMinutes())} (UTC${zone})`
}
