export { load, loadSync, type LoadOptions } from './load.js';
export { ExportedProgram, type StateResult } from './program.js';
export type { DynamicSize, ValueInfo } from './inputs.js';
export { save, saveSync } from './save.js';
export { export_ as export, type ExportOptions, type Exportable } from './export.js';
export { CompiledModel, inspectPackage, loadPackage, loadPackageSync, type PackageOptions } from './package.js';
export type { PackageInfo } from './package-info.js';
