// Every limit of the wire on this side (server/wire/PROTOCOL.md "Limits"), and the client's own.
export const limits = {
  messageBytes: 1024 * 1024,
  envelopeBytes: 64_000,
  recordCiphertextBytes: 256 * 1024,
  messageCiphertextBytes: 16 * 1024,
  wraps: 1024,
  appendEnvelopes: 64,
  inFlight: 48,
  /** Of the client's own: entries in one message, leaf hashes in one message, notes kept, held messages without answer. */
  entriesInMessage: 20_000,
  leavesInMessage: 65_536,
  answerMs: 20_000,
  helloWithinMs: 15_000,
  /** Nothing came for this long: a ping; in a tab that nobody looks at, less often. */
  pingAfterMs: 2_000,
  pingHiddenAfterMs: 15_000,
  lookEveryMs: 500,
  /** Words on the screen within 5 s of the last thing heard (2 + 2.2), or of asking; the line is given up within 15 s. */
  pongLateMs: 2_200,
  answerLateMs: 4_500,
  pongWithinMs: 10_000,
  /** Own clock this far off: say so once, extend no access until confirmed (design.md §3). */
  clockOffMs: 120_000,
  /** Under a head older than this nobody is given access (design.md §3 Freshness). */
  headAgeMs: 600_000,
  policyBytes: 16_384,
  /** A signal, sealed and in base64. */
  signalBytes: 4096,
} as const;
