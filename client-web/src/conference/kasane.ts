// The client proper, whole: the life of kasane_life.ts, the verbs of kasane_verbs, kasane_records and kasane_sittings,
// and here the registrar's and the auditor's.

import { hex, utf8 } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { LedgerViolation } from '../ledger/violation';
import { readZip } from '../ledger/zip';
import { showBundle } from './bundle';
import { BundleCheck, type BundleReport, type Progress } from './bundle_check';
import type { AuditLook, AuditQuestion, KasaneClient, LedgerReport, Receipt } from './client';
import { KasaneSittings } from './kasane_sittings';
import type { AgencyType, BasisTerms, Category, Result, TenantRole } from './model';
import type { Inflate } from './ports';
import { deviceAdd, personAdd, personRoles } from './registrar_verbs';
import { checkLedger } from './self_check';
import { Refused } from './standpoint';

export class Kasane extends KasaneSittings implements KasaneClient {
  // ── registrar ─────────────────────────────────────────────────────────────
  addAgency(id: string, type: AgencyType, name: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'agency.add', agency: id, agency_type: type, name }]);
  }

  addPerson(id: string, input: Parameters<KasaneClient['addPerson']>[1]): Promise<Result<Receipt>> {
    return this.refusable(async () => this.state([personAdd(this.at, this.directoryKey, id, input)]));
  }

  setRoles(person: string, roles: TenantRole[], post?: string): Promise<Result<Receipt>> {
    return this.refusable(async () => {
      const name = this.model.peek()?.persons.get(person)?.name ?? null;
      const named = post === undefined || name === null ? null : { name, post };
      return this.state([personRoles(this.at, this.directoryKey, person, roles, named)]);
    });
  }

  endPerson(person: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'person.end', person }]);
  }

  addDevice(person: string, bundleText: string): Promise<Result<Receipt & { device: string }>> {
    return this.refusable(async () => {
      const hasAgency = (this.model.peek()?.persons.get(person)?.agency ?? null) !== null;
      const { device, statement, blobs } = deviceAdd(this.at, this.directoryKey, person, hasAgency, bundleText);
      return this.naming('device', device, this.state([statement], {}, blobs));
    });
  }

  revokeDevice(device: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'device.revoke', device }]);
  }

  vouchDevice(device: string): Promise<Result<Receipt>> {
    return this.state([{ kind: 'device.vouch', device }]);
  }

  publishNotice(basis: string, version: number): Promise<Result<Receipt>> {
    return this.state([{ kind: 'notice.publish', basis, version }]);
  }

  setNeeds(type: AgencyType, categories: Category[]): Promise<Result<Receipt>> {
    return this.state([{ kind: 'matrix.set', agency_type: type, categories }]);
  }

  registerBasis(terms: BasisTerms): Promise<Result<Receipt>> {
    return this.state([{ kind: 'basis.register', ...terms }]);
  }

  bundle(): { text: string; device: string } {
    return showBundle(this.parts.device);
  }

  foundingHash(): string {
    return this.parts.foundingHash;
  }

  // ── audit ─────────────────────────────────────────────────────────────────
  async checkLedger(): Promise<LedgerReport> {
    const check = () => checkLedger(this.holdings, this.parts.host, this.parts.foundingHash);
    const readsAll = (this.model.peek()?.me.roles.includes('compliance') ?? false) && !this.holdings.heads.closedOnce;
    let report = check();
    // What has not come yet is asked for, before anything is called unexplained.
    if (readsAll && report.accounted < report.size && this.sync.live) {
      await this.sync.feed().catch(() => undefined);
      report = check();
    }
    const { ledger } = this.holdings;
    const unexplained = ledger.leaves.findIndex((_, index) => ledger.entry(index) === null);
    if (readsAll && unexplained >= 0) {
      const violation = new LedgerViolation('UNEXPLAINED', `${report.size - report.accounted} leaves are entries of no unit`, unexplained);
      report.findings.push({ index: unexplained, code: violation.code, detail: violation.detail });
      if (this.sync.live) this.at.compare(() => { throw violation; });
    }
    return { ...report, readsAll };
  }

  /** Errors: rejects with NoBundle. */
  async checkBundle(bytes: Uint8Array, inflate: Inflate, progress: Progress): Promise<BundleReport> {
    const files = await readZip(bytes, inflate);
    return new BundleCheck(files, this.parts.policy, this.parts.foundingHash, progress).run();
  }

  queryAudit(question: AuditQuestion): Promise<Result<AuditLook>> {
    return this.refusable(async () => {
      // Asked now or not at all: a look that waits for a line would be recorded when nobody looks.
      if (!this.at.connection.live) throw new Refused({ code: 'OFFLINE' });
      const { person, kind, from, to } = question;
      const asked = Object.fromEntries(Object.entries({ person, case: question.case, kind, from, to }).filter(([, value]) => value !== null));
      const result = await this.state([{ kind: 'audit.query', body: { ...asked, size: this.holdings.ledger.size } }]);
      if (!result.ok) return result;
      const [receipt] = result.value.receipts;
      // On the server's word alone nothing is shown: the entry has to be there, verified.
      await this.at.covers(receipt!.index);
      const entry = this.holdings.ledger.entry(receipt!.index);
      if (entry?.payload.kind !== 'audit.query' || entry.payload.by !== this.at.me) throw new Refused({ code: 'INCOMPLETE' });
      const look = { question, index: entry.index, at: entry.timeMs };
      this.looking.value = look;
      this.drawNow();
      return { ok: true, value: look };
    });
  }

  endAudit(): void {
    this.looking.value = null;
    this.audit.value = [];
  }

  exportAudit(text: string, rows: number): Promise<Result<void>> {
    return this.refusable(async () => {
      const body = { rows, size: this.holdings.ledger.size, digest: hex(sha256(utf8(text))) };
      const result = await this.state([{ kind: 'export.made', body }]);
      return result.ok ? { ok: true, value: undefined } : result;
    });
  }

  exportEvidence(): string | null {
    const failure = this.evidence.peek();
    return failure && (this.accusation.text ?? JSON.stringify({ v: 1, type: 'kasane-evidence', ...failure, log: this.parts.foundingHash }, null, 1));
  }

  recheck(): Promise<void> {
    return this.accusation.forget();
  }
}
