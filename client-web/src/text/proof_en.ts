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
