import type { JsonRecord } from '@baton/openai-shared';
import type { MessagePiece } from './message-piece.js';
import { joinReasoning } from './replay-reasoning.js';

/**
 * Puts pieces together into messages: text, reasoning and parallel calls of one turn into one assistant message,
 * and the outputs right behind it, whatever came between [CHT-33]. Pieces can be added at any time; what is
 * written stays written.
 */
export class MessageWriter {
  #written = '';
  #fresh: string[] = [];
  #turn: AssistantTurn | undefined;
  /** What came while outputs were due. */
  #held: MessagePiece[] = [];

  add(piece: MessagePiece): void {
    if (piece.kind === 'nothing') return;
    if (this.#hasToWait(piece)) {
      this.#held.push(piece);
      return;
    }
    if (piece.kind === 'output') this.#addOutput(piece.callId, piece.json);
    else if (piece.kind === 'message') this.#write(piece.json);
    else this.#addToTurn(piece);
  }

  /** All messages as JSON, with commas between; a turn that is not over as far as it has come. */
  json(): string {
    // One flat text: adding piece by piece would leave a chain that every later turn walks again.
    if (this.#fresh.length > 0) {
      this.#written = [...this.#texts(), ...this.#fresh].join(',');
      this.#fresh = [];
    }
    const open = this.#turn?.toJson() ?? [];
    if (open.length === 0 && this.#held.length === 0) return this.#written;
    const rest = new MessageWriter();
    for (const piece of this.#held) rest.add(piece);
    const held = rest.json();
    return [...this.#texts(), ...open, ...(held === '' ? [] : [held])].join(',');
  }

  #texts(): readonly string[] {
    return this.#written === '' ? [] : [this.#written];
  }

  /** Outputs stand right behind their calls, so everything else waits for them. */
  #hasToWait(piece: MessagePiece): boolean {
    const turn = this.#turn;
    if (turn === undefined || !turn.hasOpenCalls) return false;
    if (piece.kind === 'output') return !turn.isOpen(piece.callId);
    if (this.#held.length > 0 || turn.hasOutputs) return true;
    return piece.kind === 'message';
  }

  #addOutput(callId: string, json: string): void {
    const turn = this.#turn;
    if (turn === undefined || !turn.isOpen(callId)) {
      this.#write(json); // it answers nothing here: the server will say so
      return;
    }
    turn.addOutput(callId, json);
    if (turn.hasOpenCalls) return;
    this.#endTurn();
    const held = this.#held;
    this.#held = [];
    for (const piece of held) this.add(piece);
  }

  #addToTurn(
    piece: Exclude<MessagePiece, { readonly kind: 'message' | 'output' | 'nothing' }>,
  ): void {
    const turn = this.#turn;
    // Said again, or thought again, is another turn; a call has to be answered first.
    if (turn !== undefined && !turn.hasOpenCalls && turn.isSaid && piece.kind !== 'call') {
      this.#endTurn();
    }
    this.#turn ??= new AssistantTurn();
    this.#turn.add(piece);
  }

  #write(json: string): void {
    this.#endTurn();
    this.#fresh.push(json);
  }

  #endTurn(): void {
    if (this.#turn !== undefined) this.#fresh.push(...this.#turn.toJson());
    this.#turn = undefined;
  }
}

/** One assistant message in the making, with the outputs of its calls. */
class AssistantTurn {
  #text: string | undefined;
  #refusal: string | undefined;
  #audio: string | undefined;
  #fields: JsonRecord | undefined;
  #reasoning: JsonRecord | undefined;
  readonly #calls: string[] = [];
  /** In the order of the calls: templates of local models show no ids. */
  readonly #outputs: (string | undefined)[] = [];
  #answered = 0;
  /** By id the places of the calls without output; an id may be there twice. */
  readonly #open = new Map<string, number[]>();

  get hasOpenCalls(): boolean {
    return this.#answered < this.#calls.length;
  }

  get hasOutputs(): boolean {
    return this.#answered > 0;
  }

  /** Whether there is more than thoughts. */
  get isSaid(): boolean {
    return (
      this.#text !== undefined ||
      this.#refusal !== undefined ||
      this.#audio !== undefined ||
      this.#calls.length > 0
    );
  }

  isOpen(callId: string): boolean {
    return (this.#open.get(callId)?.length ?? 0) > 0;
  }

  add(piece: Extract<MessagePiece, { readonly kind: 'assistant' | 'reasoning' | 'call' }>): void {
    switch (piece.kind) {
      case 'assistant':
        this.#text = joined(this.#text, piece.text);
        this.#refusal = joined(this.#refusal, piece.refusal);
        this.#audio ??= piece.audio;
        this.#fields = { ...this.#fields, ...piece.fields };
        return;
      case 'reasoning':
        this.#reasoning = joinReasoning(this.#reasoning, piece.fields);
        return;
      case 'call':
        this.#addCall(piece.callId, piece.json);
        return;
      default:
        piece satisfies never;
    }
  }

  addOutput(callId: string, json: string): void {
    const place = this.#open.get(callId)?.shift();
    if (place === undefined) return;
    this.#outputs[place] = json;
    this.#answered += 1;
  }

  /** The messages; none where there is nothing but thoughts [D8]. */
  toJson(): readonly string[] {
    if (!this.isSaid) return [];
    const message = JSON.stringify({
      role: 'assistant',
      content: this.#text ?? null,
      ...(this.#refusal !== undefined && { refusal: this.#refusal }),
      ...(this.#audio !== undefined && { audio: { id: this.#audio } }),
      ...this.#reasoning,
      ...this.#fields,
    });
    if (this.#calls.length === 0) return [message];
    const outputs = this.#outputs.filter((json) => json !== undefined);
    return [`${message.slice(0, -1)},"tool_calls":[${this.#calls.join(',')}]}`, ...outputs];
  }

  #addCall(callId: string, json: string): void {
    const places = this.#open.get(callId) ?? [];
    this.#open.set(callId, [...places, this.#calls.length]);
    this.#calls.push(json);
    this.#outputs.push(undefined);
  }
}

function joined(first: string | undefined, next: string | undefined): string | undefined {
  return first === undefined || next === undefined ? (next ?? first) : `${first}\n${next}`;
}
