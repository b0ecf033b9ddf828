import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { diagnosisClass, listedCodes, lookUp, meaningsOf } from '../../src/domain/catalogue.ts';
import data from '../../src/domain/catalogue-data.json' with { type: 'json' };

const entries = z
  .array(
    z.strictObject({
      service: z.enum(['cams', 'gateway', 'whatsapp', 'sms', 'carrier']),
      code: z.string().regex(/^[\w.]+\*?$/),
      cause: z.string().regex(/^\S.*[.)]$/),
      fix: z.string().regex(/^\S.*\.$/),
      scope: z.enum(['row', 'campaign', 'account', 'transient']),
      retryable: z.enum(['never', 'backoff', 'later']),
      throttle: z.literal(true).optional(),
      waitSeconds: z.int().positive().optional(),
      delivered: z.enum(['no', 'unknown', 'yes']),
      source: z.string().min(1),
    }),
  )
  .min(250);

describe('the catalogue data', () => {
  const all = entries.parse(data);

  it('holds every code once a service', () => {
    const keys = all.map((entry) => `${entry.service} ${entry.code}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('puts a row back in line only after a definite no that passes by itself', () => {
    const throttles = all.filter((entry) => entry.throttle === true);
    expect(throttles.map((entry) => entry.code)).toEqual(
      expect.arrayContaining([
        'System.LimitControl',
        'Throttling',
        'Throttling.User',
        'Throttling*',
        '130429',
        '80007',
      ]),
    );
    expect(throttles.map((entry) => entry.code)).not.toContain('131056');
    expect(throttles.filter((entry) => entry.delivered !== 'no' || entry.scope !== 'transient')).toEqual([]);
  });

  it('never calls lasting what it calls transient', () => {
    expect(all.filter((entry) => entry.scope === 'transient' && entry.retryable === 'never')).toEqual([]);
  });

  it('names a wait only where a retry can help', () => {
    expect(all.filter((entry) => entry.waitSeconds !== undefined && entry.retryable === 'never')).toEqual([]);
  });

  it('lets only rows of an unknown fate speak of looking the message up', () => {
    expect(all.filter((entry) => /may have gone out/.test(entry.fix) && entry.delivered !== 'unknown')).toEqual([]);
  });
});

describe('lookUp', () => {
  it('finds a code of CAMS, of the gateway and of WhatsApp in an answer of CAMS', () => {
    const services = ['Product.Unsubscript', 'SignatureDoesNotMatch', '131049'].map(
      (code) => lookUp(code, 'cams')?.service,
    );
    expect(services).toEqual(['cams', 'gateway', 'whatsapp']);
  });

  it('does not find a code of SMS in an answer of CAMS', () => {
    expect(lookUp('isv.OUT_OF_SERVICE', 'cams')).toBeNull();
    expect(lookUp('isv.OUT_OF_SERVICE', 'sms')?.scope).toBe('account');
  });

  it('prefers the meaning that the answering service gives a code', () => {
    expect(lookUp('TemplateNotFound', 'cams')?.service).toBe('cams');
    expect(lookUp('TemplateNotFound', 'sms')?.service).toBe('sms');
  });

  it.each([
    ['Throttling.Whatever', 'transient'],
    ['ThrottlingException', 'transient'],
    ['InvalidParameter.Whatever', 'campaign'],
    ['InvalidParameter.ToWhatever', 'row'],
    ['MissingParameter.Whatever', 'campaign'],
    ['MissingParameterWhatever', 'campaign'],
    ['Forbidden.Whatever', 'account'],
    ['NoPermission.Whatever', 'account'],
    ['InvalidAccessKeyId.Whatever', 'account'],
    ['InvalidSecurityToken.Whatever', 'account'],
    ['InvalidTimeStamp.Whatever', 'account'],
    ['SignatureDoesNotMatch.Whatever', 'account'],
    ['InternalError.Whatever', 'transient'],
    ['ServiceUnavailable.Whatever', 'transient'],
    ['HTTP_404', 'row'],
    ['HTTP_502', 'transient'],
    ['CERT_REVOKED', 'transient'],
  ])('classes %s, which no list names, as %s', (code, scope) => {
    const entry = lookUp(code, 'cams');
    expect({ code: entry?.code, scope: entry?.scope }).toEqual({ code, scope });
  });

  it('takes an answer without a code for a definite no only where its HTTP status is one', () => {
    const codes = ['HTTP_404', 'HTTP_408', 'HTTP_302', 'HTTP_500', 'NO_CODE', 'INTERRUPTED'];
    expect(codes.map((code) => lookUp(code, 'cams')?.delivered)).toEqual([
      'no',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('marks an unlisted member of the throttling family as a throttle', () => {
    expect(lookUp('Throttling.Whatever', 'cams')?.throttle).toBe(true);
  });

  it('prefers the entry of a code to that of its family', () => {
    expect(lookUp('InvalidParameter.PhoneNumberError', 'cams')?.scope).toBe('row');
  });

  it('answers null for a code that nobody has described', () => {
    expect(lookUp('Never.Heard.Of')).toBeNull();
    expect(lookUp('')).toBeNull();
    expect(lookUp('constructor')).toBeNull();
  });
});

describe('meaningsOf', () => {
  it('gives one meaning a service', () => {
    expect(meaningsOf('TemplateNotFound').map((entry) => entry.service)).toEqual(['cams', 'sms']);
  });

  it('gives the meaning of the family where no service lists the code', () => {
    expect(meaningsOf('Throttling.Whatever')).toEqual([lookUp('Throttling.Whatever')]);
    expect(meaningsOf('Never.Heard.Of')).toEqual([]);
  });
});

describe('diagnosisClass', () => {
  it('is the scope of a known code', () => {
    const codes = ['131026', 'TemplateNotFound', 'InsufficientBalance', 'System.LimitControl'];
    expect(codes.map((code) => diagnosisClass(code))).toEqual(['row', 'campaign', 'account', 'transient']);
  });

  it('takes a code that nobody has described to concern its row alone', () => {
    expect(diagnosisClass('Never.Heard.Of')).toBe('row');
  });
});

it('lists no family among the codes', () => {
  expect(listedCodes().filter((code) => code.endsWith('*'))).toEqual([]);
  expect(listedCodes()).toContain('ECONNREFUSED');
});
