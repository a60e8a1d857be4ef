import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { compressPages } from './compress-pages.ts'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue(), compressPages()],
  define: { __VUE_I18N_FULL_INSTALL__: false, __VUE_I18N_LEGACY_API__: false },
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
