export * from './all-to-diff.js';
export * from './dist-to-nanmedian.js';
export * from './nanquantile-to-trapz.js';
export * from './var-to-var-mean.js';
