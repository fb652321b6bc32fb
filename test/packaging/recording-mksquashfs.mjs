#!/usr/bin/env node
/** Stands for mksquashfs, which packs an AppImage's folder: keeps what says how it is started, and writes an empty file. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [stage, output] = process.argv.slice(2);
for (const name of ['moe-lab.desktop', 'AppRun'])
  copyFileSync(join(stage, name), join(dirname(output), `appimage-${name}`));
writeFileSync(output, '');
