export * from './special-airy-ai-to-special-laguerre-polynomial-l.js';
export * from './special-legendre-polynomial-p-to-special-xlog1py.js';
export * from './special-xlogy-to-special-zeta.js';
