// Categories to choose from.
import { words } from '../../text';
import type { Option } from './form';

/** All but where somebody hides and who reported: never shown by default (policy.md §3, matrix.set), and no question to put to an agency in a list. */
export const unprotected = (): Option[] => Object.entries(words().codes.categories).filter(([code]) => code !== 'PADR' && code !== 'SRC');
