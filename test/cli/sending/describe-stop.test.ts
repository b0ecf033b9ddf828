import { describe, expect, it } from 'vitest';
import { describeStop } from '../../../src/cli/sending/describe-stop.ts';
import type { StopReason } from '../../../src/run/stop-rules.ts';

const campaign = { custSpaceId: null };

const refused = (code: string, requestId: string | null): StopReason => ({
  kind: 'refused',
  channel: 'whatsapp',
  refusal: { code, scope: 'account', reason: 'the words of the service', requestId },
});

describe('describeStop', () => {
  it.each<[StopReason, readonly string[]]>([
    [{ kind: 'interrupted' }, ['stopped: interrupted']],
    [
      { kind: 'failures', failed: 1200, answered: 2400 },
      [
        'stopped: 1,200 of 2,400 answers were failures',
        'hint: look at the causes below; --stop-after changes the threshold',
      ],
    ],
    [{ kind: 'duration', afterMs: 5_400_000 }, ['stopped: the maximal duration of 1 h 30 min has passed']],
    [
      { kind: 'hours', opensAt: Date.UTC(2026, 10, 22) },
      [
        'stopped: promotions go to mainland China until 20:00 China time',
        'hint: the rest may go from 2026-11-22 00:00 UTC on; --ignore-hours hands it over now',
      ],
    ],
    [
      { kind: 'unreachable', code: 'ECONNREFUSED', forMs: 60_000 },
      ['stopped: no connection for 1 min (ECONNREFUSED)', 'hint: check the network and the endpoint, then go on'],
    ],
    [
      { kind: 'dailyCap', cap: 10_000, left: 2_000, goesOnAt: Date.UTC(2026, 10, 22, 10, 1, 40) },
      [
        'stopped: the daily cap of 10,000 messages is reached',
        'hint: 2,000 more may go after 2026-11-22 10:02 UTC; --daily-cap changes the cap',
      ],
    ],
    [
      { kind: 'dailyCap', cap: 1_000, left: 5_000, goesOnAt: Date.UTC(2026, 10, 22, 10, 2) },
      [
        'stopped: the daily cap of 1,000 messages is reached',
        'hint: 1,000 of 5,000 more may go after 2026-11-22 10:03 UTC; --daily-cap changes the cap',
      ],
    ],
  ])('says why the run ended: %j', (reason, lines) => {
    expect(describeStop(reason, campaign)).toEqual(lines);
  });

  it('gives the cause and the fix of a refusal, the words of the service, and the request for its support', () => {
    expect(describeStop(refused('Product.Unsubscript', 'R-1'), campaign)).toEqual([
      expect.stringMatching(/^stopped: the service refuses the account: Product\.Unsubscript: .+\.$/),
      '  it said: the words of the service (request R-1)',
      expect.stringMatching(/^hint: .+\.$/),
    ]);
  });

  it('names the right that is missing, who needs it, and the policy for the whole campaign', () => {
    const lines = describeStop(refused('Ram.PermissionDeny', null), { custSpaceId: 'cams-1' });
    expect(lines.at(-1)).toBe(
      'hint: grant cams:SendChatappMessage to the RAM user or role: send, resume, retry need it; a policy for the whole campaign: {"Version":"1","Statement":[{"Effect":"Allow","Action":["cams:GetChatappTemplateDetail","cams:GetWhatsappHealthStatus","cams:ListChatappMessage","cams:QueryChatappPhoneNumbers","cams:SendChatappMessage"],"Resource":"*"}]}',
    );
  });

  it('names the right to mass sending where messages went so', () => {
    const lines = describeStop(refused('NoPermission', null), { custSpaceId: null, mode: 'mass' });
    expect(lines.at(-1)).toContain('grant cams:SendChatappMassMessage to the RAM user or role: send, resume, retry');
    expect(lines.at(-1)).not.toContain('"cams:SendChatappMessage"');
  });

  it('names the service and the right of text messages that stand in for others', () => {
    const reason = { kind: 'refused', channel: 'sms' } as const;
    const refusal = { scope: 'account', reason: 'no', requestId: null } as const;
    const both = { custSpaceId: null, channel: 'whatsapp', mode: 'single', texts: 'batch' } as const;
    const poor = describeStop({ ...reason, refusal: { ...refusal, code: 'isv.AMOUNT_NOT_ENOUGH' } }, both);
    expect(poor[0]).toMatch(/^stopped: the service of sms refuses the account: isv\.AMOUNT_NOT_ENOUGH: .+\.$/);
    const denied = describeStop({ ...reason, refusal: { ...refusal, code: 'isp.RAM_PERMISSION_DENY' } }, both);
    expect(denied.at(-1)).toContain('grant dysms:SendSms to the RAM user or role: send, resume, retry need it');
    expect(denied.at(-1)).toContain('"cams:SendChatappMessage","dysms:GetSmsSign"');
  });

  it('has something to say of a code that nobody lists', () => {
    expect(describeStop(refused('Never.Heard', null), campaign)).toEqual([
      'stopped: the service refuses the account: Never.Heard: The service refused the message with a code that sendoff does not know.',
      '  it said: the words of the service',
      'hint: Look the code up in the documentation of the service, or ask its support.',
    ]);
  });
});
