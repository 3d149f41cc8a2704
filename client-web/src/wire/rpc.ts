// JSON-RPC 2.0 frames (server/wire/PROTOCOL.md): requests with their answers, notifications, errors by reason.
import { Malformed } from './check';
import { isObject, type Json, type JsonObject, parseJson } from './json';
import { limits } from './limits';

export interface WireError {
  code: number;
  message: string;
  /** The policy's or the wire's reason code. */
  reason: string;
  data: JsonObject;
}

export type Incoming =
  | { sort: 'answer'; id: number; result: Json }
  | { sort: 'error'; id: number | null; error: WireError }
  | { sort: 'notification'; method: string; params: Json };

export function writeRequest(id: number, method: string, params: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, params });
}

/** Errors: throws Malformed. */
export function readIncoming(frame: string): Incoming {
  if (frame.length > limits.messageBytes) throw new Malformed('frame too long');
  const value = parseJson(frame);
  if (!isObject(value ?? undefined)) throw new Malformed('frame');
  const message = value as JsonObject;
  if (message['jsonrpc'] !== '2.0') throw new Malformed('jsonrpc');
  const { id, method, result, error } = message;
  if (typeof method === 'string' && id === undefined) return { sort: 'notification', method, params: message['params'] ?? null };
  if (error !== undefined) return { sort: 'error', id: typeof id === 'number' ? id : null, error: readError(error) };
  if (typeof id === 'number' && result !== undefined) return { sort: 'answer', id, result };
  throw new Malformed('frame');
}

function readError(value: Json): WireError {
  if (!isObject(value) || typeof value['code'] !== 'number' || typeof value['message'] !== 'string') throw new Malformed('error');
  const data = isObject(value['data']) ? value['data'] : {};
  const reason = typeof data['reason'] === 'string' ? data['reason'] : 'INVALID';
  return { code: value['code'], message: value['message'].slice(0, 2000), reason, data };
}
