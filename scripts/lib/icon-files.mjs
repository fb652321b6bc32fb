/**
 * The icon files of macOS and Windows: both are lists of PNG images behind a small header. Packaging could make them, but only with a
 * tool that it downloads.
 *
 * @typedef {{ size: number, png: Buffer }} Image Square; its side in pixels.
 */

/**
 * macOS names an image by its side; where there are two, the second is the "retina" image of half that side. The plain ones of 16 and
 * 32 pixels are left to the system, which shows PNG images there wrongly in some versions.
 */
const icnsTypes = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** @param {readonly Image[]} images */
export function icns(images) {
  const parts = images.flatMap(({ size, png }) =>
    (icnsTypes[size] ?? []).map((type) => Buffer.concat([Buffer.from(type), uint32(8 + png.length), png])),
  );
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from('icns'), uint32(8 + body.length), body]);
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Windows knows no image above 256 pixels. @param {readonly Image[]} images */
export function ico(images) {
  const used = images.filter(({ size }) => size <= 256);
  const header = Buffer.alloc(6 + 16 * used.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(used.length, 4);
  let end = header.length;
  used.forEach(({ size, png }, i) => {
    const at = 6 + 16 * i;
    // A side of 256 is written as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(end, at + 12);
    end += png.length;
  });
  return Buffer.concat([header, ...used.map(({ png }) => png)]);
}
