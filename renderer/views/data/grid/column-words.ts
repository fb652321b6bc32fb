import { Calendar, CaseSensitive, Hash, Tags, ToggleLeft } from '@lucide/vue';
import type { LucideIcon } from '@lucide/vue';
import type { ColumnInfo, ColumnType } from '../../../../core/data/types';
import { typeOf } from '../../../stores/column-choices';
import type { ColumnChoices, Role, UsedBy } from '../../../stores/column-choices';
import { guidesRows } from '../../../stores/split-choice';
import type { SplitChoice } from '../../../stores/split-choice';

export const typeIcons: Record<ColumnType, LucideIcon> = {
  number: Hash,
  category: Tags,
  text: CaseSensitive,
  date: Calendar,
  boolean: ToggleLeft,
};

export const typeNames: Record<ColumnType, string> = {
  number: 'number',
  category: 'category',
  text: 'text',
  date: 'date',
  boolean: 'yes or no',
};

export const roleNames: Record<Role, string> = {
  target: 'Target',
  feature: 'Feature',
  weight: 'Weight',
  ignore: 'Ignore',
};
export const roleTells: Record<Role, string> = {
  target: 'what is predicted; there is one',
  feature: 'what it is predicted from',
  weight: 'how much each row counts; there is one at most',
  ignore: 'kept in the table, not in the fit',
};
export const roles: readonly Role[] = ['target', 'feature', 'weight', 'ignore'];

/** Only numbers can be a target or weights; text cannot be a feature. */
export const canBe = (role: Role, type: ColumnType): boolean =>
  role === 'ignore' || type === 'number' || (role === 'feature' && type !== 'text');

/** Why a column cannot have a role that its type would allow or not, in a few words; null where it can. */
export function whyNot(role: Role, column: ColumnInfo, choices: ColumnChoices, split: SplitChoice): string | null {
  if (!canBe(role, typeOf(column, choices)))
    return role === 'feature' ? 'text cannot be a feature' : 'only numbers can be that';
  return role === 'target' && guidesRows(split, column.name)
    ? 'it says which rows are held out: hold rows out another way first'
    : null;
}

export const userNames: Record<UsedBy, string> = { both: 'Both', experts: 'Experts', gate: 'Gate' };
/** What follows from who looks at a feature. */
export const userTells: Record<UsedBy, string> = {
  both: 'Experts predict from it, and the gate chooses between them by it.',
  experts: 'Experts predict from it; the gate does not look at it.',
  gate: 'The gate chooses between experts by it; no expert predicts from it.',
};
