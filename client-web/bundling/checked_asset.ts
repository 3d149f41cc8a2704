// A file of its own beside the bundle, with the hash that the page asks the browser to check when it is fetched:
// `import { url, integrity } from '<module>'`.
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

export interface CheckedAsset {
  /** Name of the module that gives `url` and `integrity`. */
  module: string;
  file: string;
  mime: string;
  /** Errors: throws with the sentence that the build is to stop with. */
  read: () => Uint8Array;
}

export function checkedAsset({ module, file, mime, read }: CheckedAsset): Plugin {
  const resolved = '\0' + module;
  let building = false;
  return {
    name: `kasane-${file}`,
    configResolved(config) {
      building = config.command === 'build';
    },
    resolveId(id) {
      return id === module ? resolved : undefined;
    },
    load(id) {
      if (id !== resolved) return undefined;
      const source = read();
      const integrity = JSON.stringify('sha384-' + createHash('sha384').update(source).digest('base64'));
      if (!building) return `export const url = '/${file}';\nexport const integrity = ${integrity};`;
      const asset = this.emitFile({ type: 'asset', name: file, source });
      return `export const url = import.meta.ROLLUP_FILE_URL_${asset};\nexport const integrity = ${integrity};`;
    },
    configureServer(server) {
      server.middlewares.use(`/${file}`, (_request, response) => {
        response.setHeader('Content-Type', mime);
        response.end(read());
      });
    },
  };
}
