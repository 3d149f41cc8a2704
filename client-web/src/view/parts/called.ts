// How households and their members are called: by code, and by name while an open record of category ID says it.
import type { Case, Subject } from '../../conference/model';
import { words } from '../../text';

const namesShown = 2;

/** 「対象者 IUBOYZ」, or 「潮田 きぬ（対象者 IUBOYZ）」. */
export function subjectName(subject: Subject | undefined): string {
  const code = words().subject(subject?.code ?? '');
  return subject?.called ? words().calledWith(subject.called, code) : code;
}

/** 「世帯 HBLKAS」, or 「世帯 HBLKAS（潮田 きぬ・潮田 実 ほか）」. Not for what a projector or paper shows. */
export function householdName(household: Case | undefined): string {
  const code = words().household(household?.code ?? '');
  const names = (household?.subjects ?? []).flatMap((one) => one.called ?? []);
  if (names.length === 0) return code;
  return words().calledWith(code, names.slice(0, namesShown).join('・') + (names.length > namesShown ? words().andOthers : ''));
}
