/** The counter: cells by type, and a count at the microscope. */
export const zhCounter = {
  counter: {
    title: '分类计数',
    reviewed: '已审',
    counted: '已计数',
    reviewedOnly: '仅已审',
    type: '类型',
    reference: '与参考范围比较',
    above: '高于参考范围',
    below: '低于参考范围',
    notComputable: '无法计算',
    of: '计入 {n} 个，不计入 {not} 个',
    near: '原始细胞接近 {at} %：再计约 {more} 个细胞可判定在哪一侧。',
    nearNever: '原始细胞约为 {at} %：无法通过增加计数判定在哪一侧。',
    ranges: '参考范围：{name}，第 {version} 版',
  },
  manual: {
    title: '显微镜下计数',
    help: '按键计入相应类型；退格键撤回最后一个。',
    sound: '声音',
  },
  countConflict: {
    title: '此计数已在其他窗口更改',
    what: '未覆盖任何内容。不同之处：',
    theirs: '对方',
    mine: '我的',
    sum: '对方 + 我新增的',
    total: '合计',
    takeSum: '将我的加到对方的',
    takeTheirs: '采用对方的',
    takeMine: '采用我的',
  },
}
