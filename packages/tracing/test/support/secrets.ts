/** Twenty keys and credentials, none of them real, in the forms that they have in the wild. */
export const SECRETS: readonly string[] = [
  'sk-proj-AbC123dEf456GhI789jKl012MnO345',
  'sk-ant-api03-Zy9xWv8uTs7rQp6oNm5lKj4i',
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'github_pat_11ABCDEFG0abcdefghijkl_MNOPqrstuv0123456789',
  'glpat-x9Y8z7W6v5U4t3S2r1Q0',
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
  'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY',
  ['xoxb', '123456789012', 'abcdefABCDEF123456'].join('-'),
  ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_'),
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
  'hf_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789',
  'npm_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8',
  'correct-horse-battery-staple',
  'hunter2-of-the-database',
  'dXNlcjpwYXNzd29yZDEyMw==',
  'session-cookie-8f14e45fceea167a',
  'MIIEpAIBAAKCAQEA7bq98DlC4mZfakekeymaterial',
  'gsk_9a8B7c6D5e4F3g2H1i0JkLmNoPqRsT',
  'S3cr3tAccountKeyOfStorage0123456789',
];

/** Each secret where it is met: in inputs, outputs, headers, URLs and errors. */
export function planted(): string[] {
  const [openai, anthropic, github, fine, gitlab, aws, awsSecret, google, slack, stripe, jwt, hf, npm, pass, db, basic, cookie, pem, groq, storage] =
    SECRETS;
  return [
    `OPENAI_API_KEY=${openai} node app.js`,
    `{"x-api-key": "${anthropic}"}`,
    `remote: https://${github}@github.com/acme/app.git`,
    `curl -H 'Authorization: token ${fine}' https://api.github.com`,
    `PRIVATE-TOKEN: ${gitlab}`,
    `aws_access_key_id = ${aws}`,
    `aws_secret_access_key = ${awsSecret}`,
    `https://maps.googleapis.com/maps/api/geocode/json?address=Rome&key=${google}`,
    `The bot token is ${slack}, do not share it`,
    `{\\"stripe\\":{\\"secret_key\\":\\"${stripe}\\"}}`,
    `Authorization: Bearer ${jwt}`,
    `login(token="${hf}")`,
    `//registry.npmjs.org/:_authToken=${npm}`,
    `{"user":"ada","password":"${pass}"}`,
    `postgres://app:${db}@db.internal:5432/app`,
    `Authorization: Basic ${basic}`,
    `Cookie: sid=${cookie}; theme=dark`,
    `-----BEGIN RSA PRIVATE KEY-----\n${pem}\n-----END RSA PRIVATE KEY-----`,
    `GroqError: Invalid API Key ${groq}`,
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${storage};EndpointSuffix=core.windows.net`,
  ];
}
