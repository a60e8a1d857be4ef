/** Calls that the compiler must refuse; it complains of a line here that it would take. Nothing imports this file. */
import { api } from './client.ts'

const params = { path: { id: '' } }

export const WRONG = [
  // @ts-expect-error: no such route
  () => api.get('/api/cases/{id}/cell', { params }),
  // @ts-expect-error: no such method
  () => api.post('/api/cases/{id}/cells', { params }),
  // @ts-expect-error: which case
  () => api.get('/api/cases/{id}'),
  // @ts-expect-error: no such filter
  () => api.get('/api/cases', { params: { query: { find: 'a' } } }),
  // @ts-expect-error: the filter takes other words
  () => api.get('/api/cases', { params: { query: { status: 'lost' } } }),
  // @ts-expect-error: nothing is said
  () => api.post('/api/cases/{id}/addenda', { params }),
  // @ts-expect-error: no such word in what is said
  () => api.post('/api/cases/{id}/addenda', { params, body: { text: '', password: '', by: '' } }),
  // @ts-expect-error: no such word in the answer
  async () => (await api.get('/api/cases/{id}', { params })).hospital,
]
