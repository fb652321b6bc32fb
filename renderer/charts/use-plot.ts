import { computed, onBeforeUnmount, onMounted, shallowRef, watch } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { PlotOption, PlotSize } from './chart';
import { canvasChart } from './echarts';
import type { EChartsType } from './echarts';
import { drawOneAFrame, forgetDrawing } from './one-a-frame';
import type { Drawing } from './one-a-frame';
import { readTheme } from './theme';
import type { ChartTheme } from './theme';

export interface Plot {
  readonly size: Readonly<ShallowRef<PlotSize>>;
  /** Counts drawings, so that what is computed from pixels knows when to be computed again. */
  readonly drawn: Readonly<ShallowRef<number>>;
  /** Pixel of an axis value in the plot's area; null before the first drawing or outside the axes. */
  pixel(x: number, y: number | null): { x: number; y: number } | null;
}

/**
 * Keeps an ECharts drawing in an element equal to `option`: redraws in a frame of its own, on new data, another size, another theme, and
 * once the fonts are there.
 */
export function usePlot(
  element: Readonly<Ref<HTMLElement | null>>,
  option: (theme: ChartTheme, size: PlotSize) => PlotOption | null,
): Plot {
  const size = shallowRef<PlotSize>({ width: 0, height: 0 });
  const drawn = shallowRef(0);
  const chart = shallowRef<EChartsType | null>(null);
  const theme = shallowRef<ChartTheme | null>(null);
  const fits = (): boolean => size.value.width >= 40 && size.value.height >= 30;
  const current = computed(() => (theme.value && fits() ? option(theme.value, size.value) : null));

  /** What is on the screen. */
  const shown = shallowRef<PlotOption | null>(null);
  /** Points that are left to later frames are not there yet. */
  const unfinished = shallowRef(false);

  const draw = (): void => {
    const { width, height } = size.value;
    // Read here, not when it is mounted among others: the styles of all of them are computed for it.
    if (!theme.value) readTokens();
    if (!element.value || !fits()) return;
    chart.value ??= begun(canvasChart(element.value));
    shown.value = current.value;
    unfinished.value = current.value !== null;
    if (current.value) {
      // The new size carries the new option out, once for both, and leaves the painting to the next frame.
      chart.value.setOption(current.value, { notMerge: true, lazyUpdate: true });
      chart.value.resize({ width, height });
    } else chart.value.clear();
    drawn.value++;
  };
  const begun = (made: EChartsType): EChartsType => {
    made.on('finished', () => (unfinished.value = false));
    return made;
  };
  const drawing: Drawing = { draw, isGoingOn: () => unfinished.value };
  const schedule = (): void => drawOneAFrame(drawing);
  const readTokens = (): void => {
    theme.value = readTheme(document.documentElement);
  };

  const resize = new ResizeObserver(([entry]) => {
    size.value = { width: Math.floor(entry.contentRect.width), height: Math.floor(entry.contentRect.height) };
    schedule();
  });
  const tokens = new MutationObserver(readTokens);
  onMounted(() => {
    if (element.value) resize.observe(element.value);
    tokens.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-density'] });
    // Canvas text is measured when it is drawn: with the real font, where that has just come, again. (To ask whether it is there has the
    // page laid out on the spot.)
    document.fonts?.addEventListener('loadingdone', schedule);
  });
  watch(element, (now, before) => {
    if (before) resize.unobserve(before);
    chart.value?.dispose();
    chart.value = null;
    if (now) resize.observe(now);
  });
  watch(current, (now) => now !== shown.value && schedule());
  onBeforeUnmount(() => {
    forgetDrawing(drawing);
    resize.disconnect();
    tokens.disconnect();
    document.fonts?.removeEventListener('loadingdone', schedule);
    chart.value?.dispose();
  });

  return {
    size,
    drawn,
    pixel(x, y) {
      const at: unknown = chart.value?.convertToPixel({ gridIndex: 0 }, [x, y ?? 0]);
      if (!Array.isArray(at) || !Number.isFinite(at[0])) return null;
      return { x: Number(at[0]), y: y === null || !Number.isFinite(at[1]) ? 0 : Number(at[1]) };
    },
  };
}
