// What of PyTorch's public names is here: docs/pytorch-coverage.md is this, written by `npm run coverage`.
import { readFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const { version, names } = read('../../test/docs/pytorch-names.json');
const leftOut = read('left-out.json');

const camelCase = (name) => name.replace(/(?<=[^_])_(?=[a-z0-9])(.)/g, (_, letter) => letter.toUpperCase());

/** Where a module of PyTorch is here. */
function placeOf(torch, module) {
  if (module === 'torch.Tensor') return [torch.Tensor.prototype, 'Tensor.'];
  const special = { 'torch.utils.checkpoint': 'torch.utils', 'torch.autograd.forward_ad': 'torch.autograd.forwardAD' };
  const path = (special[module] ?? module).split('.').map(camelCase);
  const object = path.slice(1).reduce((value, name) => value?.[name], torch);
  return [object ?? {}, `${path.join('.')}.`];
}

function reasonOf(module, name) {
  const row = leftOut.find(
    ({ modules, names: pattern }) =>
      new RegExp(`^(?:${modules})$`).test(module) && new RegExp(`^(?:${pattern})$`).test(name),
  );
  return row?.reason;
}

/** The names of each module: here, left out, or neither yet. */
export function survey(torch) {
  return Object.entries(names).map(([module, list]) => {
    const [object, prefix] = placeOf(torch, module);
    const rows = list.map((name) => {
      const here = [camelCase(name), name].find((each) => each in object);
      return { name, here: here && prefix + here, reason: here ? undefined : reasonOf(module, name) };
    });
    return { module, rows };
  });
}

/** The document. */
export function coverage(torch) {
  const modules = survey(torch);
  const lines = [
    `# What of PyTorch ${version} is here`,
    '',
    'Every public name of these modules, as PyTorch itself lists them. Written by `npm run coverage`; do not edit.',
    '',
    '| module | names | here | left out | not yet |',
    '| --- | ---: | ---: | ---: | ---: |',
  ];
  for (const { module, rows } of modules) {
    const here = rows.filter((row) => row.here).length;
    const out = rows.filter((row) => row.reason).length;
    lines.push(`| \`${module}\` | ${rows.length} | ${here} | ${out} | ${rows.length - here - out} |`);
  }
  for (const { module, rows } of modules) {
    lines.push('', `## ${module}`, '');
    const here = rows.filter((row) => row.here).map((row) => row.here.slice(row.here.lastIndexOf('.') + 1));
    if (here.length > 0) lines.push(`Here: ${here.map((name) => `\`${name}\``).join(', ')}.`);
    const reasons = new Map();
    for (const row of rows.filter((each) => !each.here)) {
      const reason = row.reason ?? 'Not yet';
      reasons.set(reason, [...(reasons.get(reason) ?? []), row]);
    }
    for (const [reason, own] of [...reasons].sort(([a], [b]) => (a < b ? -1 : 1))) {
      lines.push('', `${reason}: ${own.map((row) => `\`${row.name}\``).join(', ')}.`);
    }
  }
  return `${lines.join('\n')}\n`;
}
