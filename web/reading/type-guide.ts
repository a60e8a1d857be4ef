import type { CellType } from '../../cytology/index.ts'

export const GUIDE_PARTS = ['cell', 'nucleus', 'cytoplasm'] as const
type Part = Record<'en' | 'zh', string>
type Row = Record<(typeof GUIDE_PARTS)[number], Part>

const row = (cell: [string, string], nucleus: [string, string], cytoplasm: [string, string]): Row => {
  const part = ([en, zh]: [string, string]): Part => ({ en, zh })
  return { cell: part(cell), nucleus: part(nucleus), cytoplasm: part(cytoplasm) }
}

/**
 * What tells the types apart in a Wright-Giemsa stain. A band has no segment joined by a mere thread; a segmented
 * neutrophil has two to five (Palmer L. et al., Int J Lab Hematol 37:287, 2015: ICSH on naming blood cells).
 */
export const TYPE_GUIDE: Readonly<Record<CellType, Row>> = {
  blast: row(
    ['Roundish, 10–20 µm', '类圆形，10–20 µm'],
    [
      'Central and round, finely granular chromatin, several small clear nucleoli',
      '居中、圆形，染色质呈细颗粒状，可见数个小而清楚的核仁',
    ],
    ['A narrow rim, blue to deep blue, without granules', '量少，蓝至深蓝色，无颗粒'],
  ),
  promyelocyte: row(
    ['Large, round or oval, 12–25 µm', '较大，圆形或椭圆形，12–25 µm'],
    ['Large, fine chromatin, clear nucleoli', '大，染色质细致，核仁清楚'],
    [
      'Deep blue with azurophilic granules, uneven in size and place',
      '深蓝色，有大小、分布不均的非特异性颗粒',
    ],
  ),
  myelocyte: row(
    ['Roundish, 10–20 µm', '类圆形，10–20 µm'],
    [
      'Half-moon or slightly flattened, ropy dense chromatin, no nucleolus',
      '半月形或略凹，染色质呈索块状，无核仁',
    ],
    ['Pale blue, filled with fine even pink granules', '淡蓝色，充满细小均匀的粉红色颗粒'],
  ),
  metamyelocyte: row(
    ['Roundish, 10–16 µm', '类圆形，10–16 µm'],
    [
      'Kidney-shaped, the dent less than half the diameter, small clumps',
      '肾形，凹陷不超过直径的一半，染色质呈小块状',
    ],
    ['Ample, pale, many neutral granules', '量多，淡色，含大量中性颗粒'],
  ),
  band_neutrophil: row(
    ['Roundish, 10–16 µm', '类圆形，10–16 µm'],
    [
      'A bent rod, C or S, dented beyond half the diameter, nowhere narrowed to a thread, coarse clumps',
      '弯曲呈杆状、C 形或 S 形，凹陷超过直径的一半，无细丝相连，染色质粗块状',
    ],
    ['Ample, pale pink, many fine neutral granules', '量多，淡粉红色，含大量细小中性颗粒'],
  ),
  segmented_neutrophil: row(
    ['Roundish, 10–16 µm', '类圆形，10–16 µm'],
    [
      'Two to five lobes joined by thin threads, dense coarse clumps',
      '分 2–5 叶，叶间以细丝相连，染色质致密粗块状',
    ],
    ['Ample, pale pink, many fine neutral granules', '量多，淡粉红色，含大量细小中性颗粒'],
  ),
  eosinophil: row(
    ['Round, 15–20 µm', '圆形，15–20 µm'],
    ["Like a neutrophil's of the same stage, often two lobes", '与同阶段中性粒细胞相似，常为两叶'],
    ['Filled with large, even, orange-red granules that shine', '充满粗大均匀、有折光性的橘红色颗粒'],
  ),
  basophil: row(
    ['Round, 10–15 µm', '圆形，10–15 µm'],
    ['Poorly outlined, often covered', '轮廓不清，常被颗粒遮盖'],
    ['Coarse, uneven, deep purple granules, some over the nucleus', '颗粒粗大、不均，深紫色，部分覆盖核上'],
  ),
  monocyte: row(
    ['Round or irregular, 14–25 µm', '圆形或不规则，14–25 µm'],
    ['Folded or twisted, loose lacy chromatin, no nucleolus', '扭曲、折叠，染色质疏松网状，无核仁'],
    ['Ample, grey-blue, fine purple dust, often vacuoles', '量多，灰蓝色，有紫红色细尘样颗粒，常有空泡'],
  ),
  lymphocyte: row(
    ['Round or slightly irregular, 12–15 µm', '圆形或略不规则，12–15 µm'],
    ['Dense and clumped, sometimes notched', '致密块状，可有切迹或凹陷'],
    ['Very little, clear pale blue', '很少，透明淡蓝色，无颗粒'],
  ),
  plasma_cell: row(
    ['Oval or irregular, 12–16 µm', '椭圆形或不规则，12–16 µm'],
    ['Off centre, coarse clumps like the spokes of a wheel', '偏位，染色质粗块状，呈车轮状'],
    ['Opaque deep blue with a pale zone beside the nucleus', '深蓝色不透明，核旁有淡染区'],
  ),
  erythroblast: row(
    ['Regular and round, 7–10 µm when late, larger when early', '规则圆形，晚期 7–10 µm，早期较大'],
    ['Central and round, purple-black clumps', '居中、圆形，染色质紫黑色块状'],
    [
      'Without granules; deep blue when early, grey, then pale red with haemoglobin',
      '无颗粒；早期深蓝色，渐变灰色，晚期呈淡红色',
    ],
  ),
}
