// The worked examples that the C++ side writes (crypto/FORMATS.md): every value is recomputed here.
import { beforeAll, describe, expect, it } from 'vitest';
import { base32, base64, fromBase64, fromHex, fromUtf8, hex, utf8 } from '../../src/crypto/bytes';
import {
  bundleFromJson, bundleJson, derive, deviceFromSeed, publicBundle, seedFromText, verifyBundle,
} from '../../src/crypto/device';
import { countersign, parseEnvelope, preAuthentication, printEnvelope, signEnvelope, verifyEnvelope } from '../../src/crypto/envelope';
import { parts, sha256 } from '../../src/crypto/hash';
import { hpkeOpen, hpkeSeal } from '../../src/crypto/hpke';
import { encodeLeaf, hashOfLeaf, logName, unitTag } from '../../src/crypto/leaf';
import { Frontier, leafHash, treeRoot, verifyConsistency, verifyInclusion } from '../../src/crypto/merkle';
import { openName, sealName } from '../../src/crypto/names';
import { noteKeyId, verifyCheckpoint } from '../../src/crypto/note';
import { pad, padme, unpad } from '../../src/crypto/padding';
import { contentCommitment, keyCommitment, openRecord, sealRecord } from '../../src/crypto/record_body';
import { verifySignature } from '../../src/crypto/signature';
import { attendInput, authInput, closedInput, timeInput, wantedInput } from '../../src/crypto/signed_input';
import { sodium, sodiumReady } from '../../src/crypto/sodium';
import { decodeFrameHeader, epochCommitment, FrameSealer, openFrame, senderKey } from '../../src/crypto/talk';
import {
  directoryWrapInfo, epochWrapInfo, grantAad, openWrap, recordWrapInfo, wrapAad,
} from '../../src/crypto/wrap';
import { verifyWrap, wrapsRoot } from '../../src/crypto/wraps_root';
import { ours, withVectors } from '../vectors';

// Vectors are data of another program: read loosely here, compared strictly.
type Golden = any;
const b = (text: string): Uint8Array => fromHex(text) ?? expect.fail(`not hex: ${text}`);
const golden = ours('golden.json');
const check = (sentence: string, run: (v: Golden) => void) => withVectors<Golden>(golden, sentence, run);
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

beforeAll(sodiumReady);

describe('the formats that the server writes', () => {
  check('encodings and length-prefixed parts are the same', ({ encodings: v }) => {
    expect(base64(b(v.bytes))).toBe(v.base64);
    expect(base32(b(v.bytes))).toBe(v.base32);
    expect(hex(parts(...v.prefixed.parts.map(b)))).toBe(v.prefixed.bytes);
    expect(hex(sha256(b(v.prefixed.bytes)))).toBe(v.hash);
  });

  check('derived keys are the same', ({ derive: v }) => {
    for (const label of ['seed-sign', 'seed-kem', 'record-key', 'record-commitment', 'epoch-commitment']) {
      expect(hex(derive(b(v.ikm), `kasane/${label}/v1`)), label).toBe(v[`kasane/${label}/v1`]);
    }
    expect(hex(senderKey(b(v.ikm), v.sender.device, b(v.sender.session)))).toBe(v.sender.key);
  });

  check('a device made from a seed has the same id, proof and bundle', ({ device: v }) => {
    const device = deviceFromSeed(seedFromText(v.seed) ?? expect.fail('seed'));
    const bundle = publicBundle(device);
    expect([device.id, hex(device.signing.publicKey), hex(device.kem.publicKey), hex(bundle.proof)])
      .toEqual([v.device, v.sign, v.kem, v.proof]);
    expect(JSON.stringify({ v: 1, device: device.id, ...bundleJson(bundle) })).toBe(v.bundle);
    const read = bundleFromJson(JSON.parse(v.bundle)) ?? expect.fail('bundle');
    expect(verifyBundle(read)).toBe(v.device);
    expect(verifyBundle({ ...read, proof: flipped(read.proof, 3) })).toBeNull();
    expect(verifyBundle({ ...read, kem: [{ suite: 1, pk: new Uint8Array(32) }] })).toBeNull();
    expect(verifyBundle({ ...read, sign: new Uint8Array(32) })).toBeNull();
  });

  check('an envelope has the same bytes, with one signature and with two', ({ envelope: v, device: d }) => {
    const device = deviceFromSeed(seedFromText(d.seed) ?? expect.fail('seed'));
    const payload = utf8(v.payload);
    expect(hex(preAuthentication(payload))).toBe(v.pae);
    expect(printEnvelope(signEnvelope(payload, device))).toBe(v.one);
    expect(hex(sha256(utf8(v.one)))).toBe(v.one_hash);
    const two = parseEnvelope(v.two) ?? expect.fail('two');
    expect(verifyEnvelope(two, 0, b(v.first.sign))).toBe(true);
    expect(verifyEnvelope(two, 1, b(v.second.sign))).toBe(true);
    expect(verifyEnvelope(two, 1, b(v.first.sign))).toBe(false);
    expect(verifyEnvelope(two, 2, b(v.first.sign))).toBe(false);
    expect(countersign(two, 'd-x', device.signing)).toBeNull();
    for (const other of [` ${v.one}`, v.one.replace('":"', '": "'), v.one.replace('}]}', '}],"x":1}'), v.one.slice(0, -1)]) {
      expect(parseEnvelope(other)).toBeNull();
    }
  });

  check('leaf, unit tag and log name are the same', ({ leaf: v }) => {
    expect(hex(unitTag(b(v.salt), v.unit))).toBe(v.tag);
    const leaf = { timeMs: v.time_ms, unit: b(v.tag), position: v.position, previous: b(v.previous), envelope: b(v.envelope) };
    expect(hex(encodeLeaf(leaf))).toBe(v.bytes);
    expect(hex(hashOfLeaf(leaf))).toBe(v.hash);
    expect(logName(v.origin, v.founding_envelope)).toBe(v.log);
  });

  check('roots, frontier and proofs are the same', ({ merkle: v }) => {
    const leaves = Array.from({ length: 11 }, (_, i) => leafHash(Uint8Array.of(i)));
    expect(v.roots.map((_: string, n: number) => hex(treeRoot(leaves.slice(0, n))))).toEqual(v.roots);
    const frontier = new Frontier();
    leaves.forEach((leaf) => frontier.append(leaf));
    expect(frontier.edges.map(hex)).toEqual(v.frontier_11);
    expect(verifyInclusion(leaves[5] ?? b(''), 5, 11, b(v.roots[11]), v.inclusion_5_of_11.map(b))).toBe(true);
    expect(verifyConsistency(6, b(v.roots[6]), 11, b(v.roots[11]), v.consistency_6_to_11.map(b))).toBe(true);
  });

  check('a checkpoint verifies, and no other text does', ({ checkpoint: v }) => {
    const key = b(v.public_key);
    expect(hex(noteKeyId(v.origin, key))).toBe(v.key_id);
    const read = verifyCheckpoint(v.note, v.origin, key);
    expect(read && [read.size, hex(read.root)]).toEqual([v.size, v.root]);
    for (const other of [
      v.note.replace('4711', '4712'), v.note.replace('4711', '04711'), v.note.slice(0, -1), `${v.note}\n`,
      v.note.replace('—', '-'), v.note.replace('4711\n', '4711\nmore\n'), v.note.split('\n\n')[0],
    ]) expect(verifyCheckpoint(other, v.origin, key), other).toBeNull();
    expect(verifyCheckpoint(v.note, 'other/0123456789abcdef', key)).toBeNull();
  });

  check('HPKE and the four sorts of wrap are the same', ({ hpke: h, wraps: v }) => {
    const pair = (secret: Uint8Array) => ({ secretKey: secret, publicKey: sodium().crypto_scalarmult_base(secret) });
    const recipient = pair(b(h.private_key));
    expect(hex(recipient.publicKey)).toBe(h.public_key);
    const sealed = hpkeSeal(recipient.publicKey, utf8(h.info), utf8(h.aad), utf8(h.plaintext), pair(b(h.ephemeral_private_key)));
    expect(hex(sealed ?? b(''))).toBe(h.sealed);
    expect(fromUtf8(hpkeOpen(recipient, utf8(h.info), utf8(h.aad), b(h.sealed)) ?? b(''))).toBe(h.plaintext);

    const holder = pair(b(v.kem_private_key));
    const infos = {
      record: recordWrapInfo(utf8(v.core)), grant: recordWrapInfo(utf8(v.core)),
      directory: directoryWrapInfo(v.log), epoch: epochWrapInfo(v.log, v.item, v.number, b(v.kc)),
    };
    for (const [sort, info] of Object.entries(infos)) {
      const aad = sort === 'grant' ? grantAad(v.device, b(v.grant_nonce)) : wrapAad(v.device);
      expect([hex(info), hex(aad)], sort).toEqual([v[sort].info, v[sort].aad]);
      const made = hpkeSeal(holder.publicKey, info, aad, b(v.key), pair(b(v[sort].ephemeral_private_key)));
      expect(`0001${hex(made ?? b(''))}`, sort).toBe(v[sort].wrap);
      expect(hex(openWrap(holder, info, aad, b(v[sort].wrap)) ?? b('')), sort).toBe(v.key);
      expect(openWrap(holder, info, utf8('d-other'), b(v[sort].wrap)), sort).toBeNull();
      expect(openWrap(holder, info, aad, flipped(b(v[sort].wrap), 1)), sort).toBeNull();
    }
  });

  check('the root over the wraps is the same and proves one wrap', ({ wraps_root: v }) => {
    const list = v.list.map(([device, digest]: [string, string]) => ({ device, digest: b(digest) }));
    expect(hex(wrapsRoot(list) ?? b(''))).toBe(v.root);
    expect(hex(wrapsRoot([]) ?? b(''))).toBe(v.empty_root);
    expect(wrapsRoot([list[0], list[0]])).toBeNull();
    const mine = list.find((wrap: { device: string }) => wrap.device === v.of);
    expect(verifyWrap(b(v.root), mine, v.position, v.leaves, v.path.map(b))).toBe(true);
    expect(verifyWrap(b(v.root), { ...mine, device: 'd-x' }, v.position, v.leaves, v.path.map(b))).toBe(false);
  });

  check('a record body is the same and opens for its core alone', ({ record: v }) => {
    const [key, core] = [b(v.key), utf8(v.core)];
    expect(hex(sha256(core))).toBe(v.core_hash);
    expect(hex(keyCommitment(key))).toBe(v.kc);
    expect(hex(contentCommitment(b(v.blinding), utf8(v.content)))).toBe(v.pc);
    const sealed = sealRecord(key, core, b(v.blinding), utf8(v.content), b(v.nonce));
    expect([hex(sealed), hex(sha256(sealed)), sealed.length]).toEqual([v.sealed, v.digest, v.length]);
    expect(fromUtf8(openRecord(key, core, b(v.kc), b(v.pc), sealed)?.content ?? b(''))).toBe(v.content);
    expect(openRecord(key, utf8('{}'), b(v.kc), b(v.pc), sealed)).toBeNull();
    expect(openRecord(key, core, b(v.pc), b(v.pc), sealed)).toBeNull();
    expect(openRecord(key, core, b(v.kc), b(v.kc), sealed)).toBeNull();
    expect(openRecord(flipped(key, 0), core, b(v.kc), b(v.pc), sealed)).toBeNull();
    expect(openRecord(key, core, b(v.kc), b(v.pc), flipped(sealed, 60))).toBeNull();
  });

  check('Padmé lengths are the same, and padding has one spelling', ({ padme: v }) => {
    for (const [length, padded] of v) expect(padme(length), String(length)).toBe(padded);
    for (const length of [0, 1, 127, 128, 255, 300, 5000]) {
      const content = new Uint8Array(length);
      expect(unpad(pad(content, 128), 128)).toEqual(content);
    }
    expect(unpad(new Uint8Array(128), 128)).toBeNull();
    expect(unpad(pad(utf8('x'), 256), 128)).toBeNull();
  });

  check('frames of the talk are the same and belong to one place', ({ talk: v }) => {
    const device = deviceFromSeed(seedFromText(v.seed) ?? expect.fail('seed'));
    const place = { log: v.log, item: v.item, epoch: v.epoch, device: v.device };
    const secret = b(v.secret);
    expect(hex(epochCommitment(secret))).toBe(v.kc);
    const sealer = new FrameSealer(secret, place, b(v.session));
    for (const frame of v.frames) {
      const kind = frame.kind === 1 ? 'message' : 'signal';
      const made = sealer.seal(kind, utf8(frame.content), device.signing);
      expect(hex(made)).toBe(frame.frame);
      expect(decodeFrameHeader(made)).toMatchObject({ kind, epoch: v.epoch, counter: frame.counter });
      expect(fromUtf8(openFrame(secret, place, b(v.sign), made) ?? b(''))).toBe(frame.content);
      expect(openFrame(secret, { ...place, item: 'i-other' }, b(v.sign), made)).toBeNull();
      expect(openFrame(flipped(secret, 5), place, b(v.sign), made)).toBeNull();
      expect(openFrame(secret, place, b(v.sign), flipped(made, 50))).toBeNull();
    }
  });

  check('what is signed outside of envelopes verifies', ({ signed: v }) => {
    const [server, client, session] = [b(v.server_nonce), b(v.client_nonce), b(v.session)];
    const inputs: Record<string, Uint8Array> = {
      auth: authInput(v.log, v.browser_origin, server, client),
      auth_without_origin: authInput(v.log, '', server, client),
      time: timeInput(v.log, client, v.time_ms),
      closed: closedInput(v.log, v.person, v.unit, v.size),
      wanted: wantedInput(v.log, v.record, v.device),
      enter: attendInput('enter', v.log, v.item, session),
      leave: attendInput('leave', v.log, v.item, session),
    };
    for (const [name, input] of Object.entries(inputs)) {
      expect(hex(input), name).toBe(v[name].input);
      expect(verifySignature(b(v[name].signature), input, b(v.sign)), name).toBe(true);
      expect(verifySignature(flipped(b(v[name].signature), 0), input, b(v.sign)), name).toBe(false);
    }
  });

  check('a name of staff is sealed the same', ({ names: v }) => {
    const value = JSON.parse(v.json) as { name: string; post: string };
    const sealed = sealName(b(v.key), v.log, v.person, value, b(v.nonce));
    expect(sealed).toEqual({ nonce: base64(b(v.nonce)), box: base64(b(v.box)) });
    expect(openName(b(v.key), v.log, v.person, sealed)).toEqual(value);
    expect(openName(b(v.key), v.log, 'p-other', sealed)).toBeNull();
    expect(openName(b(v.key), v.log, v.person, { ...sealed, box: fromBase64(sealed.box) })).toBeNull();
  });

  it('a seed of any other spelling is no seed', () => {
    for (const text of ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`, `${'A'.repeat(42)}B`, '+'.repeat(43)]) {
      expect(seedFromText(text), text).toBeNull();
    }
  });
});
