import type { Feature, PipelineStep } from '../../model/feature';
import { encodedColumns } from './encoded-columns';

/** Every step from a raw row to z as model.json lists them: those of one kind together, in the order in which they are taken. */
export function pipelineOf(features: readonly Feature[]): PipelineStep[] {
  const columns = encodedColumns(features);
  const numberOf = (column: string) => columns.filter((entry) => entry.column === column && entry.level === null);
  const each = (steps: (feature: Feature) => PipelineStep[]) => features.flatMap(steps);
  const dropped = features.filter(({ missing }) => missing.policy === 'drop-row').map(({ column }) => column);
  return [
    ...each((feature) =>
      feature.kind === 'date' ? [{ step: 'date', column: feature.column, order: feature.order }] : [],
    ),
    ...(dropped.length > 0 ? [{ step: 'drop-missing' as const, columns: dropped }] : []),
    ...each(({ column, missing }) =>
      missing.policy === 'drop-row' ? [] : [{ step: 'impute', column, policy: missing.policy, value: missing.value }],
    ),
    ...columns
      .filter(({ absence }) => absence)
      .map(({ column, name }) => ({ step: 'indicator' as const, column, name })),
    ...each((feature) =>
      feature.kind === 'numeric' && feature.winsorise
        ? [{ step: 'winsorise', column: feature.column, ...feature.winsorise }]
        : [],
    ),
    ...each((feature) =>
      feature.kind === 'numeric' && feature.transform && !feature.constant
        ? [
            {
              step: 'transform',
              column: feature.column,
              transform: feature.transform,
              name: numberOf(feature.column)[0].name,
            },
          ]
        : [],
    ),
    ...each((feature) => dateSteps(feature, numberOf(feature.column))),
    ...each((feature) =>
      feature.kind === 'categorical' && feature.pooled
        ? [{ step: 'pool', column: feature.column, ...feature.pooled }]
        : [],
    ),
    ...each((feature) =>
      feature.kind === 'categorical'
        ? [{ step: 'one-hot', column: feature.column, levels: feature.levels, reference: feature.reference }]
        : [],
    ),
  ];
}

function dateSteps(feature: Feature, made: readonly { readonly name: string }[]): PipelineStep[] {
  if (feature.kind !== 'date') return [];
  const { column, as } = feature;
  if (as.kind === 'elapsed') return [{ step: 'elapsed-days', column, origin: as.origin, name: made[0].name }];
  const parts = as.parts.map((part, at) => ({ part, name: made[at].name }));
  return parts.length > 0 ? [{ step: 'date-parts', column, parts }] : [];
}
