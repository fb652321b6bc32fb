/** A text in quotes, those in it doubled, as the flags of the command line read it. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A cell of a flag that is a CSV line: in quotes where its marks would cut it. */
export const csvCell = (text: string): string => (/[",]/.test(text) ? quoted(text) : text);
