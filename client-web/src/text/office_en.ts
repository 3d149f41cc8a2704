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

export const needs = {
  title: 'What each type of agency is shown from the start', help: 'Categories shown to members from such an agency without the chair’s order. Basis, seat, consent and all else is asked as before. Protected whereabouts and reporters are not set here.',
  shipped: 'as shipped', changed: (index: number) => `changed (entry ${index})`, edit: 'Change', categories: 'Categories shown', adds: 'Added', drops: 'Taken away', who: 'Whom it touches', nobody: 'Nobody is in an agency of this type now.', hidden: 'Which household’s records open or close is not shown to the registrar. A record being looked at closes at once where its category is taken away.',
  save: 'Register it so', sure: 'It changes in every conference at once. That it was registered stays in the ledger.', back: 'Back to what shipped', none: 'none', done: 'Registered',
};

export const bases = {
  title: 'Legal bases of conferences', help: 'The laws and guidelines that conferences rest on. To change one, register a new version. The former stays in the ledger.', inForce: 'in force', notInForce: 'not in force now', edit: 'Register or change a basis', start: 'What to register', prepared: (name: string) => `Prepared: ${name}`, revise: (name: string) => `Change: ${name}`, own: 'A new basis of the town',
  check: (date: string, source: string) => `By the law as of ${date}. Have it checked by your legal desk before you register it. Source: ${source}`, code: 'Code', codeHelp: 'Capital letters, digits, underscores. Cannot be changed later.', codeWrong: 'Begin with a capital letter or digit, and use capital letters, digits and underscores only.',
  name: 'Name', nameEn: 'Name (English)', consent: 'The person’s consent', consents: { required: 'required', not_required: 'not required' } as Record<string, string>, nature: 'Nature', natures: { duty: 'Its law imposes secrecy', statutory: 'A conference by statute', subject_may_attend: 'Person and family may attend' } as Record<string, string>,
  reading: 'When records may be read', readings: { in_session: 'while the item is open', from_convening: 'from convening until the item ends' } as Record<string, string>, links: 'Other bases that records may pass to', law: 'Law or guideline', article: 'Article', paragraph: 'Paragraph', penalty: 'Penalty', from: 'From', to: 'Until', fromHelp: 'Left empty: from the registration.', fromNow: 'It changes with the registration.', fromDay: (date: string) => `It changes on ${date}.`,
  changes: 'What changes', before: 'Now', after: 'Then', noChange: 'Nothing changes.', opens: 'Records without the person’s consent will be shown at items on this basis.', closes: 'Records without consent will no longer be shown at items on this basis.', ends: 'Once it has ended, nothing is shown at items on this basis.', save: 'Register this version', sure: 'A registered version cannot be removed. To change it, register the next.', done: 'Registered', yes: 'yes', no: 'no',
};
