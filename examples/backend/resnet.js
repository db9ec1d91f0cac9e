// ResNet-18 (He et al., 2016) with the names of torchvision's, so that its state dicts load.
import * as torch from 'flambeau';

const { nn } = torch;
const { relu, maxPool2d } = nn.functional;

const conv3 = (inputs, outputs, stride = 1) => new nn.Conv2d(inputs, outputs, 3, { stride, padding: 1, bias: false });

class BasicBlock extends nn.Module {
  constructor(inputs, outputs, stride) {
    super();
    this.conv1 = conv3(inputs, outputs, stride);
    this.bn1 = new nn.BatchNorm2d(outputs);
    this.conv2 = conv3(outputs, outputs);
    this.bn2 = new nn.BatchNorm2d(outputs);
    if (stride !== 1 || inputs !== outputs) {
      this.downsample = new nn.Sequential(
        new nn.Conv2d(inputs, outputs, 1, { stride, bias: false }),
        new nn.BatchNorm2d(outputs),
      );
    }
  }

  forward(x) {
    const out = this.bn2.call(this.conv2.call(relu(this.bn1.call(this.conv1.call(x)))));
    return relu(out.add(this.downsample ? this.downsample.call(x) : x));
  }
}

const layer = (inputs, outputs, stride) =>
  new nn.Sequential(new BasicBlock(inputs, outputs, stride), new BasicBlock(outputs, outputs, 1));

/** Images `(N, 3, H, W)` in, logits `(N, classes)` out. */
export class ResNet18 extends nn.Module {
  constructor(classes = 1000) {
    super();
    this.conv1 = new nn.Conv2d(3, 64, 7, { stride: 2, padding: 3, bias: false });
    this.bn1 = new nn.BatchNorm2d(64);
    this.layer1 = layer(64, 64, 1);
    this.layer2 = layer(64, 128, 2);
    this.layer3 = layer(128, 256, 2);
    this.layer4 = layer(256, 512, 2);
    this.fc = new nn.Linear(512, classes);
  }

  forward(x) {
    let h = maxPool2d(relu(this.bn1.call(this.conv1.call(x))), 3, 2, 1);
    for (const part of [this.layer1, this.layer2, this.layer3, this.layer4]) h = part.call(h);
    return this.fc.call(h.mean([2, 3]));
  }
}
