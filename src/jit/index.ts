export {
  freeze,
  load,
  loadSync,
  optimizeForInference,
  save,
  saveSync,
  type LoadOptions,
  type SaveOptions,
} from './file.js';
export { ScriptModule, type FreezeOptions, type OptimizeOptions } from './module.js';
export { ScriptObject, type ScriptAttribute } from './object.js';
export { trace, type TraceOptions, type Traceable } from './trace.js';
