// The focus is never lost (WCAG 2.4.3, 2.4.7): where what had it goes away, the screen's heading takes it; a button that
// was disabled while its step ran has it back.
import { useEffect } from 'preact/hooks';

const able = (element: Element): boolean => !element.matches(':disabled');

function heading(): HTMLElement | null {
  const found = document.querySelector<HTMLElement>('main h1');
  if (found) found.tabIndex = -1;
  return found;
}

export function useFocusKept(): void {
  useEffect(() => {
    let last: HTMLElement | null = null;
    const remember = ({ target }: FocusEvent) => { if (target instanceof HTMLElement) last = target; };
    // Who leaves a thing that is still there, and able, left it on purpose.
    const left = ({ target }: FocusEvent) => queueMicrotask(() => {
      if (target === last && last?.isConnected && able(last)) last = null;
    });
    const look = () => {
      if (!last || (document.activeElement !== null && document.activeElement !== document.body)) return;
      if (!last.isConnected) heading()?.focus({ preventScroll: true });
      else if (able(last)) last.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', left);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', left);
    };
  }, []);
}
