/** The colors of a picture, by what they are for. */
interface Palette {
  readonly card: string;
  readonly head: string;
  readonly border: string;
  readonly text: string;
  readonly dim: string;
  readonly start: string;
  readonly function: string;
  readonly hosted: string;
  readonly local: string;
  readonly mcp: string;
  readonly agent: string;
  readonly guardrail: string;
}

const LIGHT: Palette = {
  card: '#ffffff',
  head: '#f3f4fb',
  border: '#cdd3e0',
  text: '#1b2130',
  dim: '#5b6478',
  start: '#4f46e5',
  function: '#0f766e',
  hosted: '#0369a1',
  local: '#475569',
  mcp: '#7c3aed',
  agent: '#4f46e5',
  guardrail: '#b45309',
};

const DARK: Palette = {
  card: '#161b26',
  head: '#1e2536',
  border: '#3a4358',
  text: '#eef1f8',
  dim: '#9aa4ba',
  start: '#8b8cf8',
  function: '#2dd4bf',
  hosted: '#38bdf8',
  local: '#94a3b8',
  mcp: '#c084fc',
  agent: '#a5b4fc',
  guardrail: '#fbbf24',
};

/** Can be read on white and on black: what stands beside the cards has whatever background the page has. */
const OUTSIDE = '#778199';

/** The style sheet of a picture. Every rule names its root, as an inline SVG shares the page's rules. */
export function styleSheet(theme: 'auto' | 'light' | 'dark'): string {
  const colors =
    theme === 'auto'
      ? `${variables(LIGHT)}@media(prefers-color-scheme:dark){${variables(DARK)}}`
      : variables(theme === 'light' ? LIGHT : DARK);
  return `${colors}${RULES.map(([selectors, rule]) => `${selectors.map((selector) => `.${ROOT} ${selector}`).join()}{${rule}}`).join('')}`;
}

/** The class of the whole picture. */
export const ROOT = 'baton-graph';

function variables(palette: Palette): string {
  const list = Object.entries(palette).map(([name, color]) => `--bg-${name}:${color}`);
  return `.${ROOT}{${list.join(';')}}`;
}

const SANS =
  "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans','Noto Sans',sans-serif";
const MONO =
  "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono',monospace";

const RULES: readonly (readonly [selectors: readonly string[], rule: string])[] = [
  [['text'], `font-family:${SANS};fill:var(--bg-text)`],
  [['.mono'], `font-family:${MONO}`],
  [['.name'], 'font-size:14px;font-weight:600'],
  [['.model', '.tag', '.more'], 'font-size:11px;fill:var(--bg-dim)'],
  [['.row'], 'font-size:12px'],
  [['.card'], 'fill:var(--bg-card)'],
  [['.head'], 'fill:var(--bg-head)'],
  [['.rule'], 'stroke:var(--bg-border)'],
  [['.frame'], 'fill:none;stroke:var(--bg-border)'],
  [['.first .frame'], 'stroke:var(--bg-start);stroke-width:1.75'],
  [['.icon'], 'fill:none;stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round'],
  ...(['function', 'hosted', 'local', 'mcp', 'agent', 'guardrail'] as const).map(
    (kind) => [[`.${kind}`], `stroke:var(--bg-${kind})`] as const,
  ),
  [['.edge'], `fill:none;stroke:${OUTSIDE};stroke-width:1.6`],
  [['.call'], 'stroke-dasharray:5 4'],
  [['.tip', '.dot'], `fill:${OUTSIDE}`],
  [['.legend'], `font-size:11px;fill:${OUTSIDE}`],
];
