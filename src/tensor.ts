export declare class Tensor { readonly shape: number[]; }
export declare class Generator { readonly seed: number; }
