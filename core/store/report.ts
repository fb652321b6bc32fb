import { scalingWords, splitWords } from '../data/splits/split-words';
import type { TableInfo } from '../data/types';
import type { Metrics } from '../evaluate/types';
import { count, percent, plainNumber } from '../evaluate/words';
import { html, type Html } from './html';
import type { SavedExperiment, SavedRun, SavedWork } from './work';

/**
 * report/index.html: what the project holds, for a reader without the application. A page of its own without a script, a picture or
 * a link; its policy forbids all of them.
 */
export function report(table: TableInfo, work: SavedWork, version: string): string {
  const { file, rows, columns } = table;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width" />
        <title>${file.name} – MoE Lab</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>${file.name}</h1>
        <p>
          ${count(rows, 'row')}, ${count(columns.length, 'column')}. A project of MoE Lab ${version}; this page shows
          its results without the application.
        </p>
        ${tableSection(table, work)}
        <h2>Runs</h2>
        ${work.runs.length ? work.runs.map(runSection) : html`<p>No run has been made.</p>`}
        ${
          work.experiments.length
            ? html`<h2>Experiments</h2>
                ${work.experiments.map(experimentSection)}`
            : html``
        }
      </body>
    </html> `;
  return page.html;
}

const STYLE: Html = {
  html: `:root{color-scheme:light dark}
body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:15px/1.5 system-ui,sans-serif}
h1,h2,h3{line-height:1.25;margin:1.6em 0 .5em}h1{font-size:1.5rem}h2{font-size:1.2rem}h3{font-size:1rem}
section{margin:0 0 2rem}table{border-collapse:collapse;margin:.5rem 0;font-variant-numeric:tabular-nums}
th,td{padding:.15rem .8rem .15rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #8884}
td.n,th.n{text-align:right}code{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.wide{overflow-x:auto}.light{font-weight:600}`,
};

const facts = (rows: readonly (readonly [string, string])[]): Html =>
  html`<table>
    ${rows.map(
      ([name, value]) =>
        html`<tr>
          <th scope="row">${name}</th>
          <td>${value}</td>
        </tr>`,
    )}
  </table>`;

function tableSection({ file, lines, decisions, columns, rejected, warnings }: TableInfo, { data }: SavedWork): Html {
  const roles = new Map(data.roles);
  const types = new Map(data.types);
  return html`<section>
    <h2>Table</h2>
    ${facts([
      ['File', file.name],
      ['Size', `${count(file.bytes, 'byte')}, ${count(lines, 'line')}`],
      ['SHA-256', file.sha256],
      ...decisions.map(({ id, label, because }) => [capital(id), `${label} (${because})`] as const),
      ['Lines left out', String(rejected.count)],
    ])}
    ${warnings.map((warning) => html`<p>${warning}</p>`)}
    <div class="wide">
      <table>
        <tr>
          <th>Column</th>
          <th>Role</th>
          <th>Type</th>
          <th class="n">Missing</th>
          <th class="n">Distinct</th>
          <th>Values</th>
        </tr>
        ${columns.map(
          (column) =>
            html`<tr>
              <td>${column.name}</td>
              <td>${roles.get(column.name) ?? column.suggestedRole}</td>
              <td>${types.get(column.name) ?? column.type}</td>
              <td class="n">${column.missing}</td>
              <td class="n">${column.distinct}</td>
              <td>${valuesOf(column)}</td>
            </tr>`,
        )}
      </table>
    </div>
  </section>`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function valuesOf({ summary, levels }: TableInfo['columns'][number]): string {
  if (summary) {
    const { min, median, max } = summary;
    return `${plainNumber(min, 5)} to ${plainNumber(max, 5)}, median ${plainNumber(median, 5)}`;
  }
  const named = (levels ?? []).slice(0, 5).map(({ value }) => value);
  return `${named.join(', ')}${(levels ?? []).length > named.length ? ', …' : ''}`;
}

function runSection(run: SavedRun): Html {
  const { name, request, table, error, result } = run;
  const { design, fit } = request;
  const settings = facts([
    ['Made on', `${table.file}, SHA-256 ${table.sha256}`],
    ['Target', design.target],
    ['Features', design.features.join(', ')],
    ['Gate features', design.gateFeatures?.join(', ') ?? 'the same'],
    ['Inputs', scalingWords[design.preprocess]],
    ...(design.weights ? [['Weights', design.weights] as const] : []),
    ['Held out', splitWords(design.split)],
    ['Method', fit.method],
    ['Experts', String(fit.experts)],
    ['Activation', fit.activation],
    ['Noise', fit.noise === null ? 'decided by the data' : String(fit.noise)],
    ['Seed', String(fit.seed)],
    ['Starts', String(fit.restarts)],
    ...Object.entries(fit.options).map(([option, value]) => [option, String(value)] as const),
  ]);
  return html`<section>
    <h3>${run.number}. ${name}</h3>
    <p>${ending(run)}</p>
    ${error ? html`<p>${error.message}</p>` : html``} ${settings} ${result ? resultSection(result) : html``}
  </section>`;
}

function ending({ state, result }: SavedRun): string {
  if (!result)
    return { failed: 'It failed.', interrupted: 'The engine ended under it.' }[state as string] ?? 'It was cancelled.';
  const { code, iterations, seconds } = result.report.termination;
  return `Ended after ${count(iterations, 'iteration')} and ${plainNumber(seconds)} s: ${code}.`;
}

function resultSection({ report: made, experts, notes, command }: NonNullable<SavedRun['result']>): Html {
  const { train, test, baselines } = made.metrics;
  const line = (who: string, rows: string, found: Metrics): Html =>
    html`<tr>
      <td>${who}</td>
      <td>${rows}</td>
      <td class="n">${plainNumber(found.rmse, 5)}</td>
      <td class="n">${plainNumber(found.mae, 5)}</td>
      <td class="n">${plainNumber(found.r2, 4)}</td>
      <td class="n">${plainNumber(found.logLikelihood, 5)}</td>
    </tr>`;
  const errors = (who: string, of: { readonly train: Metrics; readonly test: Metrics | null }): Html[] => [
    line(who, `${count(of.train.rows, 'row')} of training`, of.train),
    ...(of.test ? [line(who, `${count(of.test.rows, 'row')} held out`, of.test)] : []),
  ];
  return html`<table>
      <tr>
        <th>Prediction</th>
        <th>Rows</th>
        <th class="n">RMSE</th>
        <th class="n">MAE</th>
        <th class="n">R²</th>
        <th class="n">Log-likelihood a row</th>
      </tr>
      ${errors('This run', { train, test })}${errors('Least squares', baselines.ols)}${errors('The mean', baselines.mean)}
    </table>
    ${experts.map(
      ({ letter, share, sigma, sentence, equation }) =>
        html`<h4>Expert ${letter}: ${percent(share)} of the rows, sigma ${plainNumber(sigma, 4)}</h4>
          <p>${sentence}</p>
          <p><code>${equation}</code></p>`,
    )}
    <h4>Checks</h4>
    <ul>
      ${made.checks.map(({ light, sentence }) => html`<li><span class="light">${light}</span>: ${sentence}</li>`)}
    </ul>
    ${notes.map((note) => html`<p>${note}</p>`)}
    <p>The same run from a terminal: <code>${command}</code></p>`;
}

const experimentSection = ({ report: made, name, state, file }: SavedExperiment): Html =>
  html`<section>
    <h3>${made?.title ?? name}</h3>
    <p>
      ${made ? `${made.source}. ${made.question}` : ''} ${state === 'done' ? '' : `It ended early (${state}).`}
      ${file ? `Run on ${file} as well.` : ''}
    </p>
    <ul>
      ${(made?.findings ?? []).map((finding) => html`<li>${finding}</li>`)}
    </ul>
    ${made ? experimentTable(made) : html``}
  </section>`;

const experimentTable = ({ rows }: NonNullable<SavedExperiment['report']>): Html =>
  html`<div class="wide">
    <table>
      <tr>
        <th>Setting</th>
        <th>Method</th>
        <th>Figure</th>
        <th class="n">Median</th>
        <th class="n">Quartiles</th>
        <th class="n">Seeds</th>
        <th>Published</th>
      </tr>
      ${rows.map(
        ({ setting, method, metric, median, q25, q75, seeds, published }) =>
          html`<tr>
            <td>${setting}</td>
            <td>${method}</td>
            <td>${metric}</td>
            <td class="n">${plainNumber(median, 4)}</td>
            <td class="n">${plainNumber(q25, 4)} to ${plainNumber(q75, 4)}</td>
            <td class="n">${seeds}</td>
            <td>${published ?? ''}</td>
          </tr>`,
      )}
    </table>
  </div>`;
