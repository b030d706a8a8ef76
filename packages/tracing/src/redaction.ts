/** What is written in place of a key or credential. */
export const REDACTED = '[redacted]';

/** What counts as a key or credential beside what is known anyway. */
export interface RedactionOptions {
  /** Texts that must never leave, e.g. the keys your app was started with. Shorter than 6 characters is ignored. */
  readonly secrets?: readonly string[] | undefined;
  /** More forms of keys; what matches is redacted. */
  readonly patterns?: readonly RegExp[] | undefined;
  /** More names of fields and headers whose values are redacted, in any case. */
  readonly names?: readonly string[] | undefined;
}

/** Takes keys and credentials out of texts and fields. */
export interface Redactor {
  text(text: string): string;
  /** Whether what a field of that name holds is a secret whatever it looks like. */
  isSecretName(name: string): boolean;
}

/** A redactor that knows the common forms of keys, and those of the app; `false` for one that changes nothing. */
export function createRedactor(options: RedactionOptions | false = {}): Redactor {
  if (options === false) return { text: (text) => text, isSecretName: () => false };
  const secrets = (options.secrets ?? []).filter((secret) => secret.length >= SHORTEST_SECRET);
  const own = (options.patterns ?? []).map((pattern) => new RegExp(pattern.source, withGlobal(pattern.flags)));
  const names = new Set((options.names ?? []).map((name) => name.toLowerCase()));
  return {
    isSecretName: (name) => SECRET_NAME.test(name) || names.has(name.toLowerCase()),
    text: (text) => {
      if (text.length < SHORTEST_SECRET) return text;
      let clean = text;
      for (const secret of secrets) clean = clean.replaceAll(secret, REDACTED);
      for (const pattern of own) clean = clean.replace(pattern, REDACTED);
      // One look for the many texts that have nothing of the kind.
      if (!CANDIDATE.test(clean)) return clean;
      for (const pattern of KEYS) clean = clean.replace(pattern, REDACTED);
      for (const pattern of NAMED) clean = clean.replace(pattern, `$1${REDACTED}`);
      return clean;
    },
  };
}

const SHORTEST_SECRET = 6;

function withGlobal(flags: string): string {
  return flags.includes('g') ? flags : `${flags}g`;
}

/** Keys that are known by their look: the prefixes are those that the providers document. What is looked for ahead is bounded, as a text may be long. */
const KEYS: readonly RegExp[] = [
  // OpenAI, Anthropic, OpenRouter, Stripe and others
  /\b(?:sk|rk|pk|ek|sess|whsec)[-_](?=[\w-]{0,200}?\d)[\w-]{12,}/g,
  // GitHub, GitLab, Hugging Face, npm, PyPI, Groq, xAI, Perplexity, Tavily, Replicate, NVIDIA, LangSmith, Shopify
  /\b(?:gh[pousr]|github_pat|hf|npm|pypi|gsk|xai|pplx|tvly|r8|nvapi|lsv2_[ps][tk]|shpat|shpss|dop_v1)[-_][\w-]{16,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\b(?:AKIA|ASIA|AROA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\bya29\.[\w.-]{16,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\bxapp-[\w-]{10,}/g,
  /\bSG\.[\w-]{16,100}\.[\w-]{16,}/g,
  // JSON Web Tokens
  /\beyJ[\w-]{8,500}\.[\w-]{8,}(?:\.[\w-]*)?/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
];

/** What every key or credential below has in it. */
const CANDIDATE =
  /[sr]k[-_]|[pe]k[-_]|sess[-_]|whsec|gh[pousr]_|github_pat|(?:hf|npm|pypi|gsk|xai|pplx|tvly|r8|nvapi|shpat|shpss|dop_v1|lsv2_[ps][tk])[-_]|glpat|A[KSR][IO]A|AIza|ya29|xox|xapp|SG\.|eyJ|PRIVATE KEY|key|secret|passw|passphrase|pwd|token|credential|connection.?string|signature|authorization|cookie|bearer|basic|:\/\/[^\s/@]+@|[?&](?:sig|auth|x-amz-)/i;

const WORDS =
  'api[_-]?key|access[_-]?key(?:[_-]?id)?|account[_-]?key|secret[_-]?key|private[_-]?key|subscription[_-]?key|' +
  'secret|password|passwd|passphrase|pwd|token|credentials?|connection[_-]?string|signature';

const SECRET_NAME = new RegExp(
  `(?:${WORDS}|^sig|^(?:proxy-)?authorization|^(?:set-)?cookie|^x-api-key|^ocp-apim-subscription-key)$`,
  'i',
);

/** A value in quotes, in quotes within quotes, or up to where one ends. */
const VALUE = String.raw`(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\\+"[\s\S]*?(?:\\+"|$)|(?!\d+\b)[^\s"'&,;<>)}\]\\]{4,})`;

/** Values that are known by what is written before them, which stays. */
const NAMED: readonly RegExp[] = [
  // user:password@ in URLs
  /\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"'\\]+(?=@)/gi,
  /\b((?:bearer|basic|token)\s+)(?=[^\s"'\\]{0,300}?[\d=])[\w.~+/=-]{8,}/gi,
  // whole header lines
  /\b((?:proxy-)?authorization\s*[:=]\s*|(?:set-)?cookie\s*:\s*)[^\r\n"'\\]+/gi,
  /([?&](?:key|sig|auth|x-amz-[\w-]{1,30})=)[^&\s"'#\\]+/gi,
  new RegExp(String.raw`((?:${WORDS}|authorization|cookie)(?:\\*["'])?\s*[:=]\s*)${VALUE}`, 'gi'),
];
