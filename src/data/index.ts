/**
 * `torch.data`: data sets and batches, PyTorch's `torch.utils.data`.
 *
 * @packageDocumentation
 */
export { Subset, TensorDataset, randomSplit, type Dataset } from './dataset.js';
export { DataLoader, collate, type DataLoaderOptions } from './loader.js';
