// The client that the official conformance runner tests: Baton's MCP servers, from the build, as an app uses them.
// The runner gives the URL as the last argument and the scenario in MCP_CONFORMANCE_SCENARIO; see run.mjs.

import {
  ClientCredentialsProvider,
  CrossAppAccessProvider,
  PrivateKeyJwtProvider,
  requestJwtAuthorizationGrant,
} from '@modelcontextprotocol/client';
import { MCPServerStreamableHttp } from '@baton/mcp';

const url = process.argv.at(-1);
const scenario = process.env['MCP_CONFORMANCE_SCENARIO'] ?? '';
const context = JSON.parse(process.env['MCP_CONFORMANCE_CONTEXT'] ?? '{}');

/** An app whose user agrees to everything at once. */
class InstantUser {
  redirectUrl = 'http://localhost:3000/callback';
  clientMetadataUrl = 'https://conformance-test.local/client-metadata.json';
  clientMetadata = {
    client_name: 'baton-conformance',
    redirect_uris: ['http://localhost:3000/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
  #client = context.client_id && { client_id: context.client_id, client_secret: context.client_secret };
  #tokens;
  #verifier;
  callback;

  clientInformation = () => this.#client;
  saveClientInformation = (client) => void (this.#client = client);
  tokens = () => this.#tokens;
  saveTokens = (tokens) => void (this.#tokens = tokens);
  codeVerifier = () => this.#verifier;
  saveCodeVerifier = (verifier) => void (this.#verifier = verifier);

  async redirectToAuthorization(authorizationUrl) {
    const { headers } = await fetch(authorizationUrl, { redirect: 'manual' });
    this.callback = new URL(headers.get('location')).searchParams;
  }
}

function authProvider() {
  switch (scenario) {
    case 'auth/client-credentials-jwt':
      return new PrivateKeyJwtProvider({
        clientId: context.client_id,
        privateKey: context.private_key_pem,
        algorithm: context.signing_algorithm ?? 'ES256',
      });
    case 'auth/client-credentials-basic':
      return new ClientCredentialsProvider({
        clientId: context.client_id,
        clientSecret: context.client_secret,
      });
    case 'auth/cross-app-access-complete-flow':
      return new CrossAppAccessProvider({
        clientId: context.client_id,
        clientSecret: context.client_secret,
        assertion: async ({ authorizationServerUrl, resourceUrl, scope, fetchFn }) => {
          const { jwtAuthGrant } = await requestJwtAuthorizationGrant({
            tokenEndpoint: context.idp_token_endpoint,
            audience: authorizationServerUrl,
            resource: resourceUrl,
            idToken: context.idp_id_token,
            clientId: context.idp_client_id,
            scope,
            fetchFn,
          });
          return jwtAuthGrant;
        },
      });
    default:
      return scenario.startsWith('auth/') ? new InstantUser() : undefined;
  }
}

const provider = authProvider();
const server = new MCPServerStreamableHttp({
  url,
  protocol: 'legacy',
  ...(provider && { authProvider: provider }),
  handlers: { elicitation: () => ({ action: 'accept', content: {} }) },
});

let signIns = 0;

/** Does it, signing in where the server asks for it, but not for ever. */
async function signedIn(work) {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const callback = provider?.callback;
      if (error.statusCode !== 401 || callback === undefined || ++signIns >= 3) throw error;
      provider.callback = undefined;
      await server.finishAuth(callback);
    }
  }
}

await signedIn(() => server.connect());
const tools = await signedIn(() => server.listTools());
const calls = {
  add_numbers: { a: 5, b: 3 },
  test_client_elicitation_defaults: {},
  test_reconnection: {},
  'test-tool': {},
};
for (const { name } of tools) {
  if (name in calls) await signedIn(() => server.callToolResult(name, calls[name]));
}
await server.close();
