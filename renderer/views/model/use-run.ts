import { computed } from 'vue';
import { useCore } from '../../core';
import { useData } from '../../stores/data';
import { useModel } from '../../stores/model';
import { useNavigation } from '../../stores/navigation';
import { usePreparation } from '../../stores/preparation';
import { useRuns } from '../../stores/runs';
import { planOf } from './plan';

/** The plan in words, what stands against it, and the act itself. */
export function useRun() {
  const core = useCore();
  const data = useData();
  const model = useModel();
  const navigation = useNavigation();
  const preparation = usePreparation();
  const runs = useRuns();

  const plan = computed(() =>
    planOf(model.methods.map((method) => ({ method, outlook: preparation.methodOf(method.id) }))),
  );

  const obstacle = computed<string | null>(() => {
    if (core.status.value.state === 'restarting') return 'The engine is being started again…';
    if (data.reading) return 'The table is being read…';
    if (!data.design) return 'Choose one target and at least one feature in Data.';
    const [invalid] = model.invalid.values();
    if (invalid) return invalid;
    if (model.methods.length === 0) return 'Tick at least one method.';
    const given = model.methods.some((method) => model.optionValue(method, 'start') === 'given');
    if (given && !model.startingPoint) return 'Choose the fitted model to start from, or another start.';
    if (preparation.error) return preparation.error.message;
    if (!preparation.prepared) return 'Looking at the training rows…';
    const [first] = model.methods;
    return plan.value.runnable.length === 0 ? (preparation.methodOf(first.id)?.refusal ?? null) : null;
  });

  function run(): void {
    if (obstacle.value !== null) return;
    if (!model.seedLocked) model.newSeed();
    const design = data.design;
    if (!design) return;
    void runs.start(plan.value.runnable.map(({ method }) => ({ design, fit: model.specOf(method) })));
    navigation.go('runs');
  }

  return { plan, obstacle, run };
}
