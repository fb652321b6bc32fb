import { best } from './best';
import { gradientEm } from './gradient-em';
import { jointEm } from './joint-em';
import { l4Llog } from './l4-llog';
import type { Method } from './method';
import { ols } from './ols';
import { sgdL2 } from './sgd-l2';
import { sgdNll } from './sgd-nll';
import { spectralEm } from './spectral-em';

/** The registry: one line a method. Order is the order of the method cards. */
export const methods: readonly Method[] = [ols, best, spectralEm, l4Llog, jointEm, gradientEm, sgdNll, sgdL2];

export const methodById = (id: string): Method | undefined => methods.find((method) => method.id === id);
