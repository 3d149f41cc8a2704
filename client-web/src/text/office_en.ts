// Words of what an office keeps in order, English.

export const devices = {
  title: 'Vouching for devices', help: 'When a new device was added, as for somebody who lost theirs, a second person besides the one who added it checks that it is theirs.',
  steps: ['The person reads the check number on that device to you, by telephone or in person. It is on the screen that waits for the registration, and among the settings.', 'Compare it with the number below, from beginning to end.', 'If it is the same, that you checked it stands in the ledger under your name. It does not change what anybody may read.', 'If it is not, do not vouch. Tell the registrar at once, who revokes the device.'],
  waiting: (n: number) => `Not checked yet (${n})`, none: 'Every device has been checked.', number: 'Check number', numberHelp: 'To be read out, by telephone or the like, when a new device is checked.',
  addedBy: (name: string, date: string) => `Added by ${name}, ${date}`, vouch: (name: string) => `The same as ${name}’s number`, vouchQuestion: (name: string) => `Did ${name} read the number to you, and was it the same from beginning to end? That you checked it stands in the ledger under your name.`,
  notYou: 'It is your own device, or you added it. Somebody else checks it.', checked: (n: number) => `Checked (${n})`, vouchedBy: (name: string, date: string) => `Checked by ${name}, ${date}`, own: 'Added by the person', mine: 'This device',
};

export const requests = {
  title: 'Requests for cooperation', help: 'That an agency was asked for material, information or an opinion, and what it answered. The words of it belong into the talk or a record: here only the sort is kept.', ask: 'Ask for cooperation', whom: 'Which agency', what: 'What', about: 'On which categories', due: 'By when', dueHelp: 'As agreed. Nobody is reminded.', send: 'Record the request',
  kinds: { material: 'material', information: 'information', opinion: 'an opinion' } as Record<string, string>, unknown: '(not in a form known here)', none: 'No request.', waiting: 'waiting for an answer', to: (agency: string, what: string) => `${agency} was asked for ${what}`, by: (name: string, date: string) => `${date}, ${name}`, dueOn: (date: string) => `Agreed for ${date}`,
  answer: 'Record the answer', answers: { given: 'will provide', partly: 'will provide part of it', declined: 'provides nothing' } as Record<string, string>, answerHelp: 'An agency may decline, and need not say why. What it provides is given by “Share a record”.', answerSure: (answer: string) => `“${answer}” is recorded. Should it change, record it again.`, answered: (answer: string, name: string, date: string) => `${answer} (recorded by ${name}, ${date})`,
  home: 'Requests for cooperation that wait', own: 'To your agency', only: 'The answer is recorded while the item is open.',
};
