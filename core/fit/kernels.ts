import { expectationKernel } from '../kernels/expectation';
import { expertMoveKernel } from '../kernels/expert-move';
import { gateMoveKernel } from '../kernels/gate-move';
import { missingKernel } from '../kernels/information';
import { mixedErrorKernel } from '../kernels/mixed-error';
import { nearestCentreKernel } from '../kernels/nearest-centre';
import type { Kernel } from '../kernels/pass';
import { predictionKernel } from '../kernels/prediction';
import { l4AveragesKernel, l4PullKernel } from '../losses/l4-kernels';
import { assignmentKernel } from '../moments/mixture-assignment';
import { mixtureSumsKernel } from '../moments/mixture-sums';
import { polynomialKernel } from '../moments/polynomial-sums';
import { secondMomentsKernel } from '../moments/second-moments';
import { momentGateKernel } from './directions/moment-gate';
import { nearestExpertKernel } from './directions/nearest-expert';

/** Every kernel that fits pass over rows with: how a thread that helps finds the one that is meant. */
const byName = new Map(
  [
    assignmentKernel,
    expectationKernel,
    expertMoveKernel,
    gateMoveKernel,
    l4AveragesKernel,
    l4PullKernel,
    missingKernel,
    mixedErrorKernel,
    mixtureSumsKernel,
    momentGateKernel,
    nearestCentreKernel,
    nearestExpertKernel,
    polynomialKernel,
    predictionKernel,
    secondMomentsKernel,
    // Who lays a pass out says what the kernel is asked for: the types part here and meet again there.
  ].map((kernel) => [kernel.name, kernel as unknown as Kernel<unknown>]),
);

/** For a test that leaves none out. */
export const kernelNames: readonly string[] = [...byName.keys()];

export const kernelNamed = (name: string): Kernel<unknown> | undefined => byName.get(name);
