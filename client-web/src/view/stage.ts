// What every screen stands on: the client of this tab and where in the product we are.
import { signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { KasaneClient } from '../conference/client';
import type { Doorway } from '../keep/doorway';
import type { Model } from '../conference/model';

export type Route =
  | { screen: 'home' }
  | { screen: 'convene' }
  | { screen: 'live'; conference: string; item: string | null }
  | { screen: 'share'; case: string; item: string | null; correct: string | null }
  | { screen: 'consent'; case: string | null }
  | { screen: 'decision'; item: string; conference: string }
  | { screen: 'read-decision'; decision: string; from: Route | null }
  | { screen: 'household'; case: string }
  | { screen: 'audit' }
  | { screen: 'devices' }
  | { screen: 'registrar' }
  | { screen: 'settings' };

/** Where we are. Kept out of the address: an id in a browser's history is a trace of who was discussed. */
export const route = signal<Route>({ screen: 'home' });

export function go(to: Route): void {
  history.pushState(to, '');
  route.value = to;
  window.scrollTo(0, 0);
}

export function followHistory(): void {
  history.replaceState(route.value, '');
  window.addEventListener('popstate', (event) => {
    const state = event.state as Route | null;
    route.value = state && typeof state.screen === 'string' ? state : { screen: 'home' };
  });
}

interface Stage {
  client: KasaneClient;
  doorway: Doorway;
}
export const StageContext = createContext<Stage | null>(null);

export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (!stage) throw new Error('a screen outside of the stage');
  return stage;
}
export const useClient = (): KasaneClient => useStage().client;

/** The picture that the screens draw. Screens are shown only once there is one. */
export function useModel(): Model {
  const model = useClient().model.value;
  if (!model) throw new Error('a screen before there is a model');
  return model;
}
