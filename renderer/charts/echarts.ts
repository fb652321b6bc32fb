import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import type { EChartsType } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

/** Only what the charts use, so that the rest of the library stays out of the bundle. */
echarts.use([LineChart, ScatterChart, CustomChart, GridComponent, GraphicComponent, CanvasRenderer, SVGRenderer]);

export type { EChartsType };

/** On the screen: canvas, which stands ten redraws a second. */
export const canvasChart = (element: HTMLElement): EChartsType => echarts.init(element, null, { renderer: 'canvas' });

/** For a file: canvas at a fixed size, `ratio` device pixels to one CSS pixel. */
export const imageChart = (element: HTMLElement, width: number, height: number, ratio: number): EChartsType =>
  echarts.init(element, null, { renderer: 'canvas', width, height, devicePixelRatio: ratio });

/** For a file: SVG text without a document. */
export const svgChart = (width: number, height: number): EChartsType =>
  echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
