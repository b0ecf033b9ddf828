import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountOf } from '../../../../src/adapters/providers/alibaba-cloud/account.ts';
import {
  type AccessKey,
  defaultCredentials,
  keepFresh,
  staticCredentials,
} from '../../../../src/adapters/providers/alibaba-cloud/credentials.ts';
import { createCamsProvider } from '../../../../src/adapters/providers/cams/provider.ts';
import { json, openRawService } from '../../../support/raw-service.ts';
import { clientFor, messageTo } from '../cams/fixtures.ts';

const variables = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABA_CLOUD_SECURITY_TOKEN',
  'ALIBABA_CLOUD_CREDENTIALS_URI',
  'ALIBABA_CLOUD_CREDENTIALS_FILE',
  'ALIBABA_CLOUD_ROLE_ARN',
  'ALIBABA_CLOUD_OIDC_PROVIDER_ARN',
  'ALIBABA_CLOUD_OIDC_TOKEN_FILE',
  'ALIBABA_CLOUD_PROFILE',
  'ALIBABA_CLOUD_CLI_PROFILE_DISABLED',
];

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sendoff-home-'));
  for (const name of variables) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('ALIBABA_CLOUD_ECS_METADATA_DISABLED', 'true');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), content);
}

const cliConfig = JSON.stringify({
  current: 'work',
  profiles: [
    { name: 'work', mode: 'AK', access_key_id: 'LTAIworkworkwork', access_key_secret: 'work-secret' },
    { name: 'other', mode: 'AK', access_key_id: 'LTAIotherother00', access_key_secret: 'other-secret' },
  ],
});

function chain(profile?: string) {
  return defaultCredentials({ env: process.env, profile, now: () => 0 });
}

describe('defaultCredentials', () => {
  it('takes the environment first', async () => {
    await write('.aliyun/config.json', cliConfig);
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAIenvenvenvenv');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    expect(await chain().getCredentials()).toMatchObject({
      accessKeyId: 'LTAIenvenvenvenv',
      accessKeySecret: 'env-secret',
      providerName: 'default/env',
    });
  });

  it('says which key it uses without showing it', async () => {
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAIenvenvenvenv');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    expect(await chain().describe()).toEqual({ source: 'default/env', keyId: 'LTAI****venv' });
  });

  it('tells whose a key is by its masked id, wherever it comes from', async () => {
    await write('.aliyun/config.json', cliConfig);
    expect(await chain().account()).toEqual({ kind: 'key', keyId: 'LTAI****work' });
    expect(await chain('work').account()).toEqual({ kind: 'key', keyId: 'LTAI****work' });
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAIenvenvenvenv');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    expect(await chain().account()).toEqual({ kind: 'key', keyId: 'LTAI****venv' });
  });

  it('tells whose temporary keys are by what stays the same of them, and keeps nothing of the keys', async () => {
    const sts = { access_key_id: 'STS.first', access_key_secret: 's', sts_token: 'token-1' };
    const role = { ram_role_arn: 'acs:ram::1234567890123456:role/sender' };
    const profiles = [
      { name: 'work', mode: 'StsToken', ...sts },
      { name: 'role', mode: 'StsToken', ...sts, ...role },
    ];
    await write('.aliyun/config.json', JSON.stringify({ current: 'work', profiles }));
    const work = { kind: 'temporary', source: 'cli_profile', profile: 'work', role: null };
    expect(await chain().account()).toEqual(work);
    expect(await chain('work').account()).toEqual(work);
    const masked = 'acs:ram::1234****3456:role/sender';
    expect(await chain('role').account()).toEqual({ ...work, profile: 'role', role: masked });
    vi.stubEnv('ALIBABA_CLOUD_PROFILE', 'role');
    expect(await chain().account()).toEqual({ ...work, profile: 'role', role: masked });
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'STS.second');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 's');
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', 'token-2');
    expect(await chain().account()).toEqual({ kind: 'temporary', source: 'env', profile: null, role: null });
  });

  it.each([
    [
      'default/oidc_role_arn',
      { ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1234567890123456:role/ci' },
      null,
      'acs:ram::1234****3456:role/ci',
    ],
    ['default/ecs_ram_role', { ALIBABA_CLOUD_ECS_METADATA: 'sender' }, null, 'sender'],
    ['default/ecs_ram_role', {}, null, null],
    ['default/profile', {}, 'default', null],
    ['default/profile', { ALIBABA_CLOUD_PROFILE: 'prod' }, 'prod', null],
    ['default/credential_uri', { ALIBABA_CLOUD_CREDENTIALS_URI: 'http://host/secret' }, null, null],
    ['cli_profile/ram_role_arn/static_ak', { ALIBABA_CLOUD_PROFILE: 'prod' }, 'prod', null],
  ])('knows temporary keys of %s with %j by profile %s and role %s', async (providerName, env, profile, role) => {
    const key = { accessKeyId: 'STS.any', accessKeySecret: 's', securityToken: 'token', providerName };
    const source = providerName.replace('default/', '').replace(/\/.*/, '');
    expect(await accountOf(key, { env })).toEqual({ kind: 'temporary', source, profile, role });
  });

  it('shows nothing of a key id that is short', async () => {
    expect(await staticCredentials('emulator', 'secret').describe()).toEqual({ source: 'static_ak', keyId: '****' });
  });

  it('takes the aliyun profile that is current, or the one that is named, whatever the environment says', async () => {
    await write('.aliyun/config.json', cliConfig);
    expect(await chain().describe()).toEqual({ source: 'default/cli_profile', keyId: 'LTAI****work' });
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAIenvenvenvenv');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    expect(await chain('other').describe()).toEqual({ source: 'cli_profile/static_ak', keyId: 'LTAI****er00' });
  });

  it('takes the credentials file', async () => {
    await write(
      '.alibabacloud/credentials',
      '[default]\ntype = access_key\naccess_key_id = LTAIinifileinifi\naccess_key_secret = ini-secret\n',
    );
    expect((await chain().describe()).keyId).toBe('LTAI****nifi');
  });

  it.each([
    ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
    ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_ACCESS_KEY_ID'],
  ])('refuses %s without %s instead of using another account', async (set, missing) => {
    await write('.aliyun/config.json', cliConfig);
    vi.stubEnv(set, 'half');
    await expect(chain().getCredentials()).rejects.toMatchObject({
      kind: 'access',
      code: 'CREDENTIALS_INVALID',
      message: `${set} is set and ${missing} is not`,
    });
  });

  it('says what to set when there is nothing, and again the next time', async () => {
    const credentials = chain();
    for (let time = 1; time <= 2; time++) {
      await expect(credentials.getCredentials()).rejects.toMatchObject({
        kind: 'access',
        code: 'CREDENTIALS_MISSING',
        message: 'no credentials found',
        hint: expect.stringMatching(/ALIBABA_CLOUD_ACCESS_KEY_ID.*ALIBABA_CLOUD_ACCESS_KEY_SECRET.*~\/\.alibabacloud/),
      });
    }
  });

  it('finds credentials that appear after a failure', async () => {
    const credentials = chain();
    await expect(credentials.getCredentials()).rejects.toThrow('no credentials found');
    await write('.aliyun/config.json', cliConfig);
    expect((await credentials.getCredentials()).accessKeyId).toBe('LTAIworkworkwork');
  });

  it('stays with the source that gave a key, and does not go over to another account', async () => {
    await write('.aliyun/config.json', cliConfig);
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAIenvenvenvenv');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    let now = 0;
    const credentials = defaultCredentials({ env: process.env, now: () => now });
    expect((await credentials.describe()).source).toBe('default/env');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', undefined);
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', undefined);
    now = 120_000;
    await expect(credentials.getCredentials()).rejects.toMatchObject({
      code: 'CREDENTIALS_INVALID',
      message: 'the credentials could not be renewed',
    });
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'LTAIenvenvenvenv');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'env-secret');
    expect((await credentials.describe()).source).toBe('default/env');
  });

  it('repeats nothing of a broken configuration file', async () => {
    await write('.aliyun/config.json', `${cliConfig}}`);
    const error = await chain()
      .getCredentials()
      .then(
        () => null,
        (thrown: unknown) => thrown,
      );
    expect(error).toMatchObject({
      code: 'CREDENTIALS_INVALID',
      message: '~/.aliyun/config.json is not valid JSON',
    });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('work-secret');
  });

  it('names the profile that does not exist', async () => {
    await write('.aliyun/config.json', cliConfig);
    await expect(chain('nobody').getCredentials()).rejects.toMatchObject({
      code: 'CREDENTIALS_INVALID',
      message: 'the aliyun profile "nobody" gives no credentials',
    });
  });
});

describe('credentials of a request', () => {
  it('signs with a fixed key', async () => {
    await using service = await openRawService(json({ Code: 'OK', MessageId: '1' }));
    const client = clientFor(service.endpoint, staticCredentials('LTAIemulator0000', 'secret'));
    await createCamsProvider({ client, taskId: () => '1', custSpaceId: null }).send([messageTo('8613800001234')]);
    const [call] = service.received;
    expect(call?.headers['authorization']).toContain('Credential=LTAIemulator0000,');
    expect(call?.headers['x-acs-credentials-provider']).toBe('static_ak');
  });

  it('sends the security token of a key that expires', async () => {
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'STS.keykeykey');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'secret');
    vi.stubEnv('ALIBABA_CLOUD_SECURITY_TOKEN', 'token');
    await using service = await openRawService(json({ Code: 'OK', MessageId: '1' }));
    const client = clientFor(service.endpoint, chain());
    await createCamsProvider({ client, taskId: () => '1', custSpaceId: null }).send([messageTo('8613800001234')]);
    expect(service.received[0]?.headers['x-acs-security-token']).toBe('token');
  });

  it('refuses for the whole account, and sends nothing, when there are none any more', async () => {
    await using service = await openRawService(json({ Code: 'OK', MessageId: '1' }));
    const provider = createCamsProvider({
      client: clientFor(service.endpoint, chain()),
      taskId: () => '1',
      custSpaceId: null,
    });
    expect(await provider.send([messageTo('8613800001234')])).toEqual([
      {
        kind: 'rejected',
        code: 'CREDENTIALS_MISSING',
        reason: 'no credentials found',
        scope: 'account',
        requestId: null,
      },
    ]);
    expect(service.received).toEqual([]);
  });
});

describe('keepFresh', () => {
  function fakeSource() {
    const pending: { resolve: (key: AccessKey) => void; reject: (error: Error) => void }[] = [];
    const load = () => new Promise<AccessKey>((resolve, reject) => pending.push({ resolve, reject }));
    const key = (accessKeyId: string): AccessKey => ({
      accessKeyId,
      accessKeySecret: 's',
      securityToken: 't',
      providerName: 'p',
    });
    return { pending, load, key };
  }

  it('asks once for all who wait, and no more within a minute', async () => {
    const { pending, load, key } = fakeSource();
    let now = 0;
    const get = keepFresh(load, () => now);
    const waiting = [get(), get(), get()];
    pending[0]?.resolve(key('a'));
    expect(await Promise.all(waiting)).toEqual([key('a'), key('a'), key('a')]);
    now = 59_999;
    expect(await get()).toEqual(key('a'));
    expect(pending.length).toBe(1);
  });

  it('renews behind the backs of those who ask after a minute', async () => {
    const { pending, load, key } = fakeSource();
    let now = 0;
    const get = keepFresh(load, () => now);
    const first = get();
    pending[0]?.resolve(key('a'));
    await first;
    now = 60_000;
    expect(await Promise.all([get(), get()])).toEqual([key('a'), key('a')]);
    expect(pending.length).toBe(2);
    pending[1]?.resolve(key('b'));
    await new Promise(setImmediate);
    expect(await get()).toEqual(key('b'));
    expect(pending.length).toBe(2);
  });

  it('lets nobody use a key that could not be renewed for two minutes', async () => {
    const { pending, load, key } = fakeSource();
    let now = 0;
    const get = keepFresh(load, () => now);
    const first = get();
    pending[0]?.resolve(key('a'));
    await first;
    now = 60_000;
    expect(await get()).toEqual(key('a'));
    pending[1]?.reject(new Error('no network'));
    await new Promise(setImmediate);
    now = 120_000;
    const late = get();
    pending[2]?.reject(new Error('still none'));
    await expect(late).rejects.toThrow('still none');
    const later = get();
    pending[3]?.resolve(key('b'));
    expect(await later).toEqual(key('b'));
  });
});
