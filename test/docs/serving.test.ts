import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { flags, parseConfig } from '../../src/serve/config.js';
import { isolate } from '../../src/serve/isolation/index.js';
import { createMetrics } from '../../src/serve/metrics.js';
import { modelsOf } from '../serve/models.js';

const text = readFileSync('docs/serving.md', 'utf8');
/** The first cells of the rows of a section's tables. */
const rows = (section: string): string[][] =>
  [
    ...text
      .split(`\n## ${section}\n`)[1]!
      .split('\n## ')[0]!
      .matchAll(/^\| (`.*) \|/gm),
  ].map(([, row]) => row!.split(' | '));

describe('docs/serving.md', () => {
  test('has each flag with its variable and its place in the file, and no other', () => {
    const said = rows('Settings').map(([flag, variable, place]) => `${flag} ${variable} ${place}`);
    const there = Object.entries(flags).map(
      ([name, { at }]) => `\`--${name}\` \`FLAMBEAU_${name.toUpperCase().replaceAll('-', '_')}\` \`${at.join('.')}\``,
    );
    expect(said.sort()).toEqual(there.sort());
    const usage = readFileSync('src/cli/main.ts', 'utf8');
    expect(Object.keys(flags).filter((name) => !usage.includes(`--${name}`))).toEqual([]);
  });

  test('shows a file of settings that is right', () => {
    const example = JSON.parse(/```json\n(.*?)```/s.exec(text)![1]!);
    expect(parseConfig(example, '')).toMatchObject({ grpc: { host: '0.0.0.0', port: 9000 } });
  });

  test('has each metric with its labels, and no other', async () => {
    const isolation = await isolate();
    const metrics = createMetrics(modelsOf([]), { isolation });
    const names = [...(await metrics.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    metrics.close();
    await isolation.close();
    const said = rows('Metrics').flatMap(([cell]) => [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    expect(said.sort()).toEqual(names.sort());
  });
});
