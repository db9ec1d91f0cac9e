import type { Tensor } from '../tensor.js';

/** An argument of a node: a slot of the table of values, a list, or a constant. */
export type GraphArgument =
  | {
      /** The number of the slot. */
      value: number;
    }
  | {
      /** A list whose parts are values or constants. */
      list: GraphArgument[];
    }
  | {
      /** A number that counts as floating point, whole or not. */
      float: number;
    }
  | {
      /** A number, boolean, string, name of a dtype or device, list of these, or null. */
      constant: unknown;
    };

/** One call of a graph. */
export interface GraphNode {
  /** The operator and its overload, as `aten::add.Tensor`; or `builtin::mul`, `control::cond`. */
  target: string;
  /** An argument for each of the schema's, in its order; `undefined` stands for the default. */
  args: (GraphArgument | undefined)[];
  /** The slot of each result, null where nobody reads it. */
  outputs: (number | null)[];
  /** The graphs that control flow runs. */
  graphs?: GraphSpec[];
  /** Where the author wrote the call. */
  source?: string;
}

/** What a run leaves in the gradient of a parameter. */
export interface GraphGradient {
  /** The slot of the parameter. */
  parameter: number;
  /** The slot of the gradient; null where the run leaves none. */
  value: number | null;
}

/** A graph as plain data: calls over a table of values. */
export interface GraphSpec {
  /** How many values the table has. */
  slots: number;
  /** The slots that the caller fills, in order. */
  inputs: number[];
  /** Parameters, buffers and constants, which the graph shares with whoever else has them. */
  constants: {
    /** Its slot. */
    slot: number;
    /** The tensor itself. */
    tensor: Tensor;
  }[];
  /** The calls, in order. */
  nodes: GraphNode[];
  /** What a run gives. */
  outputs: GraphArgument[];
  /** What a run leaves in gradients, where it was captured with a backward pass. */
  gradients?: GraphGradient[];
}
