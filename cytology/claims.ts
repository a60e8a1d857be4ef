/** What a report's words say of an amount: tables of words, and how a text is read by them. Plain data, in both languages. */
import type { CellType, Lineage } from './cell-types.ts'
import { LINEAGE_PARTS, type ReportPart } from './marrow-findings.ts'

export const CLAIMS = [
  'not_increased',
  'not_decreased',
  'increased',
  'decreased',
  'inverted',
  'absent',
  'normal',
] as const
export type Claim = (typeof CLAIMS)[number]

/** What a claim is about. */
export type ClaimSubject =
  | Lineage
  | Extract<CellType, 'blast' | 'eosinophil' | 'basophil'>
  | 'megakaryocytic'
  | 'me_ratio'
  | 'ge_ratio'
  | 'marrow'

/** How a text names a subject. The first that a clause names is meant; what is narrower comes first. */
const SUBJECTS: readonly (readonly [ClaimSubject, RegExp])[] = [
  ['ge_ratio', /粒红比|粒\s*[:∶：]\s*红|G\s*[:∶：/]\s*E/],
  ['me_ratio', /M\s*[:∶：/]\s*E\b|myeloid.{1,6}erythroid ratio/i],
  ['blast', /原始细胞|原始粒细胞|\bblasts?\b/i],
  ['eosinophil', /嗜酸性?粒?细胞|\beosinophils?\b/i],
  ['basophil', /嗜碱性?粒?细胞|\bbasophils?\b/i],
  ['plasma_cell', /浆细胞|\bplasma cells?\b/i],
  ['megakaryocytic', /巨核细胞|巨核系|\bmegakaryocytes?\b/i],
  ['lymphoid', /淋巴细胞|淋系|\blymphocytes?\b|\blymphoid\b/i],
  ['monocytic', /单核细胞|单核系|\bmonocytes?\b|\bmonocytic\b/i],
  ['erythroid', /红系|有核红细胞|幼红细胞|\berythropoiesis\b|\berythroblasts?\b|\berythroid\b/i],
  ['granulocytic', /粒系|粒细胞系|\bgranulopoiesis\b|\bgranulocytic\b/i],
  ['marrow', /骨髓象|\bmarrow\b/i],
]

/** Clauses about form, about something else than cells of the marrow, or about a part of the cells: no word on an amount of a line. */
const OTHER_THINGS =
  /颗粒|胞质|胞浆|胞体|染色质|核仁|核质|空泡|血小板|成熟红细胞|铁|异型|异常|幼稚|原始单核|外周|granules|granulation|hypogranular|cytoplasm|nucle|chromatin|vacuol|platelet|red cells|\biron\b|sideroblast|atypical|abnormal|immature|peripheral|\bfilm\b/i

/** The words of each claim, in the order in which they are looked for: a negation before what it negates. */
const WORDS: readonly (readonly [Claim, RegExp])[] = [
  [
    'not_increased',
    /(?:未见|无|不|没有|并无)(?:明显|显著)?(?:增多|增高|升高|增加)|\b(?:not|no|without)\b[^,;.]{0,24}\b(?:increas|rais|elevat)/i,
  ],
  [
    'not_decreased',
    /(?:未见|无|不|没有|并无)(?:明显|显著)?(?:减少|减低|降低)|\b(?:not|no|without)\b[^,;.]{0,24}\b(?:decreas|reduc)/i,
  ],
  ['inverted', /倒置|\binver(?:ted|sion)\b|\breversed\b/i],
  ['increased', /增多|增高|升高|\bincreased?\b|\braised\b|\belevated\b|\bhyperplasia\b/i],
  [
    'decreased',
    /减少|减低|降低|受抑|\bdecreased?\b|\breduced\b|\breduction\b|\bhypoplasia\b|\bscarce\b|少见/i,
  ],
  ['absent', /缺如|阙如|未见$|^未见|\babsent\b|\bnot (?:seen|found)\b|^no\b|\bnone\b/i],
  [
    'normal',
    /(?:比例|比值|数量|百分率|计数)[^，。；]{0,8}正常|\bnormal (?:in )?(?:proportions?|numbers?|percentages?)|\b(?:proportions?|numbers?|percentages?)\b[^,;.]{0,16}\bnormal\b/i,
  ],
]

/** Of a ratio and of the whole marrow 'normal' alone says it. */
const NORMAL_ALONE = /正常|\bnormal\b/i

const CLAUSE = /[。；;！？!?\n，,]|\.(?=\s|$)|[:：](?=\s|$)|\b(?:and|but)\b/

interface Statement {
  subject: ClaimSubject
  claim: Claim
  /** As it stands in the text. */
  words: string
}

/** What a text of a part says of amounts. In the part of a line a clause that names nothing is about that line. */
export function statementsOf(part: ReportPart, text: string): Statement[] {
  const found: Statement[] = []
  const line = LINEAGE_PARTS.find((one) => one === part)
  if (!line && part !== 'opinion') return found
  for (const clause of text.split(CLAUSE)) {
    const words = clause.trim()
    if (words === '' || OTHER_THINGS.test(words)) continue
    const subject = SUBJECTS.find(([, names]) => names.test(words))?.[0] ?? line
    if (!subject) continue
    const claim = claimOf(subject, words)
    if (claim) found.push({ subject, claim, words })
  }
  return found
}

function claimOf(subject: ClaimSubject, words: string): Claim | undefined {
  if (subject === 'marrow') return NORMAL_ALONE.test(words) ? 'normal' : undefined
  const claim = WORDS.find(([, of]) => of.test(words))?.[0]
  const isRatio = subject === 'me_ratio' || subject === 'ge_ratio'
  if (!claim && isRatio && NORMAL_ALONE.test(words)) return 'normal'
  return claim === 'inverted' && !isRatio ? undefined : claim
}
