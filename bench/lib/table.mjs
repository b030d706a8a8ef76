// The table, as Markdown that also reads well in a terminal.

/** Columns of peers after Baton's own and its goal. */
const OTHERS = { loop: 'loop by hand', 'ai-sdk': 'AI SDK', 'openai-agents': '@openai/agents' };

/** One line of the table: `values` by peer; what was not measured is left out. */
export function tableLine({ what, values, goal, higherIsBetter = false }) {
  const own = values.baton;
  const met = own === undefined || goal === undefined ? '' : isMet(own, goal, higherIsBetter);
  return [
    what,
    formatNumber(own),
    goal === undefined ? '' : `${higherIsBetter ? '≥' : '≤'} ${formatNumber(goal)}`,
    met,
    ...Object.keys(OTHERS).map((peer) => formatNumber(values[peer])),
  ];
}

/** Lays lines out under the header, all columns aligned. */
export function renderTable(lines) {
  const header = ['', 'Baton', 'goal', 'met', ...Object.values(OTHERS)];
  const all = [header, ...lines];
  const widths = header.map((_, column) => Math.max(3, ...all.map((line) => line[column].length)));
  const render = (cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [render(header), rule, ...lines.map(render)].join('\n');
}

function isMet(own, goal, higherIsBetter) {
  return (higherIsBetter ? own >= goal : own <= goal) ? 'yes' : 'NO';
}

/** Three digits are as many as a measurement is worth. */
function formatNumber(value) {
  if (value === undefined) return '';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  if (value === 0) return '0';
  return String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}
