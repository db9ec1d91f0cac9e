export * from './addbmm-to-inner.js';
export * from './inverse-to-vdot.js';
