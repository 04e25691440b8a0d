// Two real OpenID providers for the tests, on ports of their own: one that keeps to what is asked, and a lax one
// that lets anyone through at any level. Told by a line of JSON: {modules, clientKeys, answerTo}. Says where they are.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const PERSONAL_NUMBER = 'https://id.oidc.se/claim/personalIdentityNumber';
const ORGANISATION = ['https://id.oidc.se/claim/orgNumber', 'https://id.oidc.se/claim/orgAffiliation'];
const NAMES = ['name', 'given_name', 'family_name'];
const NAME_SCOPE = 'https://id.oidc.se/scope/naturalPersonName';
const ORGANISATION_SCOPE = 'https://id.oidc.se/scope/naturalPersonOrgId';
const LEVELS = ['http://id.elegnamnden.se/loa/1.0/loa3', 'http://id.elegnamnden.se/loa/1.0/loa2'];
const TEST_NUMBER = '191212121212';

// Made-up people. Every one of them comes with a personal number that nobody has asked for.
const PEOPLE = {
  ombud: { name: 'Exempel Ombud', [ORGANISATION[0]]: '2321000016', [ORGANISATION[1]]: 'exempel@2321000016' },
  parts: { given_name: 'Exempel', family_name: 'Delad' },
  nameless: {},
  trader: { name: 'Exempel Näringsidkare', [ORGANISATION[0]]: TEST_NUMBER.slice(2) },
  [TEST_NUMBER]: { name: 'Exempel Öppen' },
};

const { modules, clientKeys, answerTo } = JSON.parse(await new Promise((told) => {
  createInterface({ input: process.stdin }).once('line', told);
}));
const library = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`));

function policy(lax) {
  const prompts = library.interactionPolicy.base();
  if (lax) for (const check of ['essential_acrs', 'essential_acr']) prompts.get('login').checks.remove(check);
  return prompts;
}

function settings(lax) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [{
      client_id: 'statsbidrag',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      jwks: clientKeys,
      redirect_uris: [answerTo],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'provider' }] },
    cookies: { keys: ['made up'] },
    features: { claimsParameter: { enabled: true }, devInteractions: { enabled: false } },
    interactions: { policy: policy(lax), url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    acrValues: LEVELS,
    ttl: { IdToken: 300 },
    claims: { acr: null, auth_time: null, openid: ['sub', PERSONAL_NUMBER], [NAME_SCOPE]: NAMES, [ORGANISATION_SCOPE]: ORGANISATION },
    conformIdTokenClaims: false,
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, [PERSONAL_NUMBER]: TEST_NUMBER, ...PEOPLE[id] }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope(`openid ${NAME_SCOPE}`);
      grant.addOIDCClaims([...NAMES, ...ORGANISATION, 'acr', 'auth_time']);
      await grant.save();
      return grant;
    },
  };
}

// What a person does at the provider, sent by the test as the query of the interaction's address.
async function interact(provider, request, response) {
  const { searchParams: chosen } = new URL(request.url, provider.issuer);
  const result = chosen.has('error')
    ? { error: chosen.get('error'), error_description: 'End-User aborted' }
    : { login: { accountId: chosen.get('who'), acr: chosen.get('level'), ts: Number(chosen.get('at')) } };
  await provider.interactionFinished(request, response, result);
}

function start(lax) {
  return new Promise((ready) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const provider = new library.Provider(`http://127.0.0.1:${server.address().port}`, settings(lax));
      const answer = provider.callback();
      server.on('request', (request, response) => {
        if (/^\/interaction\/[^/]+\?/.test(request.url)) {
          interact(provider, request, response).catch((fault) => { response.statusCode = 500; response.end(String(fault)); });
        } else answer(request, response);
      });
      ready(provider.issuer);
    });
  });
}

process.stdin.on('end', () => process.exit());
console.log(JSON.stringify({ strict: await start(false), lax: await start(true) }));
