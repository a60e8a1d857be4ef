/** Frame of every page and the words that several pages use. */
export const zhApp = {
  app: {
    pages: '页面',
    worklist: '工作列表',
    statistics: '数据分析',
    people: '用户',
    audit: '审计日志',
    patients: '患者',
    use: '仅供研究与教学，不作为医疗器械。',
    light: '浅色',
    dark: '深色',
    signOut: '退出',
    loading: '正在加载…',
    cancel: '取消',
    save: '保存',
    saved: '已保存',
    close: '关闭',
  },
  role: {
    administrator: '管理员',
    doctor: '医师',
    technician: '技师',
    researcher: '研究者',
    read_only: '只读用户',
  },
  status: {
    pending: '待处理',
    analysing: '分析中',
    in_review: '审核中',
    signed: '已签发',
    addended: '已补充',
  },
  sex: {
    unknown: '未知',
    female: '女',
    male: '男',
  },
  site: {
    iliac: '髂骨',
    sternum: '胸骨',
    tibia: '胫骨',
  },
}
