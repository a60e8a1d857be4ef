/** 待办。 */
export const zhInbox = {
  inbox: {
    title: '待办',
    waiting: '{n} 项等您处理',
    help: '需要您作为复核者阅读的病例，以及他人为您完成的复核阅片。',
    none: '没有待办事项。',
    what: '事项',
    since: '时间',
    unread: '新',
    kind: {
      to_read: '{name}请您作为复核者盲法阅读此病例',
      finished: '{name}已完成您请求的复核阅片',
    },
  },
}
