import type { RunItem, RunStreamEvent, RunToolApprovalItem } from '@baton/core';
import { TextFlow, truncate, writeWrapped } from '@baton/terminal';
import type { Paint, Screen } from '@baton/terminal';
import { describeCall, describeValue } from './describe-call.js';

/** What stands in front of a note. */
export type Label =
  | 'handoff'
  | 'tool call'
  | 'tool output'
  | 'progress'
  | 'reasoning'
  | 'approval'
  | 'cancelled'
  | 'error';

const COLOR_OF_LABEL: Readonly<Record<Label, keyof Paint>> = {
  handoff: 'agent',
  'tool call': 'tool',
  'tool output': 'tool',
  progress: 'tool',
  reasoning: 'dim',
  approval: 'approval',
  cancelled: 'bold',
  error: 'error',
};

const LABEL_WIDTH = 'tool output'.length + 2;
/** On a screen narrower than this, what does not fit beside its label goes under it. */
const WIDE_ENOUGH = 60;
/** As much of a tool output as is good to read here; the model gets all of it. */
const OUTPUT_LENGTH = 240;

/** Shows a run while it happens: a note for each thing that is done, the text as it comes. */
export class RunView {
  readonly #screen: Screen;
  #speaker: string;
  #speech: TextFlow | undefined;
  #block: 'notes' | 'speech' | undefined;
  #hasSpoken = false;
  /** The call noted last, unless something has been noted since. */
  #lastCall: string | undefined;

  constructor(screen: Screen, speaker: string) {
    this.#screen = screen;
    this.#speaker = speaker;
  }

  event(event: RunStreamEvent): void {
    switch (event.type) {
      case 'agent_updated_stream_event':
        this.#speaker = event.agent.name;
        break;
      case 'raw_model_stream_event':
        if (event.data.type === 'output_text_delta' || event.data.type === 'refusal_delta')
          this.#hear(event.data.delta);
        else if (event.data.type === 'output_text_end' || event.data.type === 'refusal_end')
          this.#endSpeech();
        break;
      case 'run_item_stream_event':
        this.#item(event.item, '');
        break;
      case 'tool_progress':
        this.note('progress', describeValue(event.progress));
        break;
      case 'nested_stream_event':
        // What an agent used as a tool does is shown, what it says is its tool's output.
        if (event.event.type === 'run_item_stream_event')
          this.#item(event.event.item, `${event.event.item.agent.name}: `);
        break;
      default:
        event satisfies never;
    }
  }

  /** The final output, where no text of the model's has shown it. */
  finalOutput(output: unknown): void {
    if (this.#hasSpoken || output === undefined || output === '') return;
    this.#hear(describeValue(output));
    this.#endSpeech();
  }

  /** A call waits for a person: it is told again unless it stands right above. */
  approval({ agent, rawItem }: RunToolApprovalItem): void {
    const call = describeCall(rawItem);
    this.note(
      'approval',
      call === this.#lastCall
        ? `${agent.name} needs your approval`
        : `${agent.name} needs your approval for ${call}`,
    );
  }

  note(label: Label, text: string): void {
    this.#endSpeech();
    this.#lastCall = undefined;
    if (this.#block !== 'notes') this.#screen.line();
    this.#block = 'notes';
    const { columns, paint, glyphs } = this.#screen;
    const isOutput = label === 'tool output' || label === 'progress';
    writeWrapped(this.#screen, isOutput ? truncate(text, OUTPUT_LENGTH, glyphs.ellipsis) : text, {
      first: `  ${paint[COLOR_OF_LABEL[label]](label)}${' '.repeat(LABEL_WIDTH - label.length)}`,
      indent: columns < WIDE_ENOUGH ? 4 : LABEL_WIDTH + 2,
      ...((isOutput || label === 'reasoning') && { style: paint.dim }),
    });
  }

  /** Ends the line under way. */
  end(): void {
    this.#endSpeech();
  }

  #item(item: RunItem, prefix: string): void {
    switch (item.type) {
      case 'tool_call_item':
        this.#hasSpoken = false;
        this.note('tool call', prefix + describeCall(item.rawItem));
        this.#lastCall = describeCall(item.rawItem);
        break;
      case 'tool_call_output_item':
        this.note('tool output', prefix + describeValue(item.output));
        break;
      case 'handoff_output_item':
        this.#hasSpoken = false;
        this.note(
          'handoff',
          `${item.sourceAgent.name} ${this.#screen.glyphs.arrow} ${item.targetAgent.name}`,
        );
        break;
      case 'reasoning_item': {
        const text = item.rawItem.content
          .map((part) => part.text)
          .join('\n')
          .trim();
        if (text !== '') this.note('reasoning', prefix + text);
        break;
      }
      case 'message_output_item':
      case 'handoff_call_item':
      case 'compaction_item':
      case 'tool_approval_item': // asked for when the run waits
        break;
      default:
        item satisfies never;
    }
  }

  #hear(text: string): void {
    if (this.#speech === undefined) {
      this.#screen.line();
      this.#block = 'speech';
      const { paint, glyphs } = this.#screen;
      const first = `${paint.bold(`${this.#speaker} ${glyphs.prompt}`)} `;
      this.#speech = new TextFlow(this.#screen, { first, indent: 2 });
      this.#hasSpoken = true;
    }
    this.#speech.write(text);
  }

  #endSpeech(): void {
    this.#speech?.end();
    this.#speech = undefined;
  }
}
