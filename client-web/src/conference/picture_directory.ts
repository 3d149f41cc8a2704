// People, agencies and bases of the picture. Names come out of sealed bodies, for who holds the directory key.
import { openName } from '../crypto/names';
import type { Ledger } from '../ledger/ledger';
import type { JsonObject } from '../wire/json';
import type { Agency, AgencyType, Basis, BasisTerms, Category, Device, Needs, Person, TenantRole } from './model';
import { numOrNull, rows, str, strOrNull, strs, textsByLanguage } from './rows';

export interface StaffName {
  name: string;
  post: string;
}

/** Opens each sealed name once. */
export class StaffNames {
  private readonly opened = new Map<number, StaffName | null>();

  constructor(private readonly directoryKey: () => Uint8Array | null) {}

  /** Newest name of each person. */
  of(ledger: Ledger): Map<string, StaffName> {
    const key = this.directoryKey();
    const names = new Map<string, StaffName>();
    if (!key) return names;
    for (const entry of ledger.units.get('directory')?.entries ?? []) {
      const { kind, body, statement, log } = entry.payload;
      if (kind !== 'tenant.found' && kind !== 'person.add' && kind !== 'person.roles') continue;
      const person = statement['person'];
      if (typeof person !== 'string' || body['name'] === undefined) continue;
      let name = this.opened.get(entry.index);
      if (name === undefined) {
        name = openName(key, log, person, body['name']);
        this.opened.set(entry.index, name);
      }
      if (name) names.set(person, name);
    }
    return names;
  }

  forget(): void {
    this.opened.clear();
  }
}

/** The first agency's statement (`tenant.found`) has no name: its title stands in the body. */
export function agencies(snapshot: JsonObject, ledger: Ledger): Map<string, Agency> {
  const first = ledger.founding.titles.agency;
  return new Map(rows(snapshot, 'agencies').map((row) => {
    const id = str(row, 'agency');
    return [id, { id, type: str(row, 'type') as AgencyType, name: strOrNull(row, 'name') ?? (first?.id === id ? first.title : null) }];
  }));
}

/** Who added and who vouched for each device: the policy keeps neither for the screens. */
function hands(ledger: Ledger): { added: Map<string, string>; vouched: Map<string, Device['vouched']> } {
  const added = new Map<string, string>();
  const vouched = new Map<string, Device['vouched']>();
  for (const { payload, timeMs } of ledger.units.get('directory')?.entries ?? []) {
    const { device } = payload.statement;
    if (typeof device !== 'string') continue;
    if (payload.kind === 'device.add') added.set(device, payload.by);
    if (payload.kind === 'device.vouch') vouched.set(device, [...(vouched.get(device) ?? []), { person: payload.by, at: timeMs }]);
  }
  return { added, vouched };
}

export function persons(
  snapshot: JsonObject, names: Map<string, StaffName>, ledger: Ledger, ownDevice: string,
): Map<string, Person> {
  const devices = new Map<string, Device[]>();
  const { added, vouched } = hands(ledger);
  for (const row of rows(snapshot, 'devices')) {
    const id = str(row, 'device');
    const device: Device = {
      id, person: str(row, 'person'), revoked: row['live'] !== true, own: id === ownDevice,
      addedAt: ledger.directory.device(id)?.addedAtMs ?? 0, addedBy: added.get(id) ?? null, vouched: vouched.get(id) ?? [],
    };
    devices.set(device.person, [...(devices.get(device.person) ?? []), device]);
  }
  return new Map(rows(snapshot, 'persons').map((row) => {
    const id = str(row, 'person');
    const person: Person = {
      id, agency: strOrNull(row, 'agency'), roles: strs<TenantRole>(row, 'roles'), ended: row['ended'] === true,
      dutySource: strOrNull(row, 'duty_source'), name: names.get(id)?.name ?? null, post: names.get(id)?.post ?? null,
      devices: devices.get(id) ?? [],
    };
    return [id, person];
  }));
}

/** The last registration of each code: the policy took it, so its shape holds. */
function registered(ledger: Ledger): Map<string, BasisTerms> {
  const found = new Map<string, BasisTerms>();
  for (const { payload } of ledger.units.get('directory')?.entries ?? []) {
    if (payload.kind !== 'basis.register') continue;
    const terms = Object.fromEntries(Object.entries(payload.statement).filter(([name]) => name !== 'kind' && name !== 'by')) as unknown as BasisTerms;
    found.set(terms.code, terms);
  }
  return found;
}

export function needs(snapshot: JsonObject): Map<AgencyType, Needs> {
  return new Map(rows(snapshot, 'needs').map((row) => [
    str(row, 'agency_type') as AgencyType, { categories: strs<Category>(row, 'categories'), shipped: strs<Category>(row, 'shipped'), index: numOrNull(row, 'index') },
  ]));
}

export function bases(snapshot: JsonObject, ledger: Ledger): Map<string, Basis> {
  const last = registered(ledger);
  return new Map(rows(snapshot, 'bases').map((row) => {
    const basis: Basis = {
      code: str(row, 'code'), inForce: row['in_force'] === true,
      consent: row['consent'] === 'not_required' ? 'not_required' : 'required',
      duty: row['duty'] === true, statutory: row['statutory'] === true, subjectMayAttend: row['subject_may_attend'] === true,
      reading: row['reading'] === 'from_convening' ? 'from_convening' : 'in_session',
      crossLinks: strs(row, 'cross_links'), from: strOrNull(row, 'from'), to: strOrNull(row, 'to'),
      names: textsByLanguage(row['names']), law: plain(row, 'law'), article: plain(row, 'article'),
      paragraph: plain(row, 'paragraph'), penalty: plain(row, 'penalty'), noticeVersion: numOrNull(row, 'notice_version'),
      registered: last.get(str(row, 'code')) ?? null,
    };
    return [basis.code, basis];
  }));
}

/** Display texts stand by language; the Japanese one is the law's own. */
function plain(row: JsonObject, name: string): string | null {
  const texts = textsByLanguage(row[name]);
  return texts === null || typeof texts === 'string' ? texts : (texts['ja'] ?? Object.values(texts)[0] ?? null);
}

