// The policy file of a bundle (C2SP tlog-policy, server/log/FORMAT.md "Policy file"): which log, which witnesses, and how
// many of these must have cosigned.
import { equal } from '../crypto/bytes';
import { cosignedAt, type Cosigners } from '../crypto/cosignature';
import { noteKeyTypes, parseNote, parseVerifierKey, printVerifierKey, type VerifierKey } from '../crypto/note';

export interface WitnessPolicy {
  logs: VerifierKey[];
  witnesses: { name: string; key: VerifierKey }[];
  groups: { name: string; least: number; members: string[] }[];
  quorum: string;
}

const namesMax = 64;
const bytesMax = 16_384;
const none = 'none';

/** As a bundle carries it: one spelling, no URLs and no comments. Null for anything else. */
export function readPolicy(text: string): WitnessPolicy | null {
  if (text.length > bytesMax || !text.endsWith('\n')) return null;
  const policy: WitnessPolicy = { logs: [], witnesses: [], groups: [], quorum: '' };
  const known = (name: string) => policy.witnesses.some((one) => one.name === name) || policy.groups.some((one) => one.name === name);
  const grouped = new Set<string>();
  for (const line of text.slice(0, -1).split('\n')) {
    const [word, name = '', third = '', ...members] = line.split(' ');
    if (policy.quorum !== '' || policy.logs.length + policy.witnesses.length + policy.groups.length >= namesMax && word !== 'quorum') return null;
    if (word === 'log') {
      const key = parseVerifierKey(name);
      if (key?.type !== noteKeyTypes.log || policy.logs.some((one) => equal(one.key, key.key))) return null;
      policy.logs.push(key);
    } else if (word === 'witness') {
      const key = parseVerifierKey(third);
      if (name === none || known(name) || key?.type !== noteKeyTypes.cosigner || policy.witnesses.some((one) => equal(one.key.key, key.key))) return null;
      policy.witnesses.push({ name, key });
    } else if (word === 'group') {
      const least = /^[1-9][0-9]?$/.test(third) ? Number(third) : 0;
      if (name === none || known(name) || least < 1 || least > members.length) return null;
      for (const member of members) {
        if (!known(member) || grouped.has(member)) return null;
        grouped.add(member);
      }
      policy.groups.push({ name, least, members });
    } else if (word === 'quorum' && (name === none || known(name))) {
      policy.quorum = name;
    } else {
      return null;
    }
  }
  return policy.quorum !== '' && print(policy) === text ? policy : null;
}

function print({ logs, witnesses, groups, quorum }: WitnessPolicy): string {
  return [
    ...logs.map((key) => `log ${printVerifierKey(key)}`),
    ...witnesses.map(({ name, key }) => `witness ${name} ${printVerifierKey(key)}`),
    ...groups.map(({ name, least, members }) => `group ${name} ${least} ${members.join(' ')}`),
    `quorum ${quorum}\n`,
  ].join('\n');
}

/** The least number of witnesses whose cosignatures make the quorum; 0 where none is wanted. */
export function leastCosigners({ groups, quorum }: WitnessPolicy): number {
  const leastOf = (name: string): number => {
    const group = groups.find((one) => one.name === name);
    return group ? group.members.map(leastOf).sort((a, b) => a - b).slice(0, group.least).reduce((sum, one) => sum + one, 0) : 1;
  };
  return quorum === none ? 0 : leastOf(quorum);
}

/** Does the note carry the cosignatures of the quorum? The log's own signature is not looked at. */
export function hasQuorum(policy: WitnessPolicy, noteText: string): boolean {
  const note = parseNote(noteText);
  if (!note) return false;
  const stands = new Set(policy.witnesses.filter(({ key }) => cosignedAt(note, key) !== null).map(({ name }) => name));
  // Groups stand after their members.
  for (const { name, least, members } of policy.groups) if (members.filter((one) => stands.has(one)).length >= least) stands.add(name);
  return stands.has(policy.quorum);
}

/** May a log that was founded with these witnesses be held to this policy? Its quorum is then one to whoever reads entry 0. */
export function suits(policy: WitnessPolicy, founded: Cosigners): boolean {
  if (founded.least === 0) return true;
  const known = ({ key }: { key: VerifierKey }) => founded.keys.some((one) => one.name === key.name && equal(one.key, key.key));
  return policy.witnesses.length === founded.keys.length && policy.witnesses.every(known) && leastCosigners(policy) >= founded.least;
}
