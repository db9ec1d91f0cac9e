/** Where a tensor lives: `'cpu'`, `'cuda'` (the current one), `'cuda:1'`, or `'auto'` for the best there is. */
export type Device = 'cpu' | 'meta' | 'cuda' | 'mps' | 'auto' | `${'cpu' | 'cuda' | 'mps' | 'xpu'}:${number}`;

/** How elements are laid out in memory. */
export type Layout =
  'strided' | 'sparse_coo' | 'sparse_csr' | 'sparse_csc' | 'sparse_bsr' | 'sparse_bsc' | 'jagged' | '_mkldnn';

/** The order of dimensions in memory. */
export type MemoryFormat = 'contiguous_format' | 'preserve_format' | 'channels_last' | 'channels_last_3d';
