import { useCore } from '../../core';
import { useData } from '../../stores/data';
import { useEngine } from '../../stores/engine';
import { useNavigation } from '../../stores/navigation';
import { useRuns } from '../../stores/runs';
import { useSettings } from '../../stores/settings';
import { diagnosticsText, type PageFacts } from './diagnostics-text';

/** Gathers the text of the diagnostics. What the host cannot say is replaced by why. */
export function useDiagnostics(): () => Promise<string> {
  const core = useCore();
  const data = useData();
  const engine = useEngine();
  const navigation = useNavigation();
  const runs = useRuns();
  const settings = useSettings();

  function facts(): PageFacts {
    const { table } = data;
    const byState: Record<string, number> = {};
    for (const { state } of runs.runs) byState[state] = (byState[state] ?? 0) + 1;
    return {
      userAgent: navigator.userAgent,
      languages: navigator.languages,
      window: { width: innerWidth, height: innerHeight, ratio: devicePixelRatio },
      screen: { width: screen.width, height: screen.height },
      theme: settings.theme,
      systemDark: matchMedia('(prefers-color-scheme: dark)').matches,
      reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
      density: settings.density,
      shown: navigation.screen,
      engine: {
        version: engine.version,
        status: engine.status,
        workers: engine.workers,
        memory: engine.memory,
        error: engine.error?.code ?? null,
      },
      table: table && { rows: table.rows, columns: table.columns.length, bytes: table.file.bytes },
      runs: byState,
    };
  }

  return async () => {
    const host = await core
      .diagnostics()
      .catch((error: unknown) => `The host did not say: ${error instanceof Error ? error.message : String(error)}`);
    return diagnosticsText(host, facts());
  };
}
