import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption, GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Mark } from './identity';
import type { ChartTheme } from './theme';

/** What a chart hands to ECharts: only the series and parts the application registers. */
export type PlotOption = ComposeOption<
  LineSeriesOption | ScatterSeriesOption | CustomSeriesOption | GridComponentOption | GraphicComponentOption
>;

/** The plot's area in CSS pixels; label positions are computed from it. */
export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** A choice the reader may make about one chart (which rows, which axis), shown as segments above it. One without a label belongs to the one before. */
export interface ChartControl {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly initial: string;
}

/** The reader's choices by control id. */
export type ChartSettings = Readonly<Record<string, string>>;

/** Exactly what is plotted, for the table twin, the clipboard and CSV. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Where the crosshair can stand, in axis values, and what is to be read there. */
export interface ChartStop {
  readonly x: number;
  /** Null where the whole column at x is meant. */
  readonly y: number | null;
  /** Width and height in axis values of the thing around it, where that is a box rather than a point. */
  readonly box?: { readonly width: number; readonly height: number };
  /** What a click or Enter here means to the panel's owner; absent where it means nothing. */
  readonly pick?: string;
  read(): ChartReading;
}

export interface ChartReading {
  readonly title: string;
  readonly entries: readonly { readonly mark: Mark | null; readonly name: string; readonly value: string }[];
}

/**
 * One chart: pure functions of its data. A new chart is one file with such an object and one line in index.ts.
 * Every text is computed from the data; `title` falls back to a neutral statement where the data do not decide.
 */
export interface Chart<Data> {
  readonly id: string;
  applies(data: Data): boolean;
  /** The finding, in one sentence. */
  title(data: Data, settings: ChartSettings): string;
  /** What is drawn: quantity, N, split, what the marks mean. */
  caption(data: Data, settings: ChartSettings): string;
  /** The choices offered; some only make sense after others. */
  controls(data: Data, chosen?: ChartSettings): readonly ChartControl[];
  option(data: Data, theme: ChartTheme, size: PlotSize, settings: ChartSettings): PlotOption;
  table(data: Data, settings: ChartSettings): ChartTable;
  /** In reading order. */
  stops(data: Data, settings: ChartSettings): readonly ChartStop[];
  /** The stop above or below another in reading order, for charts whose stops stand in rows; null where there is none. */
  across?(data: Data, from: number, down: boolean): number | null;
}

/** Every control at its first choice, with the reader's changes on top; a choice that is no longer offered is dropped. */
export function settingsOf(controls: readonly ChartControl[], chosen: ChartSettings): ChartSettings {
  return Object.fromEntries(
    controls.map((control) => {
      const offered = control.choices.some((choice) => choice.value === chosen[control.id]);
      return [control.id, offered ? chosen[control.id] : control.initial];
    }),
  );
}
