export * from './abs-to-atan.js';
export * from './atan2-to-cos.js';
export * from './cosh-to-frac.js';
export * from './frexp-to-logical-xor.js';
export * from './logit-to-rsqrt.js';
export * from './rsqrt-to-xlogy.js';
