import type { SaveFile } from '../../core/bridge';
import type { Chart, ChartSettings, PlotOption, PlotSize } from './chart';
import { imageChart, svgChart } from './echarts';
import { withResolution } from './png';
import { toCsv } from './table-text';
import { readLightTheme } from './theme';
import type { ChartTheme } from './theme';

export type ChartFormat = 'png' | 'svg' | 'csv';

const dpi = 300;
const ratio = dpi / 96;
const pad = 16;
const titleLine = 21;
const captionLine = 15;

/** The file of a chart as it stands, in the light theme, its finding and caption included. */
export async function chartFile<Data>(
  chart: Chart<Data>,
  data: Data,
  settings: ChartSettings,
  size: PlotSize,
  format: ChartFormat,
): Promise<SaveFile> {
  const name = `${chart.id}.${format}`;
  if (format === 'csv') return { name, mime: 'text/csv', content: toCsv(chart.table(data, settings)) };
  const theme = readLightTheme();
  const page = layout(chart.title(data, settings), chart.caption(data, settings), size);
  const option = atOnce(chart.option(data, theme, size, settings));
  if (format === 'svg') {
    const plot = svgChart(size.width, size.height);
    plot.setOption(option);
    const body = plot.renderToSVGString();
    plot.dispose();
    return { name, mime: 'image/svg+xml', content: svgPage(page, body, theme, size) };
  }
  const holder = document.createElement('div');
  const plot = imageChart(holder, size.width, size.height, ratio);
  plot.setOption(option);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((size.width + 2 * pad) * ratio);
  canvas.height = Math.round((size.height + page.head + pad) * ratio);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser gave no canvas to draw on');
  drawPage(context, page, theme, plot.renderToCanvas({ pixelRatio: ratio }), size);
  plot.dispose();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The browser could not encode the picture');
  return { name, mime: 'image/png', content: withResolution(new Uint8Array(await blob.arrayBuffer()), dpi) };
}

/** A file is written when the drawing has been asked for, so nothing of it may be left to later frames. */
function atOnce(option: PlotOption): PlotOption {
  const series = Array.isArray(option.series) ? option.series : [];
  return { ...option, series: series.map((one) => ({ ...one, progressive: 0 })) };
}

interface Page {
  readonly title: string[];
  readonly caption: string[];
  readonly plain: { readonly title: string; readonly caption: string };
  /** Height of both texts above the plot. */
  readonly head: number;
}

const titleFont = '590 15px "Source Serif 4 Variable", Georgia, serif';
const captionFont = (theme: ChartTheme): string => `420 11px ${theme.sans}`;

function layout(title: string, caption: string, size: PlotSize): Page {
  const titles = wrapped(title, titleFont, 0.95 * size.width);
  // Whoever opens a drawing may not have the font: leave room for a wider one.
  const captions = wrapped(caption, '420 11px sans-serif', 0.88 * size.width);
  const head = pad + titles.length * titleLine + captions.length * captionLine + 8;
  return { title: titles, caption: captions, plain: { title, caption }, head };
}

/** Words broken into lines no wider than the plot. */
function wrapped(text: string, font: string, width: number): string[] {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return [text];
  context.font = font;
  const out: string[] = [''];
  for (const word of text.split(' ')) {
    const longer = out[out.length - 1] ? `${out[out.length - 1]} ${word}` : word;
    if (out[out.length - 1] && context.measureText(longer).width > width) out.push(word);
    else out[out.length - 1] = longer;
  }
  return out;
}

function drawPage(
  context: CanvasRenderingContext2D,
  page: Page,
  theme: ChartTheme,
  plot: HTMLCanvasElement,
  size: PlotSize,
): void {
  context.scale(ratio, ratio);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, size.width + 2 * pad, size.height + page.head + pad);
  eachLine(page, theme, (text, y, font, colour) => {
    context.font = font;
    context.fillStyle = colour;
    context.fillText(text, pad, y);
  });
  context.drawImage(plot, pad, page.head, size.width, size.height);
}

/** The plot's SVG inside a page that carries title and description for readers of the screen. */
function svgPage(page: Page, body: string, theme: ChartTheme, size: PlotSize): string {
  const width = size.width + 2 * pad;
  const height = size.height + page.head + pad;
  const texts: string[] = [];
  eachLine(page, theme, (text, y, font, colour) => {
    texts.push(`<text x="${pad}" y="${y}" fill="${colour}" style="font:${escaped(font)}">${escaped(text)}</text>`);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(page.plain.title)}</title><desc>${escaped(page.plain.caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="${theme.background}"/>`,
    ...texts,
    body.replace('<svg ', `<svg x="${pad}" y="${page.head}" `),
    '</svg>',
  ].join('\n');
}

function eachLine(
  page: Page,
  theme: ChartTheme,
  write: (text: string, y: number, font: string, colour: string) => void,
): void {
  page.title.forEach((text, i) => write(text, pad + (i + 0.72) * titleLine, titleFont, theme.text));
  const from = pad + page.title.length * titleLine;
  page.caption.forEach((text, i) => write(text, from + (i + 0.8) * captionLine, captionFont(theme), theme.text2));
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
