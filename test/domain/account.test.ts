import { describe, expect, it } from 'vitest';
import { type Account, accountText, describeAccount, isSameAccount } from '../../src/domain/account.ts';
import { maskKeyId, maskRole } from '../../src/domain/mask.ts';

const key = (keyId: string): Account => ({ kind: 'key', keyId });
const temporary = (source: string, profile: string | null = null, role: string | null = null): Account => ({
  kind: 'temporary',
  source,
  profile,
  role,
});
const sender = 'acs:ram::1234****3456:role/sender';
const reader = 'acs:ram::1234****3456:role/reader';

describe('an account', () => {
  it.each<[string, Account, Account]>([
    ['the same key', key('LTAI****abcd'), key('LTAI****abcd')],
    ['the same source of temporary keys', temporary('ecs_ram_role'), temporary('ecs_ram_role')],
    ['the same profile', temporary('cli_profile', 'prod'), temporary('cli_profile', 'prod')],
    [
      'the same role, whoever takes it on',
      temporary('oidc_role_arn', null, sender),
      temporary('cli_profile', 'prod', sender),
    ],
  ])('is the same with %s', (_name, one, other) => {
    expect([isSameAccount(one, other), isSameAccount(other, one)]).toEqual([true, true]);
  });

  it.each<[string, Account, Account]>([
    ['another key', key('LTAI****abcd'), key('LTAI****abce')],
    ['a key in place of temporary keys', key('LTAI****abcd'), temporary('env')],
    ['another source of temporary keys', temporary('env'), temporary('ecs_ram_role')],
    ['another profile', temporary('cli_profile', 'prod'), temporary('cli_profile', 'test')],
    ['another role of one profile', temporary('cli_profile', 'prod', sender), temporary('cli_profile', 'prod', reader)],
    ['a role that is not known any more', temporary('cli_profile', 'prod', sender), temporary('cli_profile', 'prod')],
  ])('is another with %s', (_name, one, other) => {
    expect([isSameAccount(one, other), isSameAccount(other, one)]).toEqual([false, false]);
  });

  it('is told in a few words', () => {
    expect([
      describeAccount(key('LTAI****abcd')),
      describeAccount(temporary('ecs_ram_role')),
      describeAccount(temporary('cli_profile', 'prod', sender)),
      accountText(null),
    ]).toEqual([
      'key LTAI****abcd',
      'temporary keys of ecs_ram_role',
      `temporary keys of cli_profile "prod", role ${sender}`,
      'not known before the first send',
    ]);
  });
});

it('masks key ids and the accounts of roles', () => {
  expect(maskKeyId('LTAI5tQwertyuiopabcd')).toBe('LTAI****abcd');
  expect(maskKeyId('emulator')).toBe('****');
  expect(maskRole('acs:ram::1234567890123456:role/sender-2')).toBe('acs:ram::1234****3456:role/sender-2');
});
