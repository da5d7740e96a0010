import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Static files that a server may put below any path: every address in them is relative to `<base>`. */
export default defineConfig({
  root: here('.'),
  base: './',
  build: {
    outDir: here('../dist/lib/dashboard/public'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // One style sheet and no `data:` address: the content policy allows what comes from here alone.
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      onLog: (level, log, tell) => {
        // Directives for frameworks that render on servers; here they mean nothing.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
});
