import { Calendar, CaseSensitive, Hash, Tags, ToggleLeft } from '@lucide/vue';
import type { LucideIcon } from '@lucide/vue';
import type { ColumnType } from '../../../../core/data/types';
import type { Role } from '../../../stores/column-choices';

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

export const roleNames: Record<Role, string> = { target: 'Target', feature: 'Feature', ignore: 'Ignore' };
export const roleTells: Record<Role, string> = {
  target: 'what is predicted; there is one',
  feature: 'what it is predicted from',
  ignore: 'kept in the table, not in the fit',
};
export const roles: readonly Role[] = ['target', 'feature', 'ignore'];

/** Numbers that can be a target. */
export const canBe = (role: Role, type: ColumnType): boolean =>
  role === 'ignore' || type === 'number' || (role === 'feature' && (type === 'category' || type === 'boolean'));
