import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { argumentsOf, expectSame, loadFilled, lossOf, recorded } from './fixtures.js';

describe.each(Object.entries(recorded))('the program %s of Python', (name, { calls, losses, buffers }) => {
  test('gives what Python gives, and learns as there', () => {
    const program = loadFilled(name);
    for (const call of calls) expectSame(program.forward(...argumentsOf(call)), call.result);
    const parameters = [...program.parameters()];
    if (parameters.length > 0) {
      const optimizer = new torch.optim.SGD(parameters, { lr: 0.01 });
      for (const expected of losses) {
        const loss = lossOf(program.forward(...argumentsOf(calls[0]!)));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        expect(Math.abs(loss.item() - expected)).toBeLessThan(1e-3 * Math.abs(expected));
      }
    }
    const own = new Map(program.namedBuffers());
    for (const [key, value] of Object.entries(buffers)) if (own.has(key)) expectSame(own.get(key), value, key);
  });

  test('gives the same off the event loop', async () => {
    const program = loadFilled(name);
    const [call] = calls as [(typeof calls)[0]];
    expectSame(await program.forwardAsync(...argumentsOf(call)), call.result);
  });
});
