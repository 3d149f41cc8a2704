// Emergency disclosures of the picture.
import type { JsonObject } from '../wire/json';
import type { Category, Emergency } from './model';
import { millis, num, rows, str, strOrNull, strs } from './rows';

export function emergencies(snapshot: JsonObject): Map<string, Emergency> {
  return new Map(rows(snapshot, 'emergencies').map((row) => {
    const id = str(row, 'emergency');
    return [id, {
      id, case: str(row, 'case'), person: str(row, 'person'), by: str(row, 'by'), records: strs(row, 'records'),
      categories: strs<Category>(row, 'categories'), ground: str(row, 'ground') as Emergency['ground'], minutes: num(row, 'minutes'),
      protective: row['protective'] === true, invokedAt: millis(row, 'at'), approvedBy: strOrNull(row, 'approved_by'),
      approvedAt: strOrNull(row, 'approved_at') === null ? null : millis(row, 'approved_at'), live: row['live'] === true,
      approvableUntil: millis(row, 'approvable_until'), openUntil: strOrNull(row, 'open_until') === null ? null : millis(row, 'open_until'),
      reviewed: row['reviewed'] === true, upheld: row['upheld'] === true,
    }];
  }));
}
