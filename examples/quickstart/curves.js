/** Loss and accuracy over the epochs, as SVG. */
export function curves(history) {
  const [width, height, margin] = [640, 320, 48];
  const most = Math.max(...history.map((epoch) => epoch.loss));
  const x = (i) => margin + (i * (width - 2 * margin)) / Math.max(1, history.length - 1);
  const y = (share) => height - margin - share * (height - 2 * margin);
  const line = (color, share) => {
    const points = history.map((epoch, i) => `${x(i).toFixed(1)},${y(share(epoch)).toFixed(1)}`).join(' ');
    return `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points}"/>`;
  };
  const label = (color, text, i) => `<text x="${margin + 4 + 190 * i}" y="24" fill="${color}">${text}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="13">
<rect width="100%" height="100%" fill="white"/>
<path d="M${margin} ${margin}V${height - margin}H${width - margin}" fill="none" stroke="#888"/>
<text x="8" y="${y(1) + 4}">${most.toFixed(2)}</text><text x="8" y="${y(0) + 4}">0</text>
<text x="${width - margin + 6}" y="${y(1) + 4}">100 %</text><text x="${width - margin + 6}" y="${y(0) + 4}">0 %</text>
<text x="${width / 2 - 20}" y="${height - 14}">epochs 1 to ${history.length}</text>
${line('#d62728', (epoch) => epoch.loss / most)}
${line('#1f77b4', (epoch) => epoch.training)}
${line('#2ca02c', (epoch) => epoch.validation)}
${label('#d62728', 'training loss', 0)}${label('#1f77b4', 'training accuracy', 1)}${label('#2ca02c', 'validation accuracy', 2)}
</svg>
`;
}
