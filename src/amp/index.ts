/**
 * `torch.amp`: training in mixed precision.
 *
 * @packageDocumentation
 */
export {
  autocast,
  getAutocastDtype,
  isAutocastAvailable,
  isAutocastEnabled,
  type AutocastOptions,
} from './autocast.js';
export { GradScaler, type GradScalerOptions, type GradScalerState, type ScaledOptimizer } from './grad-scaler.js';
