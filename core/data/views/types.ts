/** Of the numbers themselves, or of their ranks. */
export const correlationKinds = ['pearson', 'spearman'] as const;
export type CorrelationKind = (typeof correlationKinds)[number];
