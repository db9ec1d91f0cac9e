export * from './cudnn.js';
export * from './fbgemm.js';
export * from './miopen.js';
export * from './mkldnn.js';
