import type { Device } from '../../device.js';
import type { Dtype } from '../../dtype.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { zeros, zerosLike } from '../../ops/creation/index.js';
import { linear, pad, scaledDotProductAttention } from '../../ops/neural/functional/index.js';
import { dropout, softmax } from '../../ops/neural/torch/index.js';
import { baddbmm, bmm } from '../../ops/blas/index.js';
import { cat } from '../../ops/shape/index.js';
import { Tensor } from '../../tensor.js';

const name = 'multiHeadAttentionForward';

function invalid(text: string): FlambeauError {
  return new FlambeauError('INVALID_VALUE', `${name}(): ${text}`);
}

function shapeText(tensor: Tensor): string {
  return `[${tensor.shape.join(', ')}]`;
}

/** A mask as numbers to add: booleans that forbid become minus infinity. */
export function canonicalMask(func: string, argument: string, mask: Tensor | null, dtype: string): Tensor | null {
  if (mask === null) return null;
  if (!(mask instanceof Tensor)) throw wrongArgument(func, argument, 'Tensor or null', mask);
  if (mask.isFloatingPoint()) return mask;
  if (mask.dtype !== 'bool')
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): argument '${argument}' must be bool or floating point, not ${mask.dtype}`,
    );
  return zerosLike(mask, { dtype: dtype as Dtype }).maskedFill(mask, -Infinity);
}

/** Options of {@link multiHeadAttentionForward}. */
export interface MultiHeadAttentionForwardOptions {
  /** Whether weights are dropped; true unless given. */
  training?: boolean;
  /** Keys to pass over, `(N, S)`: true, or minus infinity, where one is. */
  keyPaddingMask?: Tensor | null;
  /** Whether the attention weights are given too, which is slower; true unless given. */
  needWeights?: boolean;
  /** What may not be attended to, `(L, S)` or `(N * num_heads, L, S)`: true, or what is added to the scores. */
  attnMask?: Tensor | null;
  /** Whether query, key and value have weights of their own. */
  useSeparateProjWeight?: boolean;
  /** Weights of the query, `(E, E)`. */
  qProjWeight?: Tensor | null;
  /** Weights of the key, `(E, kdim)`. */
  kProjWeight?: Tensor | null;
  /** Weights of the value, `(E, vdim)`. */
  vProjWeight?: Tensor | null;
  /** Keys that are used as they are, `(N * num_heads, S, E / num_heads)`. */
  staticK?: Tensor | null;
  /** Values that are used as they are, `(N * num_heads, S, E / num_heads)`. */
  staticV?: Tensor | null;
  /** Whether the weights are averaged over the heads; true unless given. */
  averageAttnWeights?: boolean;
  /** A hint that `attnMask`, which is needed all the same, is the causal one. */
  isCausal?: boolean;
}

/** Three products in as few calls as there are different inputs. */
function projectPacked(q: Tensor, k: Tensor, v: Tensor, w: Tensor, b: Tensor | null): Tensor[] {
  const size = q.shape.at(-1)!;
  const parts = (x: Tensor, weight: Tensor, bias: Tensor | null, count: number): Tensor[] => {
    const all = linear(x, weight, bias).unflatten(-1, [count, size]);
    return [...all.unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous().unbind(0)];
  };
  if (k !== v) {
    const [weights, biases] = [w.chunk(3), b?.chunk(3)];
    return [q, k, v].map((x, i) => linear(x, weights[i]!, biases?.[i] ?? null));
  }
  if (q === k) return parts(q, w, b, 3);
  const [wq, wkv] = w.split([size, 2 * size]);
  const [bq, bkv] = b?.split([size, 2 * size]) ?? [];
  return [linear(q, wq!, bq ?? null), ...parts(k, wkv!, bkv ?? null, 2)];
}

function projectEach(values: readonly Tensor[], weights: readonly (Tensor | null)[], bias: Tensor | null): Tensor[] {
  const size = values[0]!.shape.at(-1)!;
  const biases = bias?.chunk(3);
  return values.map((value, i) => {
    const kind = 'qkv'[i]!;
    const weight = weights[i];
    if (!weight) throw invalid(`argument '${kind}ProjWeight' is needed where useSeparateProjWeight is true`);
    if (String(weight.shape) !== String([size, value.shape.at(-1)]))
      throw invalid(
        `argument '${kind}ProjWeight' must have shape [${size}, ${value.shape.at(-1)}], not ${shapeText(weight)}`,
      );
    return linear(value, weight, biases?.[i] ?? null);
  });
}

function checkShapes(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  keyPaddingMask: Tensor | null,
  attnMask: Tensor | null,
): boolean {
  for (const [argument, tensor] of Object.entries({ query, key, value }))
    if (!(tensor instanceof Tensor)) throw wrongArgument(name, argument, 'Tensor', tensor);
  const { ndim } = query;
  if (ndim !== 2 && ndim !== 3) throw invalid(`argument 'query' must have 2 or 3 dimensions, not ${ndim}`);
  if (key.ndim !== ndim || value.ndim !== ndim)
    throw invalid(
      `arguments 'key' and 'value' must have ${ndim} dimensions as 'query', not ${key.ndim} and ${value.ndim}`,
    );
  if (keyPaddingMask && keyPaddingMask.ndim !== ndim - 1)
    throw invalid(`argument 'keyPaddingMask' must have ${ndim - 1} dimensions, not ${keyPaddingMask.ndim}`);
  if (attnMask && attnMask.ndim !== 2 && attnMask.ndim !== 3)
    throw invalid(`argument 'attnMask' must have 2 or 3 dimensions, not ${attnMask.ndim}`);
  return ndim === 3;
}

/**
 * Attention with several heads, from the weights of a {@link MultiheadAttention}.
 *
 * @param query - `(L, N, E)` or `(L, E)`
 * @param key - `(S, N, E)` or `(S, E)`
 * @param value - `(S, N, E)` or `(S, E)`
 * @param embedDimToCheck - E
 * @param inProjWeight - weights of query, key and value, `(3E, E)`; null with `useSeparateProjWeight`
 * @param biasK - a key that is added to all, `(1, 1, E)`
 * @param biasV - its value
 * @param addZeroAttn - whether a key and a value of zeros are added
 * @returns the output, of the query's shape, and the weights `(N, L, S)`, `(N, num_heads, L, S)` where they are not
 * averaged, or null where they are not wanted
 * @throws when shapes do not fit
 * @example
 * const x = torch.ones(3, 1, 4)
 * const [w, b] = [torch.ones(12, 4), torch.zeros(12)]
 * const [y, weights] = F.multiHeadAttentionForward(x, x, x, 4, 2, w, b, null, null, false, 0, torch.eye(4), torch.zeros(4))
 * y.shape // [ 3, 1, 4 ]
 * weights.shape // [ 1, 3, 3 ]
 */
export function multiHeadAttentionForward(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  embedDimToCheck: number,
  numHeads: number,
  inProjWeight: Tensor | null,
  inProjBias: Tensor | null,
  biasK: Tensor | null,
  biasV: Tensor | null,
  addZeroAttn: boolean,
  dropoutP: number,
  outProjWeight: Tensor,
  outProjBias: Tensor | null,
  options: MultiHeadAttentionForwardOptions = {},
): [Tensor, Tensor | null] {
  const { training = true, needWeights = true, averageAttnWeights = true, useSeparateProjWeight = false } = options;
  const { staticK = null, staticV = null, attnMask: givenMask = null, keyPaddingMask: givenPadding = null } = options;
  let { isCausal = false } = options;
  if (isCausal && givenMask === null) throw invalid("argument 'attnMask' is needed where isCausal is true");
  const isBatched = checkShapes(query, key, value, givenPadding, givenMask);
  let padding = canonicalMask(name, 'keyPaddingMask', givenPadding, query.dtype);
  // The fused kernels make the causal mask themselves.
  let mask =
    isCausal && padding === null && !needWeights ? null : canonicalMask(name, 'attnMask', givenMask, query.dtype);
  if (padding !== null) isCausal = false;
  let [q, k, v] = [query, key, value];
  if (!isBatched) {
    const same = [k === q, v === k];
    q = q.unsqueeze(1);
    k = same[0] ? q : k.unsqueeze(1);
    v = same[1] ? k : v.unsqueeze(1);
    padding = padding?.unsqueeze(0) ?? null;
  }

  const [length, batch, size] = q.shape as [number, number, number];
  if (size !== embedDimToCheck) throw invalid(`argument 'query' must have ${embedDimToCheck} features, not ${size}`);
  const head = size / numHeads;
  if (!Number.isInteger(head)) throw invalid(`${size} features cannot be divided among ${numHeads} heads`);
  const compared = useSeparateProjWeight ? 2 : 3;
  if (String(k.shape.slice(0, compared)) !== String(v.shape.slice(0, compared)))
    throw invalid(`argument 'value' has shape ${shapeText(value)}, which does not fit the key's, ${shapeText(key)}`);
  if (mask) {
    const wanted = [...(mask.ndim === 3 ? [batch * numHeads] : []), length, k.shape[0]!];
    if (String(mask.shape) !== String(wanted))
      throw invalid(`argument 'attnMask' must have shape [${wanted.join(', ')}], not ${shapeText(mask)}`);
    if (mask.ndim === 2) mask = mask.unsqueeze(0);
  }

  if (useSeparateProjWeight) {
    const { qProjWeight = null, kProjWeight = null, vProjWeight = null } = options;
    [q, k, v] = projectEach([q, k, v], [qProjWeight, kProjWeight, vProjWeight], inProjBias) as [Tensor, Tensor, Tensor];
  } else {
    if (inProjWeight === null) throw invalid("argument 'inProjWeight' is needed unless useSeparateProjWeight is true");
    [q, k, v] = projectPacked(q, k, v, inProjWeight, inProjBias) as [Tensor, Tensor, Tensor];
  }

  const oneMore = (tensor: Tensor | null): Tensor | null => (tensor === null ? null : pad(tensor, [0, 1]));
  if ((biasK === null) !== (biasV === null)) throw invalid("arguments 'biasK' and 'biasV' go together");
  if (biasK !== null && biasV !== null) {
    if (staticK || staticV) throw invalid('a bias cannot be added to static keys and values');
    k = cat([k, biasK.repeat(1, batch, 1)]);
    v = cat([v, biasV.repeat(1, batch, 1)]);
    [mask, padding] = [oneMore(mask), oneMore(padding)];
  }

  const heads = batch * numHeads;
  const split = (x: Tensor): Tensor => x.view(x.shape[0]!, heads, head).transpose(0, 1);
  q = split(q);
  for (const [argument, tensor] of Object.entries({ staticK, staticV })) {
    if (tensor && (tensor.shape[0] !== heads || tensor.shape[2] !== head))
      throw invalid(`argument '${argument}' must have shape [${heads}, S, ${head}], not ${shapeText(tensor)}`);
  }
  k = staticK ?? split(k);
  v = staticV ?? split(v);
  if (addZeroAttn) {
    const zero = zeros([heads, 1, head], { dtype: k.dtype, device: k.device as Device });
    [k, v] = [cat([k, zero], 1), cat([v, zero], 1)];
    [mask, padding] = [oneMore(mask), oneMore(padding)];
  }

  const source = k.shape[1]!;
  if (padding) {
    if (String(padding.shape) !== String([batch, source]))
      throw invalid(`argument 'keyPaddingMask' has shape ${shapeText(padding)} where [${batch}, ${source}] is needed`);
    const each = padding.view(batch, 1, 1, source).expand(-1, numHeads, -1, -1).reshape(heads, 1, source);
    mask = mask === null ? each : mask.add(each);
  }
  const p = training ? dropoutP : 0;

  if (!needWeights) {
    if (mask) mask = mask.shape[0] === 1 ? mask.unsqueeze(0) : mask.view(batch, numHeads, -1, source);
    const fourth = (x: Tensor, steps: number): Tensor => x.view(batch, numHeads, steps, head);
    const attended = scaledDotProductAttention(
      fourth(q, length),
      fourth(k, source),
      fourth(v, source),
      mask,
      p,
      isCausal,
    );
    const flat = attended.permute(2, 0, 1, 3).reshape(length * batch, size);
    const output = linear(flat, outProjWeight, outProjBias).view(length, batch, -1);
    return [isBatched ? output : output.squeeze(1), null];
  }

  const scaled = q.mul(Math.sqrt(1 / head));
  const scores = mask ? baddbmm(mask, scaled, k.transpose(-2, -1)) : bmm(scaled, k.transpose(-2, -1));
  let weights = softmax(scores, -1);
  if (p > 0) weights = dropout(weights, p, true);
  const flat = bmm(weights, v)
    .transpose(0, 1)
    .reshape(length * batch, size);
  const output = linear(flat, outProjWeight, outProjBias).view(length, batch, -1);
  weights = weights.view(batch, numHeads, length, source);
  if (averageAttnWeights) weights = weights.mean(1);
  return isBatched ? [output, weights] : [output.squeeze(1), weights.squeeze(0)];
}
