import { callbackTests } from '../device/callbacks.js';
import { describeDevices } from '../devices.js';

describeDevices('functions that autograd calls', callbackTests);
