// A story in steps: each is a sentence; the first that does not hold ends it, since what follows rests on it.
import { join } from 'node:path';
import { shots } from './stage.mjs';

export function telling(stage) {
  let passed = 0;
  let failed = 0;
  return {
    step: async (sentence, run) => {
      if (failed) return;
      const began = Date.now();
      try {
        await run();
        passed += 1;
        console.log(`ok ${sentence} (${Date.now() - began} ms)`);
      } catch (error) {
        failed += 1;
        console.log(`FAILED ${sentence}\n${error.stack}`);
        for (const [person, page] of stage.people) await page.screenshot({ path: join(shots, `failed-${person}.png`), fullPage: true, timeout: 5_000 }).catch(() => {});
      }
    },
    end: async () => {
      await stage.close();
      console.log(`${passed} passed, ${failed} failed`);
      process.exit(failed ? 1 : 0);
    },
  };
}

/** Asks until it holds. Errors: the last answer, once the time is over. */
export async function until(sentence, holds, ms = 20_000) {
  for (const end = Date.now() + ms; ;) {
    if (await holds()) return;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${sentence}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}
export const pause = (ms) => new Promise((next) => setTimeout(next, ms));
