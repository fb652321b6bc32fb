import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Text for a shell, for Python or R, for the database, for the web, for a canvas. */
const CODE = /SELECT|\dpx "|COPY |CREATE |read_csv|\w\([^)]*"|="|<\w|--\w+ "|:"|",\S|\\"/;
const VALUE = '▯';

/** A text with a mark for each value in it. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => VALUE + literal.text).join('');
}

/** A sentence or a part of one, with a quote or an apostrophe as typewriters have it. */
const isTypewritten = (text: string): boolean =>
  /[A-Za-z,] [a-z]{2,}/.test(text) &&
  !CODE.test(text) &&
  (/(^|[\s(])"[\w▯]|[\w▯.…]"([\s.,:;)]|$)/.test(text) || /[a-z▯]'(s|t|re|ll|ve)\b/.test(text));

export function typewritten(file: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== null && isTypewritten(text)) found.push(text.replaceAll(VALUE, '…'));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

test('a quote as typewriters have it is seen in a sentence, and in code it is let be', () => {
  const found = (code: string): string[] => typewritten('a.ts', code);
  expect(found('fail(`"${name}" is empty: it has no rows.`)')).toEqual(['"…" is empty: it has no rows.']);
  expect(found("say('open the table\\'s own file')")).toEqual(["open the table's own file"]);
  expect(found('say(`“${name}” is the table’s own`)')).toEqual([]);
  expect(found('sql(`SELECT "a" FROM "the table"`); say(\'in R, write.csv(x, "a.csv") makes one\')')).toEqual([]);
  expect(found("// it's a comment\nimport a from 'b'; const word = '\"';")).toEqual([]);
});

test('what a user reads has quotes and apostrophes as books have them', () => {
  const files = ['core', 'electron', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const looked = files.map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.ts'));
  expect(looked.length).toBeGreaterThan(200);
  const found = looked.flatMap((file) =>
    typewritten(file, readFileSync(join(root, file), 'utf8')).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});
