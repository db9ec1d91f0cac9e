// node scripts/setup/run.mjs build|test: everything from a fresh clone on; each step finds what is done already.
import { buildAddon } from './addon.mjs';
import { provideLibtorch } from './libtorch.mjs';
import { installPackages } from './packages.mjs';
import { bin, show } from './process.mjs';
import { compile } from './typescript.mjs';

let given;

/** A step gives false where there was nothing to do, or says in a word what it did. */
const build = [
  { name: 'npm packages', run: installPackages },
  // Wrong types do not keep the addon from being built; the command fails at its end.
  { name: 'TypeScript', run: compile, later: true },
  {
    name: 'LibTorch',
    run: async () => {
      given = await provideLibtorch();
      return `${given.libtorch.version} ${given.libtorch.flavour}${given.fresh ? ', installed' : ''}`;
    },
  },
  { name: 'native addon', run: () => buildAddon(given.libtorch, given.cache) },
];

const tool = (name, ...args) => ({
  name,
  run: async () => {
    if ((await show(process.execPath, args)) !== 0) throw new Error(`${name} found something to mend`);
    return true;
  },
  later: true,
});

const test = [
  ...build.map((step) => ({ ...step, later: false })),
  tool('ESLint', bin('eslint/bin/eslint.js'), '.'),
  tool('Prettier', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
  tool('documentation', bin('typedoc/bin/typedoc'), '--emit', 'none', '--logLevel', 'Warn'),
  tool('publint', bin('publint/src/cli.js'), '--strict'),
  tool('tests', bin('vitest/vitest.mjs'), 'run', ...process.argv.slice(3)),
];

const tasks = { build, test };

async function main(task) {
  const steps = tasks[task];
  if (!steps) {
    console.error(`Usage: node scripts/setup/run.mjs ${Object.keys(tasks).join('|')}`);
    return 2;
  }
  const failed = [];
  for (const { name, run, later } of steps) {
    const start = performance.now();
    let word;
    try {
      const outcome = await run();
      word = outcome === false ? 'already there' : outcome === true ? 'done' : outcome;
    } catch (error) {
      word = 'failed';
      failed.push(name);
      console.error(error.output ?? '');
      console.error(error.code && error.output === undefined ? `${error.code}: ${error.message}` : error.message);
    }
    // The runner's own summary is the last word.
    if (name === 'tests' && word === 'done') continue;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${name.padEnd(14)} ${word} (${seconds} s)`);
    if (word === 'failed' && !later) break;
  }
  if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv[2]);
