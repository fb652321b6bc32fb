/** Files that are no tables, by what they begin with, whatever they are called: "‹name› is ‹what›: ‹way out›." */
export interface Signature {
  readonly code: string;
  readonly what: string;
  readonly wayOut: string;
  /** Bytes as Latin-1 text, and where they stand. */
  readonly bytes: readonly string[];
  readonly at?: number;
  /** Instead of bytes, or besides them. */
  readonly fits?: (start: string) => boolean;
  /** The bytes are letters that a table may begin with, too: it is this only when a zero byte follows somewhere. */
  readonly binary?: true;
}

const asCsv = 'save it as CSV (UTF-8) and open that file';
const unpack = 'unpack it and open the table inside';
const inR = 'in R, write.csv(x, "table.csv", row.names = FALSE) makes a file that can be opened';
const inPandas = (read: string) =>
  `in Python, pandas.${read}(…).to_csv("table.csv", index=False) makes a file that can be opened`;
const saveSheet = 'open it in Excel or LibreOffice, save the sheet as .xlsx or .csv and open that file';

const signatures: readonly Signature[] = [
  {
    code: 'file/excel-old',
    bytes: ['\x09\x00\x04\x00', '\x09\x02\x06\x00', '\x09\x04\x06\x00', '\x09\x08\x10\x00', '\x09\x08\x08\x00'],
    what: 'an old Excel workbook (.xls)',
    wayOut: saveSheet,
  },
  {
    code: 'file/spss',
    bytes: ['$FL2', '$FL3'],
    binary: true,
    what: 'an SPSS file (.sav)',
    wayOut: inPandas('read_spss'),
  },
  {
    code: 'file/spss',
    bytes: [],
    fits: (start) => /^[^]{0,180}SPSS PORT FILE/.test(start),
    what: 'an SPSS portable file (.por)',
    wayOut: 'save it as .csv in SPSS or PSPP and open that file',
  },
  {
    code: 'file/stata',
    bytes: ['<stata_dta>'],
    // Before version 13: the version, the order of the bytes, and two fixed bytes.
    fits: (start) => 'ilnopqrs'.includes(start.charAt(0)) && ['\x01\x01\0', '\x02\x01\0'].includes(start.slice(1, 4)),
    what: 'a Stata file (.dta)',
    wayOut: inPandas('read_stata'),
  },
  {
    code: 'file/sas',
    bytes: ['\0'.repeat(12) + '\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c\x18\x1f\x10\x11'],
    what: 'a SAS file (.sas7bdat)',
    wayOut: inPandas('read_sas'),
  },
  {
    code: 'file/sas',
    bytes: ['HEADER RECORD*******LIBRARY HEADER RECORD', 'HEADER RECORD*******LIBV8   HEADER RECORD'],
    what: 'a SAS transport file (.xpt)',
    wayOut: inPandas('read_sas'),
  },
  {
    code: 'file/r-data',
    bytes: ['RDX2\n', 'RDX3\n', 'RDA2\n', 'RDA3\n', 'RDB2\n', 'RDB3\n', 'X\n\0\0\0\x02', 'X\n\0\0\0\x03'],
    // In letters: the layout's version, and those of R that wrote it and that can read it.
    fits: (start) => /^A\n[23]\n\d{6}\n\d{6}\n/.test(start),
    what: 'R data (.rds or .RData)',
    wayOut: inR,
  },
  {
    code: 'file/compressed',
    bytes: Array.from({ length: 9 }, (_, level) => `BZh${level + 1}1AY&SY`),
    what: 'compressed with bzip2 (R data can be, too)',
    wayOut: 'unpack it, or write it as .csv in R, and open that file',
  },
  {
    code: 'file/compressed',
    bytes: ['\xfd7zXZ\0'],
    what: 'compressed with xz (R data can be, too)',
    wayOut: 'unpack it, or write it as .csv in R, and open that file',
  },
  { code: 'file/compressed', bytes: ['(\xb5/\xfd'], what: 'compressed with Zstandard', wayOut: unpack },
  { code: 'file/compressed', bytes: ['\x04"M\x18'], what: 'compressed with LZ4', wayOut: unpack },
  {
    code: 'file/compressed',
    bytes: ['\x1f\x9d', '\x1f\xa0'],
    what: 'compressed with an old program (.Z)',
    wayOut: unpack,
  },
  { code: 'file/compressed', bytes: ["7z\xbc\xaf'\x1c"], what: 'a 7-Zip archive', wayOut: unpack },
  { code: 'file/compressed', bytes: ['Rar!\x1a\x07'], what: 'a RAR archive', wayOut: unpack },
  { code: 'file/compressed', bytes: ['ustar'], at: 257, what: 'a tar archive', wayOut: unpack },
  {
    code: 'file/arrow',
    bytes: ['ARROW1', '\xff\xff\xff\xff\x10\0\0\0', 'FEA1'],
    binary: true,
    what: 'an Arrow or Feather file',
    wayOut: inPandas('read_feather').replace('to_csv("table.csv"', 'to_parquet("table.parquet"'),
  },
  { code: 'file/binary', bytes: ['ORC'], binary: true, what: 'an ORC file', wayOut: inPandas('read_orc') },
  {
    code: 'file/binary',
    bytes: ['Obj\x01'],
    what: 'an Avro file',
    wayOut: 'convert it to Parquet or CSV and open that file',
  },
  {
    code: 'file/hdf5',
    bytes: ['\x89HDF\r\n\x1a\n'],
    what: 'an HDF5 file',
    wayOut: inPandas('read_hdf'),
  },
  {
    code: 'file/matlab',
    bytes: ['MATLAB 5.0 MAT-file', 'MATLAB 7.3 MAT-file'],
    what: 'a MATLAB file (.mat)',
    wayOut: 'in MATLAB, writematrix or writetable makes a .csv file that can be opened',
  },
  { code: 'file/binary', bytes: ['CDF\x01', 'CDF\x02', 'CDF\x05'], what: 'a NetCDF file', wayOut: asCsv },
  {
    code: 'file/numpy',
    bytes: ['\x93NUMPY'],
    what: 'a NumPy array (.npy)',
    wayOut: 'in Python, numpy.savetxt("table.csv", x, delimiter=",", fmt="%.17g") makes a file that can be opened',
  },
  {
    code: 'file/pickle',
    bytes: ['\x80\x02', '\x80\x03', '\x80\x04\x95', '\x80\x05\x95'],
    what: 'a Python pickle',
    wayOut: inPandas('read_pickle'),
  },
  {
    code: 'file/image',
    bytes: ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF87a', 'GIF89a', 'II*\0', 'MM\0*', '\0\0\x01\0', '8BPS'],
    what: 'a picture, not a table',
    wayOut: 'choose the file with the numbers',
  },
  {
    code: 'file/image',
    bytes: ['WEBP', 'WAVE', 'AVI '],
    at: 8,
    binary: true,
    what: 'a picture or recording, not a table',
    wayOut: 'choose the file with the numbers',
  },
  {
    code: 'file/image',
    bytes: ['ftyp'],
    at: 4,
    binary: true,
    what: 'a picture or film, not a table',
    wayOut: 'choose the file with the numbers',
  },
  {
    code: 'file/pdf',
    bytes: ['%PDF-'],
    what: 'a PDF document, not a table',
    wayOut: 'ask its author for the table as .csv',
  },
  {
    code: 'file/document',
    bytes: ['{\\rtf'],
    what: 'a text document (.rtf), not a table',
    wayOut: 'copy the table into a spreadsheet, save it as .csv and open that file',
  },
  {
    code: 'file/database',
    bytes: ['SQLite format 3\0'],
    what: 'an SQLite database',
    wayOut: 'export the table you need as .csv',
  },
  {
    code: 'file/database',
    bytes: ['DUCK'],
    at: 8,
    binary: true,
    what: 'a DuckDB database',
    wayOut: 'write the table you need to Parquet or CSV and open that file',
  },
  {
    code: 'file/database',
    bytes: ['Standard Jet DB', 'Standard ACE DB'],
    at: 4,
    what: 'an Access database',
    wayOut: 'export the table you need as .csv',
  },
  {
    code: 'file/binary',
    bytes: ['\x7fELF', 'MZ\x90', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'],
    what: 'a program, not a table',
    wayOut: 'choose the file with the numbers',
  },
];

/** @param start  the beginning of a file, as Latin-1 text */
export function signatureOf(start: string): Signature | undefined {
  const hasZero = start.includes('\0');
  return signatures.find(
    ({ bytes, at = 0, binary, fits }) =>
      (binary !== true || hasZero) && (bytes.some((one) => start.startsWith(one, at)) || fits?.(start) === true),
  );
}

/** Text that is not a table of separated values, by how it begins (after blanks, lower case). */
export const documents: readonly {
  readonly code: string;
  readonly starts: RegExp;
  readonly what: string;
  readonly wayOut: string;
}[] = [
  {
    code: 'file/html',
    starts: /^<(!doctype html|html|head|table)/,
    what: 'a web page, not a table',
    wayOut:
      'use the download link of the data file itself, or, if a program called it .xls, open it there and save it as .xlsx',
  },
  {
    code: 'file/excel-xml',
    starts: /^<\?xml[^]*(progid="excel\.sheet"|urn:schemas-microsoft-com:office:spreadsheet)/,
    what: 'an Excel workbook in the XML of 2003',
    wayOut: saveSheet,
  },
  {
    code: 'file/image',
    starts: /^(<\?xml[^]*)?<svg/,
    what: 'a picture, not a table',
    wayOut: 'choose the file with the numbers',
  },
  { code: 'file/xml', starts: /^<\?xml/, what: 'an XML document, not a table', wayOut: asCsv },
  {
    code: 'file/json',
    starts: /^(\{\s*["}]|\[\s*[[{])/,
    what: 'JSON, not a table',
    wayOut: inPandas('read_json'),
  },
  {
    code: 'file/arff',
    starts: /^(%[^\n]*\n\s*)*@relation\b/,
    what: 'a Weka ARFF file',
    wayOut: 'delete everything up to the @data line, put the names of the columns there, and save it as .csv',
  },
  {
    code: 'file/document',
    starts: /^%!ps-/,
    what: 'a PostScript document, not a table',
    wayOut: 'ask its author for the table as .csv',
  },
];

/** OpenDocument archives say what they are first, unpacked. */
export const openDocument: Omit<Signature, 'bytes'> = {
  code: 'file/opendocument',
  what: 'an OpenDocument spreadsheet (.ods)',
  wayOut: 'in LibreOffice, save it as .xlsx or .csv and open that file',
};

/** What a zip archive is, by the names of the files in it; a plain archive when none fits. */
export const archives: readonly {
  readonly code: string;
  readonly holds: RegExp;
  readonly what: string;
  readonly wayOut: string;
}[] = [
  { code: openDocument.code, holds: /^content\.xml$/, what: 'an OpenDocument file', wayOut: openDocument.wayOut },
  {
    code: 'file/excel-binary',
    holds: /^xl\/workbook\.bin$/,
    what: 'a binary Excel workbook (.xlsb)',
    wayOut: 'open it in Excel, save it as .xlsx and open that file',
  },
  {
    code: 'file/document',
    holds: /^(word|ppt)\//,
    what: 'a Word or PowerPoint document, not a table',
    wayOut: 'copy the table into a spreadsheet, save it as .xlsx or .csv and open that file',
  },
  {
    code: 'file/numbers',
    holds: /^Index\/Document\.iwa$|\.iwa$|^Index\.zip$/,
    what: 'an Apple Numbers document',
    wayOut: 'in Numbers, export it as CSV and open that file',
  },
  {
    code: 'file/numpy',
    holds: /\.npy$/,
    what: 'an archive of NumPy arrays (.npz)',
    wayOut: 'in Python, numpy.savetxt("table.csv", x, delimiter=",", fmt="%.17g") makes a file that can be opened',
  },
  {
    code: 'file/document',
    holds: /^META-INF\/container\.xml$/,
    what: 'an electronic book, not a table',
    wayOut: 'choose the file with the numbers',
  },
];
