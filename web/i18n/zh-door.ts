/** The pages before one is signed in. */
export const zhDoor = {
  door: {
    licence:
      '程序采用 Apache-2.0 许可。网络权重采用 CC BY-NC-SA 4.0 许可，不得用于商业用途。全部许可见 NOTICE.md。',
    expired: '会话已结束',
    kept: '本页的工作已保留。请以 {email} 重新登录。',
    password: '密码',
    signIn: '登录',
    email: '电子邮箱',
    name: '姓名',
    atLeast: '至少 10 个字符',
    forgotten: '忘记密码？请向管理员索取重置链接。',
    'sign-in': {
      title: '登录',
      submit: '登录',
      noLink: '',
    },
    setup: {
      title: '创建管理员账户',
      submit: '创建',
      noLink: '请打开服务器启动时显示的地址。',
    },
    join: {
      title: '注册',
      submit: '注册',
      noLink: '本站须受邀加入，请向管理员索取链接。',
      role: '您被邀请为{role}。',
    },
    reset: {
      title: '设置新密码',
      submit: '保存',
      noLink: '请打开管理员给您的链接。',
      done: '密码已更改。',
    },
  },
}
