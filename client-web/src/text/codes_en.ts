// Labels of codes, English. Terms of Japanese law stand beside where they have no English twin.
import law from './duties.json';

export const categories = {
  ID: 'Identity', PADR: 'Protected whereabouts', FAM: 'Household, relations', MED: 'Health, treatment', DIS: 'Disability', LTC: 'Care, cognition', FIN: 'Money, debts', BEN: 'Benefits, arrears',
  HOU: 'Housing', WRK: 'Work, participation', EDU: 'School, upbringing', VIC: 'Abuse, victimhood', OFF: 'Offences, procedure', RIG: 'Guardianship, rights', ORG: 'Origin, creed', SRC: 'Who reported',
};
export const kinds = { FACT: 'Fact', OBS: 'Observation', OPN: 'Professional opinion', WIS: 'The person’s own words', PLN: 'Plan', TSK: 'Role, task', DEC: 'Decision', MIN: 'Minutes', DOC: 'Source document' };
export const seats = { chair: 'Chair', recorder: 'Recorder', member: 'Member', adhoc: 'Called for this item', advisor: 'Advisor', observer: 'Observer', person: 'The person', family: 'Family', rep: 'Representative', aide: 'Aide', none: 'No seat' };
export const roles = {
  registrar: 'Registrar', coordinator: 'Coordinator (包括化推進員)', decider: 'Decider', consent_officer: 'Consent officer', protection: 'Protection officer', compliance: 'Compliance officer', custodian: 'Custodian', disclosure: 'Disclosure officer', statistics: 'Statistics',
};
export const agencyTypes = {
  secretariat: 'Secretariat', elderly: 'Elderly care', disability: 'Disability support', child: 'Children and families', livelihood: 'Livelihood support', public_assistance: 'Public assistance', medical: 'Health care', school: 'School',
  police: 'Police', advocacy: 'Advocacy', housing: 'Housing', employment: 'Employment', outreach: 'Outreach', commissioner: 'Welfare commissioner (民生委員)', watch_group: 'Watch group', abuse_desk: 'Abuse desk',
};
export const consentStates = { granted: 'Agrees', refused: 'Refuses', revoked: 'Withdraws', asked_no_answer: 'Asked, no answer', unable: 'Cannot judge' };
export const consentMethods = { written: 'Written', electronic: 'Electronic', oral: 'Oral' };
export const authorityTypes = { parent: 'Parent', guardian: 'Guardian (後見人)', curator: 'Curator (保佐人)', assistant: 'Assistant (補助人)', mandate: 'Mandated representative' };
export const decisionKinds = { new: 'New plan', replan: 'Plan revised', close: 'Closing', suspend: 'Suspended', continue: 'Continued, policy of a support conference', ratify: 'Ratified afterwards' };
export const orderReasons = { role: 'Needed for the role', task: 'Needed for a task', safety: 'For safety', study: 'For study', with_person: 'For work with the person', other: 'Other' };
export const itemStates = { waiting: 'Not yet open', open: 'In session', suspended: 'Break', closed: 'Closed' };
export const grounds = {
  LAW: 'By law (no consent needed)', CONSENT: 'Consent', OWN: 'Own agency’s information', SELF: 'The person', DEIDENTIFIED: 'De-identified', OFFICE: 'Office of chair, recorder or coordinator', REBASE: 'Preparing to carry over', TASK: 'An assigned task', EMERGENCY: 'Emergency',
};
export const obligations = { log: 'Viewing is recorded', review: 'Will be reviewed', view_only: 'View only', watermark: 'Watermarked', collect_at_close: 'Closes with the item' };
export const cellStates = {
  GRANTED: 'Granted', REFUSED: 'Refused', REVOKED: 'Withdrawn', EXPIRED: 'Expired', ENDED_MAJORITY: 'Came of age', ENDED_AUTHORITY: 'Authority ended', ENDED_DEATH: 'Deceased', ASKED_NO_ANSWER: 'No answer', UNABLE_TO_JUDGE: 'Cannot judge', AUTHORITY_CONFLICT: 'Conflict of interest', CONSENT_NOT_COVERING: 'Not covered', NO_CONSENT: 'Not asked',
};
export const duties: Record<string, string> = Object.fromEntries(Object.entries(law.duties).map(([source, words]) => [source, words.en]));
