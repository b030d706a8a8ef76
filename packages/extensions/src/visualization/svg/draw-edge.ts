import type { Card } from './card.js';
import { px } from './xml.js';

type Xy = readonly [x: number, y: number];

interface EdgeLook {
  readonly isCall: boolean;
  /** Which way the picture leads. */
  readonly down: boolean;
}

const TIP = 8;
const TIP_HALF = 4.5;

/** A line through pairs of points: straight inside a pair, curved between two, with tips where it leads. */
export function drawEdge(
  points: readonly Xy[],
  {
    atStart,
    atEnd,
    isCall,
    down,
  }: EdgeLook & { readonly atStart: boolean; readonly atEnd: boolean },
): string {
  const axis = down ? 1 : 0;
  const forward = (points.at(-1)?.[axis] ?? 0) >= (points[0]?.[axis] ?? 0) ? 1 : -1;
  const line = [...points];
  const tips: string[] = [];
  if (atEnd) tips.push(shorten(line, -1, { along: forward, down }));
  if (atStart) tips.push(shorten(line, 0, { along: -forward, down }));
  const [start, ...rest] = line;
  if (start === undefined) return '';
  let d = `M${xy(start)}`;
  for (const [index, point] of rest.entries()) {
    const before = line[index] ?? point;
    if (index % 2 === 0) {
      if (before[0] !== point[0] || before[1] !== point[1]) d += `L${xy(point)}`;
    } else {
      d += curve(before, point, down);
    }
  }
  return `<path class="edge${isCall ? ' call' : ''}" d="${d}"/>${tips.join('')}`;
}

/** The line of an agent to itself, beside its card. */
export function drawSelfEdge(
  [x, y]: Xy,
  { width, height }: Card,
  { isCall, down }: EdgeLook,
): string {
  const out = 24;
  const reach = 9;
  const [ax, ay] = down ? [x + width, y + height / 2 - reach] : [x + width / 2 - reach, y + height];
  const [bx, by] = down ? [ax, ay + 2 * reach] : [ax + 2 * reach, ay];
  const control = (px_: number, py: number): Xy => (down ? [px_ + out, py] : [px_, py + out]);
  const end: Xy = down ? [bx + TIP - 1, by] : [bx, by + TIP - 1];
  const d = `M${px(ax)} ${px(ay)}C${xy(control(ax, ay))} ${xy(control(bx, by))} ${xy(end)}`;
  return `<path class="edge${isCall ? ' call' : ''}" d="${d}"/>${tip([bx, by], down ? [-1, 0] : [0, -1])}`;
}

/** Takes the room of a tip from an end of the line, and draws the tip. */
function shorten(
  line: Xy[],
  end: 0 | -1,
  { along, down }: { readonly along: number; readonly down: boolean },
): string {
  const last = line.at(end);
  if (last === undefined) return '';
  const [x, y] = last;
  const back: Xy = down ? [x, y - along * (TIP - 1)] : [x - along * (TIP - 1), y];
  const [own, beside] = end === 0 ? [0, 1] : [line.length - 1, line.length - 2];
  const inner = line[beside];
  // A pair without length moves as one.
  if (inner !== undefined && inner[0] === x && inner[1] === y) line[beside] = back;
  line[own] = back;
  return tip([x, y], down ? [0, along] : [along, 0]);
}

/** A triangle with its point at `at`, looking towards `towards`. */
function tip([x, y]: Xy, [dx, dy]: Xy): string {
  const [bx, by] = [x - dx * TIP, y - dy * TIP];
  const a: Xy = [bx + dy * TIP_HALF, by + dx * TIP_HALF];
  const b: Xy = [bx - dy * TIP_HALF, by - dx * TIP_HALF];
  return `<path class="tip" d="M${px(x)} ${px(y)}L${xy(a)}L${xy(b)}Z"/>`;
}

/** Leaves and arrives along the direction of the picture. */
function curve(from: Xy, to: Xy, down: boolean): string {
  if (down ? from[0] === to[0] : from[1] === to[1]) return `L${xy(to)}`;
  const middle = down ? (from[1] + to[1]) / 2 : (from[0] + to[0]) / 2;
  const [a, b]: readonly [Xy, Xy] = down
    ? [
        [from[0], middle],
        [to[0], middle],
      ]
    : [
        [middle, from[1]],
        [middle, to[1]],
      ];
  return `C${xy(a)} ${xy(b)} ${xy(to)}`;
}

function xy([x, y]: Xy): string {
  return `${px(x)} ${px(y)}`;
}
