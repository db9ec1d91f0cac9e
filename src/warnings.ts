const seen = new Set<string>();

/**
 * Hands a warning of LibTorch to Node, once for each text: `process.on('warning', ...)` gets it, and Node prints it
 * unless `--no-warnings` or `--disable-warning=TorchWarning` is given.
 */
export function warn(message: string): void {
  if (seen.has(message)) return;
  seen.add(message);
  process.emitWarning(message, { type: 'TorchWarning' });
}
