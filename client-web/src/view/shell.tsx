// The frame: who I am, whether I am connected and saved, where I can go. One polite status region for everybody.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { limits } from '../wire/limits';
import { language, sentence, words } from '../text';
import { EvidenceBar } from './evidence';
import { draw } from './hide';
import { PassingNote, StayingNotes } from './notes';
import { Button, SaveWord, usePersonName, usePersonPlace } from './parts/small';
import { clockTime } from './parts/time';
import { go, route, type Route, useClient, useModel, useStage } from './stage';

export function BrandMark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" aria-hidden="true">
      <rect x="3" y="3" width="24" height="24" rx="5" fill="#c5d7fb" /><rect x="8" y="8" width="24" height="24" rx="5" fill="#3460fb" opacity="0.75" /><rect x="13" y="13" width="24" height="24" rx="5" fill="#00118f" />
    </svg>
  );
}

export function toggleLanguage(): void {
  language.value = language.value === 'ja' ? 'en' : 'ja';
  document.documentElement.lang = language.value;
}

function Menu() {
  const t = words();
  const { doorway } = useStage();
  const { roles } = useModel().me;
  const has = (...wanted: string[]) => roles.some((role) => wanted.includes(role));
  const places: [Route, string, boolean][] = [
    [{ screen: 'home' }, t.nav.home, true],
    [{ screen: 'convene' }, t.nav.convene, has('coordinator')],
    [{ screen: 'consent', case: null }, t.nav.consent, has('coordinator', 'consent_officer')],
    [{ screen: 'audit' }, t.nav.audit, has('compliance')],
    [{ screen: 'devices' }, t.nav.devices, has('registrar', 'coordinator', 'consent_officer', 'protection', 'compliance')],
    [{ screen: 'registrar' }, t.nav.registrar, has('registrar')],
    [{ screen: 'settings' }, t.nav.settings, true],
  ];
  return (
    <nav class="menu" aria-label={t.nav.label}>
      <ul>
        {places.filter(([, , shown]) => shown).map(([to, name]) => (
          <li key={to.screen}>
            <button type="button" aria-current={route.value.screen === to.screen ? 'page' : undefined} onClick={() => go(to)}>{name}</button>
          </li>
        ))}
        <li class="end">
          <button type="button" lang={language.value === 'ja' ? 'en' : 'ja'} onClick={toggleLanguage}>{t.nav.language}</button>
          <button type="button" title={t.settings.esc} onClick={draw}>{t.nav.hide}</button>
          <button type="button" onClick={() => void doorway.lock()}>{t.nav.lock}</button>
        </li>
      </ul>
    </nav>
  );
}

function ClockBar() {
  const client = useClient();
  const clock = client.clock.value;
  const t = words();
  if (!clock?.off || clock.confirmed) return null;
  const now = client.now();
  return (
    <div class="offline-bar" role="alert">
      {t.errors.clock(Math.round(Math.abs(clock.offsetMs) / 60_000))} {sentence('CLOCK_OFF')}{' '}
      {now !== null && <b>{t.status.serverTime} {clockTime(now)} </b>}
      <Button small onPress={() => client.confirmClock()}>{t.errors.confirmClock}</Button>
    </div>
  );
}

/** One calm line: whether others outside the server confirm the ledger, and how long ago. */
export function WitnessLine() {
  const client = useClient();
  const model = useModel();
  const state = client.witnesses.value;
  const t = words().witnesses;
  if (!state) return null;
  const practice = model.tenant.demo ? t.practice : '';
  if (state.state === 'none') return <p class="witness-line">{t.none}</p>;
  const age = state.at === null ? null : Math.max(0, (client.now() ?? state.at) - state.at);
  const ago = age === null ? null : t.ago(Math.floor(age / 60_000));
  const fresh = age !== null && age <= limits.headAgeMs && ago !== null;
  return (
    <p class={`witness-line${fresh ? '' : ' stale'}`} role="status">
      {fresh ? t.fresh(state.answering, state.of, ago) : t.stale(state.answering, state.of, ago)}{practice}
    </p>
  );
}

function screenName(screen: Route['screen']): string {
  const t = words();
  return {
    home: t.home.title, convene: t.convene.title, live: t.live.title, share: t.share.title, consent: t.consent.title, decision: t.decision.title,
    'read-decision': t.home.decisions, household: t.guard.household.title, audit: t.audit.title, devices: t.office.devices.title, registrar: t.registrar.title, settings: t.settings.title,
  }[screen];
}

export function Shell({ children }: { children: ComponentChildren }) {
  const t = words();
  const client = useClient();
  const model = useModel();
  const name = usePersonName();
  const place = usePersonPlace();
  const connection = client.connection.value;
  const silent = client.silent.value && (connection.state === 'live' || connection.state === 'catching_up');
  const line = silent ? t.connection.silent : connection.state === 'offline' ? t.live.state.lost : t.connection[connection.state];
  // The screen, and never whom it is about: titles end up in the browser's history.
  const title = `${screenName(route.value.screen)}｜${t.product}`;
  useEffect(() => { document.title = title; }, [title]);
  const narrow = !['home', 'live', 'audit'].includes(route.value.screen);
  return (
    <>
      <a class="skip button" href="#main" onClick={(e) => { e.preventDefault(); document.getElementById('main')?.focus(); }}>{t.nav.skip}</a>
      <header class="top">
        {model.tenant.demo && <p class="demo-strip">{t.demoBanner}</p>}
        <div class="top-inner">
          <span class="brand"><BrandMark />{t.product}</span>
          <span class="who"><b>{name(model.me.person)}</b><span>{place(model.me.person)}</span></span>
        </div>
      </header>
      <Menu />
      <section class="strip" aria-label={t.status.title}>
        <div class="strip-inner">
          <span class="state-line">
            <span><span class={`dot ${silent ? 'offline' : connection.state === 'live' ? 'here' : connection.state}`} aria-hidden="true" />{line}</span>
            <SaveWord state={client.saved.value} />
          </span>
          <PassingNote />
        </div>
        <StayingNotes />
      </section>
      {connection.state === 'offline' && <div class="offline-bar" role="status">{t.connection.offline}</div>}
      {silent && <div class="offline-bar" role="status">{t.connection.silentBar}</div>}
      {connection.state === 'stopped' && !client.evidence.value && <div class="offline-bar" role="alert">{sentence(connection.failure.code)}</div>}
      <EvidenceBar />
      <ClockBar />
      <main id="main" tabIndex={-1} class={narrow ? 'narrow-page' : ''}>{children}</main>
      <footer><WitnessLine /></footer>
    </>
  );
}
