import { defineConfig } from 'vitest/config';
import { subresourceIntegrity } from './bundling/integrity';
import { guessedWords } from './bundling/guessed_words';
import { policyWasm } from './bundling/policy_wasm';

// One bundle, no inline script or style, no code splitting: the page runs under
// `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'` and Trusted Types 'none'.
export default defineConfig({
  plugins: [policyWasm(), guessedWords(), subresourceIntegrity()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: ['chrome109', 'edge109', 'firefox115', 'safari16'],
    outDir: 'dist',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    sourcemap: false,
    chunkSizeWarningLimit: 2048,
    rollupOptions: { output: { inlineDynamicImports: true } },
  },
  test: {
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: { name: 'core', environment: 'node', include: ['tests/**/*.test.ts'], exclude: ['tests/view/**', 'tests/live/**'] },
      },
      {
        extends: true,
        test: { name: 'live', environment: 'node', include: ['tests/live/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: { name: 'view', environment: 'node', testTimeout: 60_000, setupFiles: ['tests/view/dom.ts'], include: ['tests/view/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
