/**
 * `torch.nn.utils`: help around modules and their training.
 *
 * @packageDocumentation
 */
export * from './clip.js';
/** Sequences of different lengths, as `torch.nn.utils.rnn`. */
export * as rnn from './rnn.js';
