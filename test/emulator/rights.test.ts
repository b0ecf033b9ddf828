import { afterEach, describe, expect, it } from 'vitest';
import { realClock } from '../../src/emulator/emulator-clock.ts';
import { EmulatorOptionError } from '../../src/emulator/emulator-option-error.ts';
import { type Emulator, startEmulator } from '../../src/emulator/server.ts';
import { callService, sendMessage, sendSigned } from './support/signed-request.ts';

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

describe('rights that are taken away', () => {
  it('refuse the call as RAM does, and leave the others', async () => {
    emulator = await startEmulator({ denied: ['cams:SendChatappMessage'] });
    expect(await sendMessage(emulator.url)).toEqual({
      status: 403,
      body: {
        Code: 'Ram.PermissionDeny',
        Message: 'The RAM user is not permitted to perform this operation.',
        RequestId: expect.any(String),
        AccessDeniedDetail: {
          AuthAction: 'cams:SendChatappMessage',
          AuthPrincipalType: 'SubUser',
          AuthPrincipalOwnerId: '1000000000000001',
          AuthPrincipalDisplayName: '2000000000000002',
          PolicyType: 'AccountLevelIdentityBasedPolicy',
          NoPermissionType: 'ImplicitDeny',
        },
      },
    });
    const query = { TemplateCode: 'order_shipped', Language: 'en' };
    expect((await callService(emulator.url, { action: 'GetChatappTemplateDetail', query })).status).toBe(200);
    expect(emulator.accepted()).toEqual([]);
  });

  it('are told by name where there is no such action', async () => {
    await expect(startEmulator({ denied: ['cams:SendMessage'] })).rejects.toThrow(EmulatorOptionError);
    await expect(startEmulator({ denied: ['cams:SendMessage'] })).rejects.toThrow(
      /^emulator: denied\[0\] must be one of cams:SendChatappMessage, .*, not "cams:SendMessage"$/,
    );
  });
});

describe('a clock that is wrong', () => {
  it('shows in the date of every answer', async () => {
    const now = Date.UTC(2026, 10, 21, 12);
    emulator = await startEmulator({ clockSkewMs: 600_000, clock: { ...realClock, now: () => now } });
    const { headers } = await sendSigned(emulator.url, { action: 'QueryChatappPhoneNumbers' });
    expect(headers.date).toBe('Sat, 21 Nov 2026 12:10:00 GMT');
  });

  it.each([-1_200_000, 1_200_000])('expires requests that are signed by the right time: %d ms', async (clockSkewMs) => {
    emulator = await startEmulator({ clockSkewMs });
    expect(await sendMessage(emulator.url)).toMatchObject({ status: 400, body: { Code: 'InvalidTimeStamp.Expired' } });
  });
});
