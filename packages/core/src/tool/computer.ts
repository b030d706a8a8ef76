import type { RunContext } from '../context/index.js';
import { isRecord } from '../internal/json.js';
import type { ComputerAction } from '../item/index.js';

/** What kind of computer it is. */
export type ComputerEnvironment = 'mac' | 'windows' | 'ubuntu' | 'browser';

/** A button of the mouse. */
export type ComputerButton = 'left' | 'right' | 'wheel' | 'back' | 'forward';

/**
 * A computer that a model can use: implement it with a browser, a virtual machine or a remote desktop. Places
 * are in pixels from the top left corner of the screen. What a method throws ends the run, as the model can
 * only be told by a picture.
 */
export interface Computer {
  /** Older models have to be told of it. */
  readonly environment?: ComputerEnvironment;
  /** Width and height of the screen; older models have to be told of it. */
  readonly dimensions?: readonly [width: number, height: number];
  /** Called once in every run that uses the computer, before anything else. */
  initRun?(runContext: RunContext): void | Promise<void>;
  /** The screen as a picture: base64 of a PNG, or a data URL. */
  screenshot(runContext: RunContext): string | Promise<string>;
  // oxlint-disable-next-line max-params -- implementations of other SDKs fit
  click(x: number, y: number, button: ComputerButton, runContext: RunContext): void | Promise<void>;
  doubleClick(x: number, y: number, runContext: RunContext): void | Promise<void>;
  // oxlint-disable-next-line max-params -- as above
  scroll(x: number, y: number, scrollX: number, scrollY: number, runContext: RunContext): void | Promise<void>;
  type(text: string, runContext: RunContext): void | Promise<void>;
  wait(runContext: RunContext): void | Promise<void>;
  move(x: number, y: number, runContext: RunContext): void | Promise<void>;
  /** The keys are pressed together. */
  keypress(keys: string[], runContext: RunContext): void | Promise<void>;
  drag(path: [x: number, y: number][], runContext: RunContext): void | Promise<void>;
}

/** One action, ready to be done. */
export type ComputerStep = (computer: Computer, runContext: RunContext) => void | Promise<void>;

/** An action that is checked, and the step that does it. */
export interface ReadyAction {
  readonly action: ComputerAction;
  readonly step: ComputerStep;
}

/**
 * Makes a step of an action as the model wrote it; a text says what is wrong with it. A screenshot is no step
 * of its own, as one is taken behind the last action anyway.
 */
export function readAction(action: unknown): ReadyAction | string {
  if (!isAction(action)) return 'an action is an object with a type';
  const step = toStep(action);
  return typeof step === 'string' ? `action ${action.type} ${step}` : { action, step };
}

function toStep(action: ComputerAction): ComputerStep | string {
  const { x, y } = action;
  switch (action.type) {
    case 'screenshot':
      return () => undefined;
    case 'wait':
      return (computer, runContext) => computer.wait(runContext);
    case 'type': {
      const text = action['text'];
      if (typeof text !== 'string') return 'has no text';
      return (computer, runContext) => computer.type(text, runContext);
    }
    case 'keypress': {
      const keys = action['keys'];
      if (!isTexts(keys)) return 'has no list of keys';
      return (computer, runContext) => computer.keypress(keys, runContext);
    }
    case 'drag': {
      const path = toPath(action['path']);
      if (path === undefined) return 'has no path of points';
      return (computer, runContext) => computer.drag(path, runContext);
    }
    case 'click':
    case 'double_click':
    case 'move':
    case 'scroll':
      return typeof x === 'number' && typeof y === 'number' ? toStepAt(action, x, y) : 'has no x and y';
    default:
      return 'is not known';
  }
}

function toStepAt(action: ComputerAction, x: number, y: number): ComputerStep | string {
  switch (action.type) {
    case 'click': {
      const button = BUTTONS.find((each) => each === (action['button'] ?? 'left'));
      if (button === undefined) return `has no button, or none of ${BUTTONS.join(', ')}`;
      return (computer, runContext) => computer.click(x, y, button, runContext);
    }
    case 'scroll': {
      const { scroll_x: scrollX, scroll_y: scrollY } = action;
      if (typeof scrollX !== 'number' || typeof scrollY !== 'number') return 'has no scroll_x and scroll_y';
      return (computer, runContext) => computer.scroll(x, y, scrollX, scrollY, runContext);
    }
    case 'double_click':
      return (computer, runContext) => computer.doubleClick(x, y, runContext);
    default:
      return (computer, runContext) => computer.move(x, y, runContext);
  }
}

const BUTTONS: readonly ComputerButton[] = ['left', 'right', 'wheel', 'back', 'forward'];

function isAction(value: unknown): value is ComputerAction {
  return isRecord(value) && typeof value['type'] === 'string';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function toPath(value: unknown): [number, number][] | undefined {
  if (!Array.isArray(value)) return undefined;
  const path: [number, number][] = [];
  for (const point of value as readonly unknown[]) { // a list, whatever is in it
    const { x, y } = isRecord(point) ? point : {};
    if (typeof x !== 'number' || typeof y !== 'number') return undefined;
    path.push([x, y]);
  }
  return path;
}
