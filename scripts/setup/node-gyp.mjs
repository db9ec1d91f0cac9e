#!/usr/bin/env node
// Called by prebuildify in place of node-gyp: leaves the addon in build/Release/ of the folder that it is called in.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { addonPath, buildAddon } from './addon.mjs';
import { provideLibtorch } from './libtorch.mjs';

const output = join(process.cwd(), 'build', 'Release');
const { libtorch, cache } = await provideLibtorch();
await buildAddon(libtorch, cache);
mkdirSync(output, { recursive: true });
copyFileSync(addonPath, join(output, 'flambeau.node'));
