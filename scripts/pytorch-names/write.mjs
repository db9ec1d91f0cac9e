// npm run coverage: writes docs/pytorch-coverage.md.
import { writeFileSync } from 'node:fs';
import * as torch from 'flambeau';
import { coverage } from './coverage.mjs';

writeFileSync(new URL('../../docs/pytorch-coverage.md', import.meta.url), coverage(torch));
