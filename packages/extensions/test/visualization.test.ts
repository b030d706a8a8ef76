import { Graphviz } from '@hpcc-js/wasm-graphviz';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Agent, tool } from '@baton/core';
import type { AnyAgent } from '@baton/core';
import { agentGraph, drawGraph } from '../src/visualization/index.js';
import { aGuardrail, anyAgents, aTool, office } from './support/agents.js';
import { elementsOf, readXml } from './support/read-xml.js';

const ODD = 'Tom & "Jerry" <b> \\N #35; `x` 1. end';

describe('a graph in DOT', () => {
  let graphviz: Graphviz;
  beforeAll(async () => {
    graphviz = await Graphviz.load();
  });
  /** What Graphviz writes into its picture. */
  const textsOf = (agent: AnyAgent): string[] => {
    const drawn: unknown = JSON.parse(graphviz.dot(drawGraph(agent, { format: 'dot' }), 'json'));
    const texts: string[] = [];
    JSON.stringify(drawn, (_key, value) => {
      if (value?.op === 'T') texts.push(value.text.replaceAll('\\\\', '\\')); // it writes them as in DOT
      return value;
    });
    return texts;
  };

  it('has agents as boxes, tools as ellipses, a start, and an end for those who hand over to nobody [EX-2]', () => {
    const a = new Agent({ name: 'A', tools: [aTool('look_up')] });
    expect(drawGraph(a, { format: 'dot' }).split('\n').slice(4, -2)).toEqual([
      '  __start__ [shape=ellipse, fillcolor=lightblue]',
      '  __end__ [shape=ellipse, fillcolor=lightblue]',
      '  agent0 [label="A", shape=box, fillcolor=lightyellow]',
      '  agent0t0 [label="look_up", shape=ellipse, fillcolor=lightgreen]',
      '  agent0 -> agent0t0 [style=dotted, arrowhead=none]',
      '  __start__ -> agent0',
      '  agent0 -> __end__',
    ]);
  });

  it('is one that Graphviz draws, in a circle too [EX-2]', () => {
    expect(textsOf(office())).toEqual(
      expect.arrayContaining([
        '__start__',
        'Desk',
        'Clerk',
        'Helper',
        'look_up',
        'docs',
        'web_search',
        'is_on_topic',
        'is_polite',
        'as tool',
      ]),
    );
  });

  it('shows names as they are, whatever is in them', () => {
    expect(
      textsOf(new Agent({ name: ODD }))
        .slice(-2)
        .join(' '),
    ).toBe(ODD);
    expect(textsOf(new Agent({ name: 'a\\' }))).toContain('a\\');
    expect(textsOf(new Agent({ name: '&lt;' }))).toContain('&lt;');
  });

  it('breaks long names into lines', () => {
    expect(textsOf(new Agent({ name: 'a_name_of_more_than_thirty_two_characters' }))).toEqual(
      expect.arrayContaining(['a_name_of_more_than_thirty_two_', 'characters']),
    );
  });

  it('can be drawn to the right', () => {
    expect(drawGraph(new Agent({ name: 'A' }), { format: 'dot', direction: 'right' })).toContain(
      'rankdir=LR',
    );
  });

  it('is one that Graphviz draws, whatever the agents', () => {
    fc.assert(
      fc.property(anyAgents, (agent) => {
        expect(() => graphviz.dot(drawGraph(agent, { format: 'dot' }), 'plain')).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });
});

describe('a graph in Mermaid', () => {
  /** The lines a flowchart may have, as the parser of Mermaid 11 has accepted them. */
  const LABEL = String.raw`(?:[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200D _,?!()]|#\d+;|<br/>)+`;
  const LINES = [
    /^flowchart (?:TB|LR)$/,
    /^ {2}__start__\(\(\(" "\)\)\):::start$/,
    /^ {2}__end__\(\(" "\)\):::finish$/,
    new RegExp(String.raw`^  a\d+\["${LABEL}"\]:::agent$`, 'u'),
    new RegExp(
      String.raw`^  (a\d+) (?:-\.-|-\. (?:in|out)put \.-) \1_[a-z]+(?:\(|\[\[|\[/|\[\(|\{\{)"${LABEL}"(?:\)|\]\]|/\]|\)\]|\}\}):::[a-z]+$`,
      'u',
    ),
    /^ {2}(?:__start__|a\d+) --> (?:__end__|a\d+)$/,
    /^ {2}a\d+ -\. as tool \.-> a\d+$/,
    /^ {2}classDef [a-z]+ [a-z]+:#[\da-f]+(?:,[a-z]+:#[\da-f]+)+$/,
    /^$/,
  ];
  const decoded = (text: string): string =>
    text
      .replaceAll('<br/>', ' ')
      .replaceAll(/#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code)));

  it('is the default, and is all there [EX-2]', () => {
    const lines = drawGraph(office())
      .split('\n')
      .filter((line) => !line.includes('classDef'));
    expect(lines).toEqual([
      'flowchart TB',
      '  __start__(((" "))):::start',
      '  a0["Desk"]:::agent',
      '  a0 -. input .- a0_input{{"is_on_topic"}}:::input',
      '  a1["Clerk"]:::agent',
      '  a1 -.- a1_function("look_up"):::function',
      '  a1 -.- a1_mcp[("docs")]:::mcp',
      '  a1 -. output .- a1_output{{"is_polite"}}:::output',
      '  a2["Helper"]:::agent',
      '  a2 -.- a2_hosted[/"web_search"/]:::hosted',
      '  __start__ --> a0',
      '  a0 --> a1',
      '  a0 -. as tool .-> a2',
      '  a1 --> a0',
      '',
    ]);
  });

  it('leads an agent that hands over to nobody to the end, and one that is only a tool not [EX-2]', () => {
    const text = drawGraph(
      new Agent({
        name: 'A',
        tools: [new Agent({ name: 'B' }).asTool()],
        handoffs: [new Agent({ name: 'C' })],
      }),
    );
    expect(text.match(/.*__end__$/gm)).toEqual(['  a1 --> __end__']);
  });

  it('shows names as they are, whatever is in them', () => {
    const [, label = ''] = /a0\["(.*)"\]/.exec(drawGraph(new Agent({ name: ODD }))) ?? [];
    expect(decoded(label)).toBe(ODD);
    expect(label.replaceAll('<br/>', '')).not.toMatch(/["`\\&<>]/);
  });

  it('shows a name of which nothing can be seen', () => {
    expect(drawGraph(new Agent({ name: '\u0000' }))).toContain('a0["?"]');
  });

  it('can be drawn to the right', () => {
    expect(drawGraph(new Agent({ name: 'A' }), { direction: 'right' })).toMatch(/^flowchart LR\n/);
  });

  it('has only lines that Mermaid knows, whatever the agents', () => {
    fc.assert(
      fc.property(anyAgents, (agent) => {
        for (const line of drawGraph(agent).split('\n')) {
          expect(LINES.some((pattern) => pattern.test(line)) ? '' : line).toBe('');
        }
      }),
    );
  });
});

describe('a graph in SVG', () => {
  const svg = (
    agent: AnyAgent,
    options: { direction?: 'down' | 'right'; theme?: 'auto' | 'light' | 'dark' } = {},
  ) => drawGraph(agent, { ...options, format: 'svg' });
  const textsOf = (agent: AnyAgent): string[] =>
    elementsOf(readXml(svg(agent)), 'text').map(({ text }) => text);

  it('shows agents, tools, servers and guardrails [EX-2]', () => {
    expect(textsOf(office())).toEqual(
      [
        ['Desk', 'is_on_topic', 'input', 'ask_helper', 'agent'],
        ['Clerk', 'look_up', 'docs', 'MCP', 'is_polite', 'output'],
        ['Helper', 'web_search', 'hosted'],
        ['handoff', 'agent as tool'],
      ].flat(),
    );
  });

  it('shows names as they are, whatever is in them', () => {
    const agent = new Agent({
      name: ODD,
      inputGuardrails: [aGuardrail('<script>')],
      handoffs: [new Agent({ name: 'a\u0000\uFFFFb' })],
    });
    expect(textsOf(agent)).toEqual(expect.arrayContaining([ODD, '<script>', 'a  b']));
  });

  it('breaks long names into lines, and cuts what is longer than a card has room for', () => {
    const texts = textsOf(
      new Agent({
        name: 'A',
        tools: [aTool('look_up_the_booking_of_a_customer_by_confirmation_number')],
      }),
    );
    expect(texts.slice(1).join('')).toBe(
      'look_up_the_booking_of_a_customer_by_confirmation_number',
    );
    expect(texts.length).toBe(3);
    expect(textsOf(new Agent({ name: 'word '.repeat(60) })).join(' ')).toMatch(/word…$/);
  });

  it('counts the tools there is no room for', () => {
    const agent = new Agent({
      name: 'A',
      tools: Array.from({ length: 40 }, (_, index) => aTool(`tool_${index}`)),
    });
    expect(textsOf(agent).at(-1)).toBe('and 25 more');
  });

  it('says which tool asks first, and what a tool does where the pointer rests', () => {
    const agent = new Agent({
      name: 'A',
      tools: [
        tool({ name: 'pay', description: 'Pays <now>', needsApproval: true, execute: () => '' }),
      ],
    });
    expect(textsOf(agent)).toContain('asks first');
    expect(elementsOf(readXml(svg(agent)), 'title').map(({ text }) => text)).toContain(
      'Pays <now>',
    );
  });

  it('has a line for each way, and one with two tips for there and back', () => {
    const root = readXml(svg(office()));
    const lines = elementsOf(root, 'path').map(({ attributes }) => attributes['class'] ?? '');
    // the one from the start, the handoff there and back, the agent as tool, and the two of the legend
    expect(lines.filter((name) => name.startsWith('edge'))).toHaveLength(3 + 2);
    expect(lines.filter((name) => name === 'tip')).toHaveLength(1 + 2 + 1);
  });

  it('has a line for an agent that hands over to itself', () => {
    const self: Agent = new Agent({ name: 'Self', handoffs: [() => self] });
    for (const direction of ['down', 'right'] as const) {
      const lines = elementsOf(readXml(svg(self, { direction })), 'path').map(
        ({ attributes }) => attributes['class'],
      );
      expect(lines.filter((name) => name === 'edge')).toHaveLength(2);
    }
  });

  it('goes right where it would get too wide', () => {
    const wide = new Agent({
      name: 'Root',
      handoffs: Array.from({ length: 9 }, (_, index) => new Agent({ name: `Leaf ${index}` })),
    });
    const size = (text: string) => Number(readXml(text).attributes['width']);
    expect(size(svg(wide, { direction: 'down' }))).toBeGreaterThan(960);
    expect(svg(wide)).toBe(svg(wide, { direction: 'right' }));
    expect(size(svg(wide))).toBeLessThan(960);
  });

  it('has the colors that the reader asks for, or those it was asked for', () => {
    const agent = new Agent({ name: 'A' });
    expect(svg(agent)).toContain('prefers-color-scheme:dark');
    expect(svg(agent, { theme: 'light' })).not.toContain('prefers-color-scheme');
    expect(svg(agent, { theme: 'dark' })).not.toBe(svg(agent, { theme: 'light' }));
  });

  it('does not touch a page it is put into: every rule is about itself, and nothing has an id', () => {
    const text = svg(office());
    const css = elementsOf(readXml(text), 'style')[0]?.text ?? '';
    const selectors = css.replaceAll(/@media\([^)]*\)\{/g, '').matchAll(/([^{}]+)\{/g);
    for (const [, list = ''] of selectors) {
      for (const selector of list.split(',')) expect(selector).toMatch(/^\.baton-graph( |$)/);
    }
    expect(text).not.toMatch(/ id="|url\(/);
  });

  it('is well formed, with no card over another, whatever the agents', () => {
    fc.assert(
      fc.property(anyAgents, fc.constantFrom('down', 'right'), (agent, direction) => {
        const root = readXml(svg(agent, { direction }));
        const cards = root.children.flatMap(({ attributes, children }) => {
          const [, x, y] = /^translate\((\S+) (\S+)\)$/.exec(attributes['transform'] ?? '') ?? [];
          const frame = children[0]?.children.find(
            (child) => child.attributes['class'] === 'frame',
          )?.attributes;
          return x === undefined || frame === undefined
            ? []
            : [
                {
                  x: Number(x),
                  y: Number(y),
                  width: Number(frame['width']),
                  height: Number(frame['height']),
                },
              ];
        });
        expect(cards).toHaveLength(agentGraph(agent).agents.length);
        const size = {
          width: Number(root.attributes['width']),
          height: Number(root.attributes['height']),
        };
        for (const [index, a] of cards.entries()) {
          expect(
            Math.min(a.x, a.y, size.width - a.x - a.width, size.height - a.y - a.height),
          ).toBeGreaterThan(0);
          for (const b of cards.slice(index + 1)) {
            const apart =
              a.x + a.width < b.x ||
              b.x + b.width < a.x ||
              a.y + a.height < b.y ||
              b.y + b.height < a.y;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  it('of hundreds of agents can be drawn', () => {
    const agents: Agent[] = Array.from(
      { length: 150 },
      (_, index) =>
        new Agent({
          name: `Agent ${index}`,
          handoffs: [1, 2, 7].map(
            (step) => () => agents[(index * step + step) % 150] ?? new Agent({ name: 'never' }),
          ),
        }),
    );
    expect(textsOf(agents[0] as Agent).length).toBeGreaterThanOrEqual(1);
  });
});
