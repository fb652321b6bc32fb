/** What is wrong with the inside of a file, for the sentence `"name" is damaged (…)`. Thrown between the readers of this folder and caught at their edge. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

/** A file that is whole, but larger than can be read; the message is the end of a sentence: "holds …: …". */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}
