// Writes `integrity` onto the page's script and style sheet: a changed bundle is refused by the browser,
// and the hash can be compared with the one printed with a release (experience.md A.5).
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

export function subresourceIntegrity(): Plugin {
  return {
    name: 'kasane-integrity',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const page of Object.values(bundle)) {
        if (page.type !== 'asset' || !page.fileName.endsWith('.html')) continue;
        page.source = String(page.source).replace(
          /<(script|link)\b([^>]*?)\b(src|href)="\/([^"]+)"([^>]*)>/g,
          (tag, element: string, before: string, attribute: string, file: string, after: string) => {
            const part = bundle[file];
            if (!part) return tag;
            const bytes = part.type === 'chunk' ? part.code : part.source;
            const hash = createHash('sha384').update(bytes).digest('base64');
            return `<${element}${before}${attribute}="/${file}" integrity="sha384-${hash}"${after}>`;
          },
        );
      }
    },
  };
}
