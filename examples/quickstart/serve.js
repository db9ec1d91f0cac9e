// The article's second and third steps: the model goes into a store, a server serves it, a client calls it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as torch from 'flambeau';
import { Client, createServer, loadServable, ModelStore, Registry } from 'flambeau/serve';

/** How many rows a batch has. A program has the sizes that it was exported with; what lacks is padded. */
const rows = 32;

/** Puts a module into a store, as a program that needs none of this code. */
async function archive(folder, model, image) {
  const store = await ModelStore.open(folder, { create: true });
  const example = image.expand(rows, -1, -1, -1).contiguous();
  model.eval();
  const program = torch.export.export(model, [example], { names: ['image'] });
  const manifest = await store.add({
    name: 'digits',
    model: program,
    inputs: [{ name: 'image', datatype: 'FP32', shape: [-1, ...image.shape] }],
    outputs: [{ name: 'logits', datatype: 'FP32', shape: [-1, 10] }],
    examples: [{ image: example }],
    batching: { maxBatchRows: rows, sizes: [rows] },
  });
  console.log(
    `Stored: digits/${manifest.version} (${manifest.platform}), ${manifest.files[manifest.file].bytes} bytes`,
  );
  return store;
}

/**
 * Serves a model, and has a client send it images, each in a request of its own.
 *
 * @param images - a tensor of images
 * @returns the class that was predicted for each, and the requests per second
 */
export async function predictOverHttp(model, images) {
  const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-quickstart-'));
  const store = await archive(folder, model, images.at(0));
  const models = await Registry.open({ store, load: loadServable });
  await models.load('digits');
  const server = await createServer({ models }).listen();
  console.log(`Serving: ${server.url}/v2/models/digits/infer`);

  const client = new Client(server.url);
  const predict = async (i) => {
    const logits = await client.predict('digits', images.narrow(0, i, 1));
    return logits.argmax(1).item();
  };
  await predict(0); // Connects.
  const start = performance.now();
  const classes = await Promise.all(Array.from({ length: images.size(0) }, (_, i) => predict(i)));
  const seconds = (performance.now() - start) / 1000;
  client.close();

  // Nothing that was sent is lost: what is under way is answered first.
  await server.drain({ preDrainMs: 0 });
  await models.close();
  rmSync(folder, { recursive: true });
  return { classes, speed: classes.length / seconds };
}
