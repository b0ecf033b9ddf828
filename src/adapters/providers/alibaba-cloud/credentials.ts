/**
 * Where the access key comes from, and how it stays fresh while a run lasts. Failures never quote the credentials
 * package: its messages can hold the whole configuration file, secrets included.
 */
import type { Account } from '../../../domain/account.ts';
import { maskKeyId } from '../../../domain/mask.ts';
import { OperatorError } from '../../../domain/operator-error.ts';
import { accountOf, type KeyOrigin } from './account.ts';
import { loadCredentials } from './load-credentials.ts';

/** What signs a request. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Empty for a key that does not expire. */
  readonly securityToken: string;
  /** The package's name of the source, such as `default/env`; travels in a header of every request. */
  readonly providerName: string;
}

/** A source of access keys, in the shape that the SDK takes. Asking it costs next to nothing: see `keepFresh`. */
export interface CredentialSource {
  /** Throws `CredentialsMissingError` or `CredentialsInvalidError`. */
  getCredentials(): Promise<AccessKey>;
  getProviderName(): string;
  /** Which key is used, fit for a screen. Throws as `getCredentials` does. */
  describe(): Promise<{ readonly source: string; readonly keyId: string }>;
  /** Whose the key is, as far as it tells. Throws as `getCredentials` does. */
  account(): Promise<Account>;
}

export class CredentialsMissingError extends OperatorError {
  override readonly code = 'CREDENTIALS_MISSING';
  override readonly kind = 'access';

  constructor() {
    super('no credentials found', {
      hint: 'set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or write ~/.alibabacloud/credentials, or run "aliyun configure"',
    });
  }
}

export class CredentialsInvalidError extends OperatorError {
  override readonly code = 'CREDENTIALS_INVALID';
  override readonly kind = 'access';
}

export interface DefaultCredentialsOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A profile of the aliyun command line; it alone is asked then. */
  readonly profile?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * The default chain of Alibaba Cloud: environment, OIDC, aliyun profile, `~/.alibabacloud/credentials`, the metadata of
 * the machine, a credentials URI. With `profile`, that profile of `~/.aliyun/config.json` and nothing else.
 */
export function defaultCredentials(options: DefaultCredentialsOptions): CredentialSource {
  const { profile } = options;
  let chain: { getCredentials(): Promise<AccessKey> } | null = null;
  let proven = false;

  async function load(): Promise<AccessKey> {
    if (profile === undefined) refuseHalfSet(options.env);
    const packages = loadCredentials();
    try {
      chain ??=
        profile === undefined
          ? packages.DefaultCredentialsProvider.builder().build()
          : packages.CLIProfileCredentialsProvider.builder().withProfileName(profile).build();
      const key = await chain.getCredentials();
      if (!key.accessKeyId || !key.accessKeySecret) throw new Error('the source gave an incomplete key');
      proven = true;
      return key;
    } catch (error) {
      // A source that has given a key is asked for good: another one might mean another account in the middle of a run.
      if (proven) throw renewalError();
      // A chain that failed once asks only its last member from then on, and blames it; so the next call gets a new one.
      chain = null;
      throw diagnoseFailure(error, profile);
    }
  }

  return credentialSource('default', keepFresh(load, options.now), options);
}

/** One fixed key, for the emulator. */
export function staticCredentials(accessKeyId: string, accessKeySecret: string): CredentialSource {
  const key = { accessKeyId, accessKeySecret, securityToken: '', providerName: 'static_ak' };
  return credentialSource('static_ak', async () => key, { env: {} });
}

function credentialSource(name: string, getCredentials: () => Promise<AccessKey>, origin: KeyOrigin): CredentialSource {
  return {
    getCredentials,
    getProviderName: () => name,
    async describe() {
      const { providerName, accessKeyId } = await getCredentials();
      return { source: providerName, keyId: maskKeyId(accessKeyId) };
    },
    account: async () => accountOf(await getCredentials(), origin),
  };
}

/** From this age on a key is renewed in the background. */
const reuseMs = 60_000;
/** From this age on nobody may use it before it was renewed. */
const trustMs = 120_000;

/**
 * Keeps the last key for a minute, and renews it behind the backs of the senders. So a renewal (a call to STS, or an
 * external command, which the package would run again for every request) neither holds requests that the quota has
 * already let go nor happens once for each of them. The package renews keys 3 to 15 minutes before they expire, so
 * that one which is two minutes old is still good.
 */
export function keepFresh(load: () => Promise<AccessKey>, now: () => number): () => Promise<AccessKey> {
  let kept: { readonly key: AccessKey; readonly at: number } | null = null;
  let loading: Promise<AccessKey> | null = null;

  async function renew(): Promise<AccessKey> {
    const key = await load();
    kept = { key, at: now() };
    return key;
  }

  return async () => {
    // The clock may have been set back; then the age says nothing and the key is renewed.
    const age = kept === null ? Number.POSITIVE_INFINITY : Math.abs(now() - kept.at);
    if (kept !== null && age < reuseMs) return kept.key;
    loading ??= renew().finally(() => {
      loading = null;
    });
    if (kept === null || age >= trustMs) return loading;
    loading.catch(() => {}); // the next call after `trustMs` asks again and tells
    return kept.key;
  };
}

/** The package skips a half-set environment in silence, and another account might be used. */
function refuseHalfSet(env: DefaultCredentialsOptions['env']): void {
  const names = ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'] as const;
  const missing = names.filter((name) => !env[name]);
  if (missing.length !== 1) return;
  const [set] = names.filter((name) => env[name]);
  throw new CredentialsInvalidError(`${set} is set and ${missing[0]} is not`, {
    hint: 'set both, or neither to use a profile or a credentials file',
  });
}

function renewalError(): OperatorError {
  return new CredentialsInvalidError('the credentials could not be renewed', {
    hint: 'check that the source they came from still gives them, then go on with "sendoff resume"',
  });
}

/** Reads the package's words and repeats none of them. */
function diagnoseFailure(error: unknown, profile: string | undefined): OperatorError {
  const words = error instanceof Error ? error.message : '';
  if (words.includes('parse aliyun cli config')) {
    return new CredentialsInvalidError('~/.aliyun/config.json is not valid JSON', {
      hint: 'mend the file, or write it anew with "aliyun configure"',
    });
  }
  if (profile !== undefined) {
    return new CredentialsInvalidError(`the aliyun profile "${profile}" gives no credentials`, {
      hint: '"aliyun configure list" shows the profiles; "aliyun configure --profile <name>" writes one',
    });
  }
  if (words.includes('unable to get profile')) {
    return new CredentialsInvalidError('the aliyun profile that is chosen does not exist in ~/.aliyun/config.json', {
      hint: 'name an existing one with --profile or ALIBABA_CLOUD_PROFILE',
    });
  }
  return new CredentialsMissingError();
}
