import type { AnyAgent } from '@baton/core';
import { agentGraph } from './agent-graph.js';
import { drawDot } from './draw-dot.js';
import { drawMermaid } from './draw-mermaid.js';
import { drawSvg } from './svg/draw-svg.js';

/** How a graph is drawn. */
export interface DrawGraphOptions {
  /**
   * `mermaid` (default): text that GitHub and many editors show as a picture. `dot`: text for Graphviz.
   * `svg`: the picture itself, for a browser or a file; needs no other program.
   */
  readonly format?: 'mermaid' | 'dot' | 'svg';
  /** Which way handoffs lead. Default: down; an SVG that would get wide goes right. */
  readonly direction?: 'down' | 'right';
  /** Colors of an SVG: those the reader's system asks for (default), or always the same. */
  readonly theme?: 'auto' | 'light' | 'dark';
}

/**
 * Draws an agent with everything within its reach: handoffs, tools, agents used as tools, MCP servers, guardrails.
 * Use it in documentation, in reviews, or to see what was wired. Nothing runs, and no model or server is asked.
 *
 * @param agent The agent a run begins with.
 * @returns The picture as text, to be written to a file or a page.
 * @throws UserError where the handoffs go on without end, as a function in `handoffs` makes a new agent each time.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises';
 * import { Agent } from '@baton/core';
 * import { drawGraph } from '@baton/extensions/visualization';
 *
 * const faq = new Agent({ name: 'FAQ' });
 * const triage = new Agent({ name: 'Triage', handoffs: [faq] });
 * await writeFile('triage.svg', drawGraph(triage, { format: 'svg' }));
 * ```
 */
export function drawGraph(agent: AnyAgent, options: DrawGraphOptions = {}): string {
  const graph = agentGraph(agent);
  const { format = 'mermaid' } = options;
  switch (format) {
    case 'mermaid':
      return drawMermaid(graph, options);
    case 'dot':
      return drawDot(graph, options);
    case 'svg':
      return drawSvg(graph, options);
    default:
      return format satisfies never;
  }
}
