import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './app.vue'
import { i18n, loadLocale } from './i18n/index.ts'
import { pageQueries } from './queries.ts'
import { router } from './router.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/element.css'

await loadLocale()
createApp(App).use(i18n).use(VueQueryPlugin, { queryClient: pageQueries() }).use(router).mount('#app')
