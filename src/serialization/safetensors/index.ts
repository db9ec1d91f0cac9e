/** Files of tensors by name, as `safetensors.torch`. */
export { load, loadFile, loadFileSync, SafeFile, safeOpen, type LoadFileOptions, type SafeSlice } from './read.js';
export { save, saveFile, saveFileSync } from './write.js';
