/**
 * `torch.nn.utils`: help around modules and their training.
 *
 * @packageDocumentation
 */
export * from './clip.js';
export * from './fusion.js';
export * from './memory-format.js';
export * from './skip-init.js';
export * from './vector.js';
/** Parameters that are computed from others, as `torch.nn.utils.parametrize`. */
export * as parametrize from './parametrize.js';
/** Parametrizations that are ready to use, as `torch.nn.utils.parametrizations`. */
export * as parametrizations from './parametrizations.js';
/** Parameters of which a part is kept zero, as `torch.nn.utils.prune`. */
export * as prune from './prune.js';
/** Sequences of different lengths, as `torch.nn.utils.rnn`. */
export * as rnn from './rnn.js';
/** Modules with other parameters than their own, as `torch.nn.utils.stateless`. */
export * as stateless from './stateless.js';
