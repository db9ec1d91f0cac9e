/** The rows without a sample, and why. */
export const without: Record<string, string> = {};
