/** A piece of HTML that is already safe. */
export interface Html {
  readonly html: string;
}

type Value = string | number | Html | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]);

/** HTML from a template: every text that is put in is text, never markup. Values stand between tags or in quoted attributes. */
export function html(template: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: template.reduce((made, piece, i) => made + asHtml(values[i - 1]) + piece) };
}

function asHtml(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map((part) => part.html).join('');
}
