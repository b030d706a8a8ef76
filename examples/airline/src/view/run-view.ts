import type { RunItem, RunStreamEvent } from '@baton/agents';
import { type Paint, type Screen, TextFlow, truncate, writeWrapped } from '@baton/terminal';
import { compact, compactCall } from './compact.js';
import type { RecordedSpan } from './run-recorder.js';
import { waterfall } from './waterfall.js';

/** What stands in front of a note. */
type Label = 'guardrail' | 'handoff' | 'tool call' | 'tool output' | 'stopped' | 'error';

const COLOR_OF_LABEL: Readonly<Record<Label, keyof Paint>> = {
  guardrail: 'guardrail',
  handoff: 'agent',
  'tool call': 'tool',
  'tool output': 'tool',
  stopped: 'bold',
  error: 'error',
};

const LABEL_WIDTH = 'tool output'.length + 2;
/** On a screen narrower than this, what does not fit beside its label goes under it. */
const WIDE_ENOUGH = 60;
/** As much of a tool output as fills two lines of 80 columns; the model gets all of it. */
const OUTPUT_LENGTH = 128;

/** Shows a run while it happens: a note for each thing that is done, the text as it comes. */
export class RunView {
  readonly #screen: Screen;
  #speaker = '';
  #speech: TextFlow | undefined;
  #block: 'notes' | 'speech' | 'waterfall' | undefined;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  event(event: RunStreamEvent): void {
    switch (event.type) {
      case 'agent_updated_stream_event':
        this.#speaker = event.agent.name;
        break;
      case 'raw_model_stream_event':
        if (event.data.type === 'output_text_delta') this.#hear(event.data.delta);
        else if (event.data.type === 'output_text_end') this.#endSpeech();
        break;
      case 'run_item_stream_event':
        this.#item(event.item);
        break;
      default: // the demo's tools tell no progress and run no agents
        break;
    }
  }

  /** Guardrails are not among the events of a run; the tracer tells of them. */
  spanEnded({ data }: RecordedSpan): void {
    if (data.type !== 'guardrail' || data.triggered === undefined) return;
    this.note('guardrail', `${data.name} ${data.triggered ? 'stopped it' : 'passed'}`);
  }

  /** A whole answer that no model wrote. */
  say(speaker: string, text: string): void {
    this.#speaker = speaker;
    this.#hear(text);
    this.#endSpeech();
  }

  note(label: Label, text: string): void {
    this.#endSpeech();
    this.#begin('notes');
    const { columns, paint, glyphs } = this.#screen;
    const style = paint[COLOR_OF_LABEL[label]];
    const indent = columns < WIDE_ENOUGH ? 4 : LABEL_WIDTH + 2;
    const isOutput = label === 'tool output';
    writeWrapped(this.#screen, isOutput ? truncate(text, OUTPUT_LENGTH, glyphs.ellipsis) : text, {
      first: `  ${style(label)}${' '.repeat(LABEL_WIDTH - label.length)}`,
      indent,
      ...(isOutput && { style: paint.dim }),
    });
  }

  waterfall(spans: readonly RecordedSpan[]): void {
    this.#endSpeech();
    const lines = waterfall(spans, { ...this.#screen, columns: this.#screen.columns - 2 });
    if (lines.length === 0) return;
    this.#begin('waterfall');
    for (const line of lines) this.#screen.line(`  ${line}`);
  }

  #item(item: RunItem): void {
    switch (item.type) {
      case 'tool_call_item': {
        const { rawItem } = item;
        const text =
          rawItem.type === 'function_call'
            ? compactCall(rawItem.name, rawItem.arguments)
            : rawItem.type;
        this.note('tool call', text);
        break;
      }
      case 'tool_call_output_item':
        this.note('tool output', compact(item.output));
        break;
      case 'handoff_output_item': {
        const { arrow } = this.#screen.glyphs;
        this.note('handoff', `${item.sourceAgent.name} ${arrow} ${item.targetAgent.name}`);
        break;
      }
      case 'message_output_item':
      case 'handoff_call_item':
      case 'reasoning_item':
      case 'compaction_item':
      case 'tool_approval_item':
        break;
      default:
        item satisfies never;
    }
  }

  #hear(text: string): void {
    if (this.#speech === undefined) {
      this.#begin('speech');
      const { paint, glyphs } = this.#screen;
      const first = `${paint.bold(`${this.#speaker} ${glyphs.prompt}`)} `;
      this.#speech = new TextFlow(this.#screen, { first, indent: 2 });
    }
    this.#speech.write(text);
  }

  #endSpeech(): void {
    this.#speech?.end();
    this.#speech = undefined;
  }

  /** An empty line stands between blocks of different kinds. */
  #begin(block: 'notes' | 'speech' | 'waterfall'): void {
    if (this.#block !== block) this.#screen.line();
    this.#block = block;
  }
}
