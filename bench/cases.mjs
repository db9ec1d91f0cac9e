// What bench/run.mjs measures; bench/reference.py has the other side under the same names.

/** 2x2 operators. */
export function smallCases(torch) {
  const x = torch.tensor([
    [1.0, 2.5],
    [3.0, 4.0],
  ]);
  const i = torch.tensor([1, 0]);
  const inScope = (name, fn) => ({
    name: `${name} in scope`,
    other: name,
    calls: 100,
    fn: () =>
      torch.scope(() => {
        for (let k = 0; k < 100; k++) fn();
      }),
  });
  return [
    { name: 'add', fn: () => x.add(x) },
    inScope('add', () => x.add(x)),
    { name: 'mul number', fn: () => x.mul(2) },
    { name: 'matmul', fn: () => x.matmul(x) },
    { name: 'sum dim', fn: () => x.sum(1) },
    { name: 'index', fn: () => x.at(0) },
    { name: 'index slice', fn: () => x.at(torch.slice(), torch.slice(1)) },
    { name: 'index tensor', fn: () => x.at(i) },
    { name: 'cat', fn: () => torch.cat([x, x]) },
    { name: 'view', fn: () => x.view(4) },
    { name: 'relu', fn: () => x.relu() },
    { name: 'softmax', fn: () => x.softmax(1) },
    { name: 'zeros', fn: () => torch.zeros(2, 2) },
  ];
}

/** Training steps, and 100 MB in and out. */
export function largeCases(torch) {
  const { nn, optim } = torch;
  const F = nn.functional;

  class Net extends nn.Module {
    conv1 = new nn.Conv2d(3, 64, 3, { padding: 1 });
    conv2 = new nn.Conv2d(64, 128, 3, { padding: 1 });
    fc1 = new nn.Linear(128 * 7 * 7, 1000);
    fc2 = new nn.Linear(1000, 10);

    forward(input) {
      let h = F.maxPool2d(F.relu(this.conv1.call(input)), 2);
      h = F.maxPool2d(F.relu(this.conv2.call(h)), 2);
      return this.fc2.call(F.relu(this.fc1.call(h.flatten(1))));
    }
  }

  const trainer = (model, images, labels) => {
    const optimizer = new optim.SGD(model.parameters(), { lr: 0.01, momentum: 0.9 });
    return () =>
      torch.scope(() => {
        optimizer.zeroGrad();
        F.crossEntropy(model.call(images), labels).backward();
        optimizer.step();
      });
  };

  const captured = (model, images, labels) => {
    const optimizer = new optim.SGD(model.parameters(), { lr: 0.01, momentum: 0.9 });
    const step = torch.capture(
      (x, y) => {
        optimizer.zeroGrad();
        F.crossEntropy(model.call(x), y).backward();
        optimizer.step();
      },
      [images, labels],
    );
    return () => step(images, labels);
  };

  const bytes = new Float32Array(25_000_000);
  const copy = new Float32Array(bytes.length);
  const big = torch.tensor(bytes);
  const mlp = () => new nn.Sequential(new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 10));
  const images = [torch.randn(32, 3, 28, 28), torch.randint(0, 10, [32])];
  const rows = [torch.randn(64, 784), torch.randint(0, 10, [64])];
  return [
    { name: 'CNN step', fn: trainer(new Net(), ...images) },
    { name: 'CNN step captured', fn: captured(new Net(), ...images), other: 'CNN step' },
    {
      name: 'CNN step captured, against torch.compile',
      fn: captured(new Net(), ...images),
      other: 'CNN step compiled',
    },
    { name: 'MLP step', fn: trainer(mlp(), ...rows) },
    { name: 'MLP step captured', fn: captured(mlp(), ...rows), other: 'MLP step' },
    {
      name: 'MLP step captured, against torch.compile',
      fn: captured(mlp(), ...rows),
      other: 'MLP step compiled',
    },
    { name: 'memcpy 100 MB', fn: () => copy.set(bytes), other: '' },
    { name: 'memcpy to new memory 100 MB', fn: () => bytes.slice(), other: '' },
    { name: 'array to tensor 100 MB', fn: () => torch.tensor(bytes).dispose() },
    { name: 'tensor to array 100 MB', fn: () => big.toTypedArray() },
  ];
}
