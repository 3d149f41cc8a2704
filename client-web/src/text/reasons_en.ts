// A sentence for every reason, English.

export const placeholders: Record<string, string> = {
  NO_CONSENT: 'the person has not consented', REFUSED: 'the person refuses', REVOKED: 'consent was withdrawn', EXPIRED: 'consent has expired', ENDED_MAJORITY: 'came of age: to be asked anew', ENDED_AUTHORITY: 'the representative’s authority has ended', ENDED_DEATH: 'deceased: to be reviewed',
  ASKED_NO_ANSWER: 'asked, no answer yet', UNABLE_TO_JUDGE: 'the person cannot judge at present', AUTHORITY_CONFLICT: 'the representative has a conflict of interest', CONSENT_NOT_COVERING: 'not covered by the consent', NOT_NEEDED: 'beyond what your role needs', PROTECTED: 'protected information', ORIGINATOR_HOLD: 'restricted by the source',
  NOT_ACKNOWLEDGED: 'the notice is not acknowledged yet', ITEM_NOT_OPEN: 'the item is not open', WITHDRAWN: 'withdrawn', OBSERVER: 'de-identified material only', FLOW: 'learned without consent: cannot come to this item', NOT_MEMBER: 'no seat at this item', RECUSED: 'excluded for a conflict of interest', SOURCE_PROTECTED: 'the reporter is protected',
  NARROWED: 'a withdrawal or protection is on its way; closed until the server has recorded it',
  WITHHELD: 'withheld from the person', UNKNOWN: 'not found', WRONG_CASE: 'another household’s item', BASIS_NOT_IN_FORCE: 'the legal basis is not in force', PERSON_ENDED: 'the person has left', DEVICE_REVOKED: 'the device is revoked',
};

export const failures: Record<string, string> = {
  OFFLINE: 'The connection is gone. What you wrote is kept on this device and will be sent by itself.',
  OFFLINE_ASK: 'The connection is gone, so the server cannot be asked. Nothing has changed. Press again once connected.',
  LOCKED: 'The vault is closed. Enter its passphrase to open it.',
  WRONG_PASSPHRASE: 'The passphrase is wrong. The vault is untouched. Check capitals and the keyboard language, and try again.',
  GUESSABLE: 'This passphrase is easily guessed and cannot be used. Nothing has been made. Avoid common words, names, dates and repetitions; join several words.',
  VAULT_IN_USE: 'This vault is open in another window. What is written there is safe. Use that one, or close it and try again.',
  EVIDENCE: 'The server’s records contradict each other. This device gives nothing to anybody any more. Save the evidence and call the compliance officer.',
  CLOCK_OFF: 'This device’s clock is more than two minutes off. Confirm that the server’s time shown is right. Until then nothing is given on.',
  INCOMPLETE: 'Something that the decision rests on cannot be read yet, or any more. Wait a moment and try again.',
  TAMPERED: 'What arrived does not match what the author signed. It is not shown. Call the compliance officer.',
  NOT_ALLOWED: 'By this device’s own check that is not allowed. Nothing has changed.',
  NO_EPOCH: 'The key of the talk is being made. Try again in a few seconds; your text is kept.',
  EPOCH_UNSAFE: 'The key of the talk included somebody who is not allowed. Sending has stopped. Tell the chair.',
  UNKNOWN_DEVICE: 'This device is not registered yet, or was revoked. Give its bundle to the registrar.',
  INPUT: 'Something is missing. Check the marked fields.',
  POLICY_FAILED: 'The policy module could not be loaded. Reload the page; nothing is lost.',
  TOO_LARGE: 'Too long. Shorten the text or share it in parts. Nothing was sent.',
  DISCARDED: 'Discarded.',
  STALE: 'Meanwhile somebody has narrowed what may be shared. Look at what changed and sign again. Your text is kept.',
  SECOND_STALE: 'Meanwhile somebody recorded something narrower. Nothing has changed. Ask who signed first to send it again.',
  CLOCK: 'The time did not match. Sign and send again; your text is kept.',
  SIGNATURE: 'The signature could not be verified. Nothing has changed. Reload the page.',
  REPEATED: 'The same number came with other content. Nothing has changed; do it again.',
  RECIPIENTS_CHANGED: 'Who may read has just changed. Check again and share; your text is kept.',
  EPOCH_CHANGED: 'The key of the talk is new. It is sent again by itself.',
  KEY_PENDING: 'You may read it; we wait for someone who holds the key. It opens by itself.',
  BLOB_MISSING: 'The transfer broke off. Send again; your text is kept.',
  BUSY: 'The server has stopped writing for now. Reading goes on; what you wrote is kept on this device.',
  HEAD_STALE: 'For 10 minutes the server has not signed that this is the newest state of the ledger, so nothing that gives access is taken. Reading goes on, and what takes access away is taken. What you wrote is kept on this device; send it again once that signature has come.',
  QUORUM_STALE: 'The ledger’s witnesses have not confirmed it for 10 minutes, so nothing that gives access is taken. Reading goes on, and what takes access away is taken. What you wrote is kept on this device; send it again once they are back.',
  SEEN: 'This device and the server do not agree about the ledger. Reload the page.', LOG: 'This address belongs to another server (another town). Nothing was sent and nothing has changed. Check the address that you were given and open it again.', UNIT: 'The entry’s destination does not match. Nothing has changed.',
  MALFORMED: 'The content is not in the right form. Nothing has changed.', METHOD: 'This server does not know that step.', PARSE: 'The transfer was damaged. Try again.', INVALID: 'The transfer was not in the right form. Try again.',
  NOT_AUTHORISED: 'You do not have the role for that. Nothing has changed.', UNKNOWN: 'Not found: it is gone, or not shown to you.', DUPLICATE: 'That was done already. Nothing has changed.', NOT_ACKNOWLEDGED: 'Read and acknowledge the notice first.',
  ITEM_NOT_OPEN: 'The item is not open.', ITEM_CLOSED: 'The item is closed.', OTHER_ITEM_OPEN: 'Another item is open. Close it or take a break first.', TOO_EARLY: 'It can be opened from 60 minutes before the start.', TOO_LATE: 'It is too late for that.', CHAIR_MISSING: 'One chair is needed.',
  SEAT_NOT_ALLOWED: 'That seat is not possible at this item.', SUBJECT_MISSING: 'Choose for whom the seat stands.', WRONG_CASE: 'That record is another household’s.', FLOW: 'What was learned without consent cannot come to this item. Once everyone consents, the chair can carry it over.',
  PROTECTED_PARENT: 'The new record protects less than what it rests on.', EVIDENCE_MISSING: 'The proof of consent is missing: evidence for written and electronic, a witness for oral.', SECOND_PERSON: 'Somebody else has to do this.', INCOMPATIBLE_ROLES: 'One person cannot hold these roles together.',
  REASON_MISSING: 'Choose a reason.', STALE_NOTICE: 'There is a newer notice. Read it again.', WITHDRAWN: 'The record is withdrawn.', REVIEW_OVERDUE: 'An earlier emergency is not reviewed yet.', TIME_REVERSED: 'The time went backwards. Try again.', PERSON_ENDED: 'The person has left. What was open is closed. If that surprises you, call the registrar.', DEVICE_REVOKED: 'This device was revoked. What was open is closed; drafts stay sealed on this device. Call the registrar.',
  RECUSED: 'Excluded for a conflict of interest.', REBASE_NOT_NEEDED: 'It may come to this item as it is.', REBASE_PROTECTED: 'Protected information cannot be carried over.', REBASE_ORIGINATOR_HOLD: 'Restricted by its source: it cannot be carried over.',
};

export const rebasePrefix = 'Cannot be carried over: ';
export const unknownFailure = 'That did not work. Nothing has changed. Try again.';
