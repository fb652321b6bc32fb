/**
 * Stands for Electron's distribution: the files that packaging touches, of the right names and formats, and nothing that runs. What it
 * proves ends where Electron begins.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

export type System = 'linux' | 'mac' | 'win';

/** The mark by which fuses are found in a binary, and a wire behind it: version 1, eight fuses as Electron ships them. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, 8]), Buffer.from('10110001')]);
const binary = Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]);

/** An asar without files: a length of four bytes, the header's length, and the header, which is a length and JSON. */
const header = Buffer.from('{"files":{}}');
const emptyArchive = Buffer.concat([
  uint32(4),
  uint32(8 + header.length),
  uint32(4 + header.length),
  uint32(header.length),
  header,
]);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

const writers: Record<System, (folder: string) => void> = {
  linux(folder) {
    write(join(folder, 'electron'), binary);
    write(join(folder, 'chrome-sandbox'), '');
    write(join(folder, 'resources/default_app.asar'), emptyArchive);
    write(join(folder, 'locales/en-US.pak'), '');
  },
  mac(folder) {
    const contents = join(folder, 'Electron.app/Contents');
    const framework = 'Frameworks/Electron Framework.framework/Electron Framework';
    write(join(contents, 'Info.plist'), plist('Electron'));
    write(join(contents, 'MacOS/Electron'), '');
    write(join(contents, framework), binary);
    write(join(contents, 'Resources/electron.icns'), '');
    for (const suffix of ['', ' (Renderer)', ' (Plugin)', ' (GPU)']) {
      const helper = `Electron Helper${suffix}`;
      write(join(contents, `Frameworks/${helper}.app/Contents/Info.plist`), plist(helper));
      write(join(contents, `Frameworks/${helper}.app/Contents/MacOS/${helper}`), '');
    }
  },
  win(folder) {
    const executable = NtExecutable.createEmpty(false, false);
    const resource = NtExecutableResource.from(executable);
    const version = Resource.VersionInfo.createEmpty();
    version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
    version.outputToResourceEntries(resource.entries);
    resource.outputResource(executable);
    write(join(folder, 'electron.exe'), Buffer.concat([Buffer.from(executable.generate()), wire]));
    write(join(folder, 'locales/en-US.pak'), '');
  },
};

export function writeStubElectron(system: System, folder: string): void {
  writers[system](folder);
  write(join(folder, 'LICENSE'), "Electron's licence");
  write(join(folder, 'LICENSES.chromium.html'), "Chromium's licences");
  write(join(folder, 'version'), '45.4.1');
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o755);
}

const plist = (name: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>${name}</string></dict></plist>
`;
