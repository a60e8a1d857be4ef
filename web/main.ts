import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './app.vue'
import { i18n } from './i18n/index.ts'
import { router } from './router.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/element.css'

createApp(App).use(i18n).use(VueQueryPlugin).use(router).mount('#app')
