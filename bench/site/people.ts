import { seededRandom } from '../../testkit/index.ts'

/** The commonest Chinese surnames, common first, some of two characters and some that are read in two ways. */
const SURNAMES =
  '王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 邓 冯 曹 彭 曾 肖 田 董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 闫 段 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万 覃 武 钱 戴 严 莫 孔 向 常 单 解 仇 欧阳 上官 司马 诸葛 尉迟'.split(
    ' ',
  )
const GIVEN =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉志鑫波斌宇浩凯健俊帆雪梅琳晶欣怡佳嘉子涵梓轩雨晨一诺思源博晓东海山川云飞龙虎春夏秋冬德福祥瑞永安宁康乐美珍珠宝贵生荣光耀'
const DIAGNOSES = [
  ...[
    '急性髓系白血病',
    '急性髓系白血病(AML-M2)',
    '急性早幼粒细胞白血病',
    '急性淋巴细胞白血病',
    '慢性髓系白血病',
  ],
  ...[
    '慢性淋巴细胞白血病',
    '骨髓增生异常综合征',
    '骨髓增生异常综合征(MDS-EB2)',
    '多发性骨髓瘤',
    '再生障碍性贫血',
  ],
  ...[
    '缺铁性贫血',
    '巨幼细胞贫血',
    '溶血性贫血',
    '原发免疫性血小板减少症',
    '血小板增多原因待查',
    '全血细胞减少原因待查',
  ],
  ...['贫血待查', '发热待查', '淋巴瘤骨髓侵犯?', '弥漫大B细胞淋巴瘤', '真性红细胞增多症', '原发性骨髓纤维化'],
  ...['脾大待查', '白细胞增多待查', '化疗后复查', '移植后复查', '华氏巨球蛋白血症', '噬血细胞综合征'],
]
const SITES = ['左髂后上棘', '右髂后上棘', '髂前上棘', '胸骨']
const FIRST_DAY = Date.UTC(2021, 0, 1)
const DAYS = 1826

export interface SeedRow {
  row: number
  name: string
  sex: string
  birthDate: string
  hospitalNumber: string
  marrowNumber: string
  site: string
  receivedOn: string
  diagnosis: string
  clinicalNote: string
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** `cases` rows about `patients` people, the same every time, in the order in which the marrows were received. */
export function* siteRows(patients: number, cases: number): Generator<SeedRow> {
  const random = seededRandom(2026).next
  const people = Array.from({ length: patients }, (_, i) => person(random, i))
  for (let i = 0; i < cases; i++) {
    // Each person once, then some come again.
    const who = i < patients ? people[i]! : people[Math.floor(random() * patients)]!
    const at = FIRST_DAY + Math.floor((i / cases) * DAYS) * 86_400_000
    yield {
      row: i + 1,
      ...who,
      marrowNumber: `G${day(at).slice(0, 4)}-${String(i + 1).padStart(6, '0')}`,
      site: SITES[Math.floor(random() * SITES.length)]!,
      receivedOn: day(at),
      diagnosis: random() < 0.1 ? '' : DIAGNOSES[Math.floor(random() ** 1.5 * DIAGNOSES.length)]!,
      clinicalNote: '',
    }
  }
}

function person(random: () => number, i: number) {
  // The common ones are far more common: a tenth of all people share the first three.
  const surname = SURNAMES[Math.floor(random() ** 2 * SURNAMES.length)]!
  const given = () => GIVEN[Math.floor(random() * GIVEN.length)]!
  return {
    name: surname + given() + (random() < 0.8 ? given() : ''),
    sex: random() < 0.5 ? '男' : '女',
    birthDate: day(Date.UTC(1930, 0, 1) + Math.floor(random() * 90 * 365) * 86_400_000),
    hospitalNumber: String(10_000_000 + i * 7 + Math.floor(random() * 7)).padStart(10, '0'),
  }
}
