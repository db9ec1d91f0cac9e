import type { Tensor } from '../tensor.js';

/** What is known of a function at a point of a line. */
export interface Point {
  /** Where on the line. */
  t: number;
  loss: number;
  grad: Tensor;
  /** The derivative along the line. */
  slope: number;
}

/** Where a cubic through two points, with their derivatives, is least; within bounds. */
function cubicMinimum(a: Point, b: Point, bounds = [Math.min(a.t, b.t), Math.max(a.t, b.t)] as const): number {
  const [least, most] = bounds;
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.t - b.t);
  const square = d1 ** 2 - a.slope * b.slope;
  if (!(square >= 0)) return (least + most) / 2;
  const d2 = Math.sqrt(square);
  const [left, right] = a.t <= b.t ? [a, b] : [b, a];
  const at = right.t - (right.t - left.t) * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
  return Math.min(Math.max(at, least), most);
}

/** How {@link strongWolfe} searches. */
interface Search {
  /** The first step to try. */
  t: number;
  /** The greatest element of the direction. */
  reach: number;
  /** How many points are tried at most, after the first. */
  tries: number;
}

// What counts as enough descent, as a flat enough slope, and as too small a bracket.
const c1 = 1e-4;
const c2 = 0.9;
const tolerance = 1e-9;

/**
 * Looks along a line for a point with enough descent and a flat enough slope (the strong Wolfe conditions): brackets one,
 * then narrows the bracket.
 */
export function strongWolfe(
  evaluate: (t: number) => Point,
  start: Point,
  { t, reach, tries }: Search,
): { point: Point; evaluations: number } {
  const tooHigh = (point: Point): boolean => point.loss > start.loss + c1 * point.t * start.slope;
  const flat = (point: Point): boolean => Math.abs(point.slope) <= -c2 * start.slope;
  let previous = start;
  let current = evaluate(t);
  let evaluations = 1;
  let done = false;
  let bracket: Point[] | undefined;
  while (evaluations <= tries) {
    if (tooHigh(current) || (evaluations > 2 && current.loss >= previous.loss)) bracket = [previous, current];
    else if (flat(current)) {
      bracket = [current];
      done = true;
    } else if (current.slope >= 0) bracket = [previous, current];
    if (bracket) break;
    const bounds = [current.t + 0.01 * (current.t - previous.t), current.t * 10] as const;
    const next = cubicMinimum(previous, current, bounds);
    previous = current;
    current = evaluate(next);
    evaluations++;
  }
  bracket ??= [start, current];

  let low = bracket[0]!.loss <= bracket.at(-1)!.loss ? 0 : 1;
  let insufficient = false;
  while (!done && evaluations <= tries) {
    const [a, b] = bracket as [Point, Point];
    if (Math.abs(b.t - a.t) * reach < tolerance) break;
    const [least, most] = [Math.min(a.t, b.t), Math.max(a.t, b.t)];
    let next = cubicMinimum(a, b);
    // Near an end twice, or beyond it: a tenth of the bracket away from the end.
    const margin = 0.1 * (most - least);
    const near = Math.min(most - next, next - least) < margin;
    if (near && (insufficient || next >= most || next <= least)) {
      next = Math.abs(next - most) < Math.abs(next - least) ? most - margin : least + margin;
      insufficient = false;
    } else insufficient = near;
    current = evaluate(next);
    evaluations++;
    if (tooHigh(current) || current.loss >= bracket[low]!.loss) {
      bracket[1 - low] = current;
      low = bracket[0]!.loss <= bracket[1]!.loss ? 0 : 1;
    } else {
      if (flat(current)) done = true;
      else if (current.slope * (bracket[1 - low]!.t - bracket[low]!.t) >= 0) bracket[1 - low] = bracket[low]!;
      bracket[low] = current;
    }
  }
  return { point: bracket[low]!, evaluations };
}
