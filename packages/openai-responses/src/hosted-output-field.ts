/** The wire field with what a hosted tool gave: a picture is a `result`, all else an `output`. */
export function outputFieldOf(type: string): 'result' | 'output' {
  return type === 'image_generation_call' ? 'result' : 'output';
}
