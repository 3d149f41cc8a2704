import { defineConfig } from 'vite';

// The same client for Node.js: end-to-end drivers and the kill -9 loop import dist-node/kasane.mjs.
export default defineConfig({
  build: {
    ssr: 'src/node/index.ts',
    outDir: 'dist-node',
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'kasane.mjs' } },
  },
});
