export {
  ComposeTransform,
  IndependentTransform,
  ReshapeTransform,
  Transform,
  identityTransform,
  type TransformOptions,
} from './transform.js';
export {
  AbsTransform,
  AffineTransform,
  ExpTransform,
  PowerTransform,
  SigmoidTransform,
  SoftplusTransform,
  TanhTransform,
  type AffineTransformOptions,
} from './elementwise.js';
export * from './matrix.js';
export * from './joined.js';
