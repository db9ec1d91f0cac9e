export { capture, type Captured } from './capture.js';
export { Graph, type GraphValue } from './graph.js';
export type { GraphArgument, GraphGradient, GraphNode, GraphSpec } from './spec.js';
