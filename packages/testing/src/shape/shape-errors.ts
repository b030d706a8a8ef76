import { type ApiError, invalidRequest } from '../http/api-error.js';

// The sentences and codes are those of OpenAI's API; the path doubles as the error's `param`.

export function unknownParameter(path: string): ApiError {
  return invalidRequest(`Unknown parameter: '${path}'.`, path, 'unknown_parameter');
}

export function missingParameter(path: string): ApiError {
  return invalidRequest(
    `Missing required parameter: '${path}'.`,
    path,
    'missing_required_parameter',
  );
}

export function invalidType(path: string, expected: string, value: unknown): ApiError {
  const message = `Invalid type for '${path}': expected ${expected}, but got ${describe(value)} instead.`;
  return invalidRequest(message, path, 'invalid_type');
}

export function invalidValue(path: string, value: unknown, supported: readonly string[]): ApiError {
  const message = `Invalid value: '${String(value)}'. Supported values are: ${enumeration(supported)}.`;
  return invalidRequest(message, path, 'invalid_value');
}

/** A value of the right type outside its limits, such as `decimal_above_max_value`. */
export function outOfLimits(path: string, problem: string, code: string): ApiError {
  return invalidRequest(`Invalid '${path}': ${problem}`, path, code);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function enumeration(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  if (quoted.length <= 2) return quoted.join(' and ');
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}
