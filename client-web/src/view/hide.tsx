// A passer-by sees nothing: Esc twice, or 15 minutes without a key, draws a curtain over everything.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { words } from '../text';
import { Button } from './parts/small';

const idleMs = 15 * 60_000;
const doubleMs = 600;
export const curtain = signal(false);
export const draw = (): void => { curtain.value = true; };

export function useCurtain(): void {
  useEffect(() => {
    let lastEscape = 0;
    let idle = window.setTimeout(draw, idleMs);
    const awake = () => { window.clearTimeout(idle); idle = window.setTimeout(draw, idleMs); };
    const key = (event: KeyboardEvent) => {
      awake();
      if (event.key !== 'Escape') return;
      const now = performance.now();
      if (now - lastEscape < doubleMs) draw();
      lastEscape = now;
    };
    window.addEventListener('keydown', key);
    window.addEventListener('pointerdown', awake);
    return () => {
      window.clearTimeout(idle);
      window.removeEventListener('keydown', key);
      window.removeEventListener('pointerdown', awake);
    };
  }, []);
}

export function Curtain() {
  const t = words();
  useEffect(() => {
    const title = document.title;
    document.title = t.hidden.title;
    return () => { document.title = title; };
  }, [t]);
  return (
    <main class="curtain">
      <h1>{t.hidden.title}</h1>
      <p>{t.hidden.text}</p>
      <p><Button kind="quiet" onPress={() => { curtain.value = false; }}>{t.hidden.back}</Button></p>
    </main>
  );
}
