// Words of what guards a household, English.

export const household = {
  title: 'Protection and hand-over of a household', open: 'Protection, hand-over', seen: 'Households that I see', coordinator: 'Coordinator in charge', nobody: 'nobody',
  incomplete: 'You may not read all of this household’s entries. Only what you may see is shown.',
  protections: 'Protection (violence, abuse)', protectionsHelp: 'Whereabouts and the like of a protected person are shown nowhere to those named, nor to who stands for them.', noProtection: 'No protection is entered.',
  against: 'Not shown to', addProtection: 'Enter a protection', whom: 'Who is protected', opponents: 'From whom', staff: (name: string) => `Staff: ${name}`,
  liftProtection: 'Lift the protection', liftQuestion: 'Once lifted, those it was against may see again. It needs two signatures.',
  conflicts: 'Conflict of interest', conflictsHelp: 'Who is named here is shown nothing of this household.', noConflict: 'None declared.', declare: 'Declare a conflict', declareSelf: 'Declare my own conflict',
  declareSure: 'Nothing of this household is shown to this person any more. Open records close at once.', liftConflict: 'Lift the recusal', liftConflictQuestion: 'Once lifted, this person may see again by their seats. It needs two signatures.',
  handOver: 'Hand over', handOverHelp: 'The keys that you hold go to the next coordinator’s devices. After that you are not in charge.', successor: 'Next coordinator', handOverSure: 'This hands the household over. Only the next coordinator can hand it back.',
  handedOver: (given: number, missing: number) => `Handed over, with the keys of ${given} record(s). ${missing > 0 ? `${missing} will come from others who hold them.` : ''}`,
  noSuccessor: 'There is no other coordinator. Ask the registrar to enter the role.',
};

export const people = {
  subjects: 'Persons and dates', subjectsHelp: 'From the day of their own consent, and from majority on, consents count differently.', noDates: 'No dates entered', editDates: 'Correct the dates', saveDates: 'Enter the dates', addSubject: 'Add a person',
  dates: { ownConsentAt: 'Own consent from', majorityAt: 'Majority', deceasedAt: 'Deceased' },
  datesHelp: { ownConsentAt: 'From this day the person’s own answer counts before a parent’s.', majorityAt: 'A parent’s consent ends on this day.', deceasedAt: 'Consents end on this day.' },
  authorities: 'Who may answer for them', authoritiesHelp: 'Parents, guardians and the like. Nobody else can answer for the person.', noAuthority: 'None entered.', addAuthority: 'Enter an authority',
  of: (subject: string, type: string) => `${type} of ${subject}`, forWhom: 'For whom', type: 'Sort of authority', holder: 'Who holds it', holderHelp: 'Somebody on no list here is entered by number. Write their name in a record of identity.', outside: 'Somebody on no list here', stranger: (n: number) => `Somebody on no list (${n})`,
  categories: 'Categories it covers', toHelp: 'An authority cannot be shortened later. Enter its end where it is known.',
  inConflict: 'in conflict', setConflict: 'Set in conflict', setConflictSure: 'Neither consents nor refusals of this person count any more. What their consent had opened closes at once, and nothing of this person is shown to them.', undoConflict: 'Undo the conflict', undoConflictSure: 'Their consents and refusals count again. More people may see more.',
  oral: 'Enter that it was told by word of mouth', oralHelp: 'Where life, body or property was in danger and you told it by telephone or the like, the ledger keeps that you did. It opens nothing. Write to whom and what in a record.', oralSure: 'It stands in the ledger under your name and cannot be taken back.', oralGround: 'What was in danger', oralDone: 'Entered.',
};

export const second = {
  title: 'Waiting for a second signature', ask: 'Sign and ask a second person', whom: 'Ask whom', none: 'Nobody can be the second person now. Check who is protection officer, compliance officer or coordinator.',
  asked: (name: string) => `${name} was asked. Nothing changes before they sign. It lapses in a day.`, from: (name: string) => `${name} has signed`, waiting: (name: string) => `waiting for ${name}`,
  until: (time: string) => `until ${time}`, sign: 'Checked: sign', decline: 'Do not sign', declineSure: 'It leaves this device. The other is not told by itself: tell them why. Nothing changes.',
  kinds: { 'protect.lift': 'Lift a protection', 'conflict.lift': 'Lift a recusal', 'record.destroy': 'Destroy a record' } as Record<string, string>,
  means: {
    'protect.lift': 'All protections of this person end. Those they were against may see again.', 'conflict.lift': 'This person may see this household again, by their seats.',
    'record.destroy': 'The record’s keys and content are erased for good. That it was stays in the ledger.',
  } as Record<string, string>,
  destroy: 'Destroy', destroyQuestion: 'The record’s keys and content are erased for good. It needs two signatures.', refused: 'It would not be accepted now',
};

export const emergency = {
  title: 'Emergency disclosure (緊急提供)', help: 'Where life, body or property is in danger: shown to one person for some minutes, without consent or seat.',
  steps: ['Asking opens nothing yet.', 'Somebody of another agency, or compliance, approves within 60 minutes (with protected whereabouts: the protection officer).', 'It is open to that one person for the minutes chosen, from the approval.', 'All stands in the ledger and compliance reviews it. After 7 days without a review you cannot ask again.'],
  person: 'For whom', what: 'Categories', records: 'Records', ground: 'What is in danger', minutes: 'For how long', min: (n: number) => `${n} minutes`, protective: 'Protected whereabouts and sources too (the protection officer approves)',
  grounds: { life: 'Life', body: 'Body', property: 'Property' } as Record<string, string>, invoke: 'Ask for emergency disclosure', invokeSure: 'Asking cannot be undone. Nothing opens before it is approved.', invoked: 'Asked. Tell who may approve it by telephone too.', choose: 'Choose at least one category or record.',
  toApprove: 'An emergency disclosure waits for approval', approve: 'Approve', approveSure: 'It opens at once. Your name stands in the ledger.', toReview: 'Emergency disclosure to review', upheld: 'It was justified', notUpheld: 'It was not (ends at once)', reviewHelp: 'The later review. If not justified, what is open closes at once.',
  state: { waiting: 'waiting for approval', expired: 'not approved (nothing was opened)', live: 'open', ended: 'ended' } as Record<string, string>, until: (time: string) => `closes at ${time}`, approveUntil: (time: string) => `void unless approved by ${time}`, by: (name: string) => `Asked by ${name}`, to: (name: string) => `For ${name}`,
  opened: 'Open by emergency', past: 'Emergencies so far',
};

export const tasks = {
  title: 'Roles and tasks', help: 'Between sittings the chosen records can be read at that person’s desk.', assign: 'Assign', who: 'Who takes it', records: 'Records', to: 'Until', none: 'No task.', end: 'End', ended: 'ended', assigned: 'Assigned',
};

export const attest = {
  title: 'Who has no device with them', help: 'Record in your name who has read or heard the notice and will keep it.', paper: 'Confirmed on paper', oral: 'Confirmed orally', done: 'confirmed', waiting: 'Not confirmed yet',
};
