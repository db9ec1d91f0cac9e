// A backend that holds a model: an HTTP server whose event loop goes on while the model computes.
//
//   node examples/backend/server.js [model]    listens on port 8080
//   model           a file of Python's torch.export (.pt2) or TorchScript (.pt) that takes such an image and gives logits;
//                   without it, a ResNet-18 that has learnt nothing
//   POST /predict   an image of 3 x 224 x 224 numbers, as raw float32; answers with the five likeliest classes
//   POST /train     starts training on random images in the background; DELETE /train stops it
//   GET  /health    answers at once, however busy the model is
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import * as torch from 'flambeau';
import { ResNet18 } from './resnet.js';

const SHAPE = [1, 3, 224, 224];
const BYTES = 4 * SHAPE.reduce((a, b) => a * b);

/** A function of an image that gives logits, off the event loop. */
async function classifier(file) {
  if (file?.endsWith('.pt2')) {
    const program = await torch.export.load(file);
    return (image) => program.forwardAsync(image);
  }
  if (file) {
    const module = (await torch.jit.load(file)).eval();
    return (image) => module.forwardAsync(image);
  }
  const model = new ResNet18().eval();
  const forward = torch.noGrad(() => torch.capture((image) => model.call(image), [torch.zeros(SHAPE)]));
  return (image) => forward.runAsync(image);
}

function trainingStep() {
  const model = new ResNet18(10);
  const optimizer = new torch.optim.SGD(model.parameters(), { lr: 0.01, momentum: 0.9 });
  const step = torch.capture(
    (images, labels) => {
      optimizer.zeroGrad();
      const loss = torch.nn.functional.crossEntropy(model.call(images), labels);
      loss.backward();
      optimizer.step();
      return loss;
    },
    [torch.zeros(8, 3, 64, 64), torch.zeros(8, { dtype: 'int64' })],
  );
  return () => step.runAsync(torch.randn(8, 3, 64, 64), torch.randint(0, 10, [8]));
}

/** The server, not yet listening. */
export async function backend(file) {
  const classify = await classifier(file);
  let training = false;

  async function predict(request) {
    const body = await buffer(request);
    if (body.length !== BYTES) return [400, { error: `the body must be ${BYTES} bytes, not ${body.length}` }];
    const image = torch.tensor(new Float32Array(body.buffer, body.byteOffset, BYTES / 4)).view(SHAPE);
    const logits = await torch.noGrad(() => classify(image));
    const { values, indices } = torch.noGrad(() => logits.softmax(1).topk(5));
    return [200, { classes: indices.tolist()[0], probabilities: values.tolist()[0] }];
  }

  async function train() {
    const step = trainingStep();
    while (training) (await step()).dispose();
  }

  const routes = {
    'GET /health': () => [200, { training }],
    'POST /predict': predict,
    'POST /train': () => {
      if (!training) {
        training = true;
        train().catch((error) => console.error(error));
      }
      return [202, { training }];
    },
    'DELETE /train': () => {
      training = false;
      return [200, { training }];
    },
  };

  return createServer(async (request, response) => {
    let status = 404;
    let answer = { error: 'no such path' };
    try {
      const route = routes[`${request.method} ${request.url}`];
      if (route) [status, answer] = await route(request);
    } catch (error) {
      [status, answer] = [500, { error: error.message }];
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const server = (await backend(process.argv[2])).listen(8080, () =>
    console.log(`http://localhost:${server.address().port}`),
  );
}
