/** Tells whose an access key is, as far as it can be told without asking anybody. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Account } from '../../../domain/account.ts';
import { maskKeyId, maskRole } from '../../../domain/mask.ts';
import type { AccessKey } from './credentials.ts';

export interface KeyOrigin {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The profile that was asked for by name. */
  readonly profile?: string | undefined;
}

/** A key that does not expire is known by its id; another changes its id all the time, and is known by its source. */
export async function accountOf(key: AccessKey, origin: KeyOrigin): Promise<Account> {
  if (!key.securityToken) return { kind: 'key', keyId: maskKeyId(key.accessKeyId) };
  // `default/cli_profile` and, where the profile was named, `cli_profile/ram_role_arn/static_ak`: the same source.
  const [source = ''] = key.providerName.replace(/^default\//, '').split('/');
  return { kind: 'temporary', source, ...(await chosen(source, origin)) };
}

type Chosen = Pick<Extract<Account, { kind: 'temporary' }>, 'profile' | 'role'>;

/** What each source of the package goes by. Source: @alicloud/credentials 2.4.7, its providers. */
async function chosen(source: string, { env, profile }: KeyOrigin): Promise<Chosen> {
  const named = profile ?? (env['ALIBABA_CLOUD_PROFILE'] || null);
  const roleArn = env['ALIBABA_CLOUD_ROLE_ARN'] || null;
  switch (source) {
    case 'cli_profile':
      return cliProfile(named);
    case 'profile':
      return { profile: named ?? 'default', role: null };
    case 'oidc_role_arn':
      return { profile: null, role: roleArn === null ? null : maskRole(roleArn) };
    case 'ecs_ram_role':
      return { profile: null, role: env['ALIBABA_CLOUD_ECS_METADATA'] || null };
    default:
      return { profile: null, role: null };
  }
}

/** No more of the file than this is looked at: secrets stand in the rest. */
const cliConfigSchema = z.object({
  current: z.string().optional(),
  profiles: z.array(z.object({ name: z.string(), ram_role_arn: z.string().optional() })),
});

/** The profile as the command line of aliyun keeps it. A file that says nothing to us leaves the name that was asked for. */
async function cliProfile(named: string | null): Promise<Chosen> {
  const config = await readCliConfig();
  const profile = named ?? config?.current ?? null;
  const roleArn = config?.profiles.find(({ name }) => name === profile)?.ram_role_arn;
  return { profile, role: roleArn ? maskRole(roleArn) : null };
}

async function readCliConfig(): Promise<z.infer<typeof cliConfigSchema> | null> {
  try {
    const text = await readFile(join(homedir(), '.aliyun', 'config.json'), 'utf8');
    return cliConfigSchema.parse(JSON.parse(text));
  } catch {
    // The package has read it and given a key; its own reading decides, and a mistake here may quote secrets.
    return null;
  }
}
