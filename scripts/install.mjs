// npm runs this after `npm install`. It never fails and never downloads: it says one line where something is missing.
try {
  const { searchLibtorch } = await import('../lib/libtorch/find.js');
  if (!searchLibtorch({ env: { ...process.env, FLAMBEAU_PYTHON: undefined } }).libtorch) {
    console.log(
      'flambeau: LibTorch is not installed yet. Run `npx flambeau install cpu` (or cu130), once for this machine.',
    );
  }
} catch {
  // A clone that is not compiled yet: `npm test` and `npm run quickstart` do everything.
}
