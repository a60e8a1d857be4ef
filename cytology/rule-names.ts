/** Names of the rules that come with the program; a rule's own name is English, a site's is in whatever language it was given. */
const RULE_ZH: Readonly<Record<string, string>> = {
  icsh_2008: '全部骨髓有核细胞 (ICSH)',
  chinese_report: '全部骨髓有核细胞 (国内报告单)',
  partial_2008: '分裂期细胞部分计数',
  me_icsh_2008: '粒系加单核系比红系，不含原始细胞 (ICSH)',
  me_icsh_2008_with_blasts: '粒系加单核系加原始细胞比红系 (ICSH)',
  ge: '粒系比红系，不含原始细胞',
  ge_with_blasts: '粒系加原始细胞比红系',
  me_partial_2008: '原始、早幼、中幼粒细胞比红系',
}

/** What a counting rule or an M:E rule is called in a language. */
export const ruleName = (language: 'en' | 'zh', { id, name }: { id: string; name: string }): string =>
  (language === 'zh' ? RULE_ZH[id] : undefined) ?? name
