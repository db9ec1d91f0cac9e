/** Euler's number, `Math.E`. */
export const e = Math.E;
/** The ratio of a circle's circumference to its diameter, `Math.PI`. */
export const pi = Math.PI;
/** Positive infinity. */
export const inf = Infinity;
/** Not a number. */
export const nan = NaN;
/** As an index: a new dimension of size 1. It is null. */
export const newaxis = null;
