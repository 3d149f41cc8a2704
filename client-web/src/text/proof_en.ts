// Words of what is found against the server, and of what an officer checks without it. English.

export const evidence = {
  title: 'The ledger contradicts itself',
  found: {
    fork: 'The server signed a ledger that cannot be true together with the one that it showed before. It may be showing others another ledger, or have rewritten this one.',
    older: 'The server’s ledger is older than the one that was verified before. It may have been set back to an old copy, or records may have been taken out.',
    hidden: 'The server does not show this device the rest of something that stands in the ledger. A withdrawn consent, for example, may be hidden.',
    broken: 'The server sent something that cannot stand in a ledger.',
  },
  stopped: 'This device has stopped talking to the server. It gives nobody a new key and sends nothing.',
  works: 'What still works', worksList: ['Reading the records, talk and drafts on this device. Nothing is lost.', 'What was not sent yet stays on this device.'],
  steps: 'What to do',
  stepsList: ['Press “Save the evidence” and keep the file. It holds no names of households and no content.', 'Tell the people below, by telephone or another way that does not pass through this system.', 'Go on with the conference on paper or by telephone until you are told that it was looked into.'],
  whom: 'Whom to tell', nobody: 'The compliance officer or the registrar', save: 'Save the evidence',
  others: 'The file can be checked outside of this system:',
  read: 'Go on reading (nothing can be sent)', back: 'See what was found',
  again: 'Ask the server again', againSure: 'Have you saved the evidence? It is put away on this device, and the server is asked again. If the contradiction is still there, this device stops again.',
  detail: 'Technical details', heads: (sizes: string) => `Sizes of the signed ledgers: ${sizes}`,
};

export const bundle = {
  title: 'Check a bundle', help: 'A copy (ZIP) written by “kasane export” is checked inside this page. The file is sent nowhere.',
  pick: 'The bundle (ZIP)', working: 'Checking', good: 'Everything holds', bad: (n: number) => `${n} findings`, none: (why: string) => `It cannot be read as a bundle: ${why}`,
  counts: (entries: number, releases: number, refusals: number, proofs: number) => `${entries} entries; ${releases} releases and ${refusals} refusals decided again; ${proofs} proofs checked.`,
  log: 'Name of the log', size: 'Size of the log', part: 'It is of a part', whole: 'It is of the whole ledger', notJudged: 'Not checked on this screen',
  reasons: { readme: 'the words of README.txt', accepted: 'whether the rules accepted each entry (a part cannot tell)', heads: 'the server’s statements of where units end' } as Record<string, string>,
  entry: (index: number) => `entry ${index}: `,
  findings: {
    about: 'bundle.json does not say what it is of', units: 'units.jsonl has a line that is no unit', extra: 'a file has no business in it',
    missing: 'a file is missing', unreadable: 'the entries from here on cannot be read', gap: 'a gap, or a second entry, in the chain of its unit',
    time: 'its ledger time is before the one before', leaf: 'its leaf cannot be read', envelope: 'its envelope is missing',
    strange: 'the unit that the log has it in is not shown', unit: 'its unit is not shown', other_envelope: 'its envelope is not the one in the log',
    broken: 'a signature or the order does not hold; what comes after was not looked at',
    seen: 'its author had seen another past of this log (fork)', refused: 'the rules refuse it', opened: 'a record was opened without a release',
    other_unit: 'it stands in another unit than its statement’s', no_request: 'a key was released without a request',
    other_request: 'it is about another than asked for it', now_permit: 'decided again, it is a release', now_deny: 'decided again, it is a refusal',
    policy: 'the policy file cannot be read as one of this log', other_witnesses: 'the policy is not of the witnesses that the log was founded with',
    no_quorum: 'the quorum of witnesses has not signed a head',
    cosigned_head: 'the head that witnesses cosigned is not signed by this log',
    own_head: 'the head that the log itself cosigned does not carry its signatures', own_fork: 'the head that the log itself cosigned is of another history (fork)',
    no_own: 'no head that the log itself cosigned is shown', promise: 'it is not as late as the log promised of all that comes',
    cosigned_fork: 'the head that witnesses cosigned is of another history (fork)', other_log: 'bundle.json names another log',
    not_made: 'it is not the entry that recorded this export', decisions: 'decisions.jsonl does not say what the entries say',
    proof: 'its proof does not show it in the log',
  } as Record<string, string>,
  broken: {
    archive: 'it is no archive, or is cut short', list: 'its list of files is damaged', name: 'a file in it has a name that is none of a bundle’s',
    packing: 'a file in it is encrypted or packed in an unknown way', large: 'it is larger than 256 MiB: use kasane verify',
    twice: 'it holds two files of one name', place: 'a file in it is not where its list says', damaged: 'a file in it is damaged',
  } as Record<string, string>,
};

export const leaves = {
  title: 'Leaves accounted for', accounted: (n: number, of: number) => `${n} of ${of}`, unexplained: '(some belong to no unit that you were shown: the ledger holds what is kept from you)',
  notYours: '(the rest belongs to units that you do not read)',
};
