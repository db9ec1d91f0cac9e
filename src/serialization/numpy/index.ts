/** Files of NumPy's arrays. */
export { loadNpy, loadNpySync, saveNpy, saveNpySync, type NumpyOptions } from './npy.js';
export { loadNpz, loadNpzSync, saveNpz, saveNpzSync, type SaveNpzOptions } from './npz.js';
