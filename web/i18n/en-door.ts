/** The pages before one is signed in. */
export const enDoor = {
  door: {
    licence:
      'The program is under Apache-2.0. The weights of its networks are under CC BY-NC-SA 4.0: not for commercial use. NOTICE.md names all licences.',
    expired: 'Your session has ended',
    kept: 'Your work on this page is kept. Sign in again as {email}.',
    password: 'Password',
    signIn: 'Sign in',
    email: 'E-mail address',
    name: 'Name',
    atLeast: 'at least 10 characters',
    forgotten: 'Password forgotten? An administrator can give you a link.',
    'sign-in': {
      title: 'Sign in',
      submit: 'Sign in',
      noLink: '',
    },
    setup: {
      title: 'Make the administrator’s account',
      submit: 'Create',
      noLink: 'Open the address that the server printed when it started.',
    },
    join: {
      title: 'Join',
      submit: 'Join',
      noLink: 'This site is joined by invitation. Ask an administrator for a link.',
      role: 'You are invited as {role}.',
    },
    reset: {
      title: 'Choose a new password',
      submit: 'Save',
      noLink: 'Open the link that an administrator gave you.',
      done: 'The password was changed.',
    },
  },
}
