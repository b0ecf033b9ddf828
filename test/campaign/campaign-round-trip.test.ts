import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { CampaignFileError } from '../../src/campaign/campaign-file-error.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import type {
  Campaign,
  LanguageChoice,
  ParamSource,
  SmsFallback,
  TemplateChoice,
  TemplateFallback,
} from '../../src/domain/campaign.ts';
import { formatRate } from '../../src/domain/parse-rate.ts';
import { formatThreshold } from '../../src/domain/parse-threshold.ts';
import { requestFieldChannels, requestFields } from '../../src/domain/request-fields.ts';
import { messageTypes } from '../../src/domain/session/check-content.ts';
import type { TextTree } from '../../src/domain/text-tree.ts';

const words = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => text.trim() !== '');
const variable = words.filter((name) => name !== '__proto__');

const rate = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 1_000_000 }), perMs: fc.constantFrom(1000, 60_000, 3_600_000) }),
  fc.record({ count: fc.integer({ min: 0, max: 1000 }).map((half) => 2 * half + 1), perMs: fc.constant(2000) }),
);

const language: fc.Arbitrary<LanguageChoice> = fc.oneof(
  words.map((code) => ({ kind: 'fixed', language: code }) as const),
  fc.record({ kind: fc.constant('column' as const), column: words, fallback: fc.option(words) }),
);

const param: fc.Arbitrary<ParamSource> = fc.oneof(
  words.map((column) => ({ kind: 'column', column }) as const),
  fc.string({ unit: 'grapheme' }).map((text) => ({ kind: 'text', text }) as const),
  words.map((column) => ({ kind: 'text', text: `{{ ${column} }}` }) as const),
);

const threshold = fc.oneof(
  fc.integer({ min: 1, max: 1000 }).map((mille) => ({ kind: 'share', share: mille / 10 / 100 }) as const),
  fc.integer({ min: 1, max: 1000 }).map((count) => ({ kind: 'count', count }) as const),
);

const template: fc.Arbitrary<TemplateChoice> = fc.record({
  code: words,
  language,
  params: fc.array(fc.tuple(variable, param), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
});

/** As the file's parser gives it: texts, and nothing where a line has no value. */
const { tree } = fc.letrec<{ tree: TextTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.string({ unit: 'grapheme' }),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(variable, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

const session = fc.record({
  kind: fc.constant('session' as const),
  type: fc.constantFrom(...messageTypes('whatsapp')),
  content: fc.oneof(
    words.map((column) => ({ kind: 'column', column }) as const),
    fc
      .dictionary(variable, tree, { maxKeys: 4, noNullPrototype: true })
      .filter((fields) => Object.keys(fields).join() !== 'column')
      .map((fields) => ({ kind: 'fields', fields }) as const),
  ),
});

const fallback: fc.Arbitrary<TemplateFallback> = fc.record({
  kind: fc.constant('template' as const),
  template,
  on: fc.uniqueArray(fc.constantFrom('SessionWindowExpired', '131047', '131026', '131999'), { minLength: 1 }),
});

const smsFallback: fc.Arbitrary<SmsFallback> = fc.record({
  kind: fc.constant('sms' as const),
  sms: fc.record({
    sign: fc.oneof(
      words.map((sign) => ({ kind: 'fixed', sign: sign.trim() }) as const),
      words.map((column) => ({ kind: 'column', column }) as const),
    ),
    code: words,
    params: template.map(({ params }) => params),
    outId: fc.option(words),
    extendCode: fc.option(words),
  }),
  on: fc.uniqueArray(fc.constantFrom('131026', '131049', '131047'), { minLength: 1 }),
  send: fc.record({ mode: fc.constantFrom('batch' as const, 'single' as const), rate }),
});

const request: fc.Arbitrary<Campaign['request']> = fc.dictionary(
  fc.constantFrom(...requestFields.filter((field) => requestFieldChannels[field].includes('whatsapp'))),
  tree,
  { noNullPrototype: true },
);

const ownTemplate = template.map((choice) => ({ kind: 'template' as const, ...choice }));

const prices = fc.option(words.map((name) => `/lists/${name.replaceAll('/', '-')}`));

/** What goes out, and what may go out instead; prices are of templates and text messages. */
const contents: fc.Arbitrary<Pick<Campaign, 'content' | 'fallback' | 'rates'>> = fc.oneof(
  fc.record({ content: ownTemplate, fallback: fc.constant(null), rates: prices }),
  fc.record({ content: session, fallback: fc.option(fallback), rates: fc.constant(null) }),
  fc.record({
    content: fc.oneof(ownTemplate, session),
    fallback: smsFallback,
    rates: prices,
  }),
);

const others: fc.Arbitrary<Omit<Campaign, 'content' | 'fallback' | 'rates' | 'request'>> = fc.record({
  name: fc.stringMatching(/^[\p{L}\p{N}_-][\p{L}\p{N} _-]{0,40}[\p{L}\p{N}]$/u),
  channel: fc.constant('whatsapp' as const),
  from: fc.stringMatching(/^[1-9]\d{6,14}$/),
  custSpaceId: fc.option(fc.stringMatching(/^[a-z][\w-]{0,30}$/)),
  recipients: fc.record({
    file: words.map((name) => `/lists/${name.replaceAll('/', '-')}`),
    format: fc.option(fc.constantFrom('csv' as const, 'tsv' as const, 'json' as const, 'jsonl' as const)),
    delimiter: fc.option(fc.constantFrom(',', ';', '\t', '|', '^', ' ')),
    encoding: fc.option(fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252')),
    to: words,
    country: fc.option(fc.constantFrom('CN', 'NO', 'DE', 'US')),
    suppress: fc.option(words.map((name) => `/lists/${name.replaceAll('/', '-')}`)),
  }),
  expect: fc.record({
    category: fc.option(fc.constantFrom('MARKETING' as const, 'UTILITY' as const, 'AUTHENTICATION' as const)),
  }),
  send: fc.record({
    mode: fc.constantFrom('single' as const, 'mass' as const),
    rate,
    senderRate: fc.option(rate),
    concurrency: fc.integer({ min: 1, max: 10_000 }),
    stopAfter: fc.option(fc.record({ failures: threshold, atLeast: fc.integer({ min: 1, max: 1_000_000 }) })),
    maxDurationMs: fc.option(fc.integer({ min: 1, max: 31_536_000 }).map((seconds) => seconds * 1000)),
    dailyCap: fc.oneof(
      fc.constant({ kind: 'tier' } as const),
      fc.constant({ kind: 'none' } as const),
      fc.integer({ min: 1, max: 1_000_000_000 }).map((count) => ({ kind: 'count', count }) as const),
    ),
  }),
});

/** Mass sending takes templates alone, and not every field of the request; of two text messages a row may have one. */
const campaigns: fc.Arbitrary<Campaign> = fc.tuple(others, contents, request).map(([rest, said, written]) => {
  const { smsFallback: _, ...withoutText } = written;
  const fields = said.fallback?.kind === 'sms' ? withoutText : written;
  const mass = rest.send.mode === 'mass' && said.content.kind === 'template' && said.fallback === null;
  const mode = mass ? ('mass' as const) : ('single' as const);
  return { ...rest, ...said, request: mass ? {} : fields, send: { ...rest.send, mode } };
});

function writtenTemplate({ code, language, params }: TemplateChoice): unknown {
  return {
    code,
    language:
      language.kind === 'fixed'
        ? language.language
        : { column: language.column, ...(language.fallback === null ? {} : { default: language.fallback }) },
    params: writtenParams(params),
  };
}

function writtenParams(params: TemplateChoice['params']): object {
  return Object.fromEntries(Object.entries(params).map(([name, source]) => [name, writtenParam(source)]));
}

function writtenContent({ content }: Campaign): object {
  if (content.kind === 'template') return { template: writtenTemplate(content) };
  if (content.kind === 'sms') throw new Error('a campaign of these tests is of a chat channel');
  const { type, content: source } = content;
  return { message: { type, content: source.kind === 'column' ? source.column : source.fields } };
}

function writtenFallback({ fallback }: Campaign): object {
  if (fallback === null) return {};
  const { on } = fallback;
  if (fallback.kind === 'template') return { fallback: { template: writtenTemplate(fallback.template), on } };
  const { sign, code, params, outId, extendCode } = fallback.sms;
  return {
    fallback: {
      channel: 'sms',
      sign: sign.kind === 'fixed' ? sign.sign : { column: sign.column },
      template: { code, params: writtenParams(params) },
      on,
      ...(outId !== null && { outId }),
      ...(extendCode !== null && { extendCode }),
      send: { rate: formatRate(fallback.send.rate), batch: fallback.send.mode === 'batch' },
    },
  };
}

/** The campaign as an operator would write it, short forms and real numbers included; null means the line is left out. */
function written(campaign: Campaign): unknown {
  const { custSpaceId, recipients, rates, expect: expected, send } = campaign;
  return {
    name: campaign.name,
    from: Number(campaign.from),
    ...(custSpaceId === null ? {} : { custSpaceId }),
    recipients: Object.fromEntries(Object.entries(recipients).filter(([, value]) => value !== null)),
    ...writtenContent(campaign),
    ...writtenFallback(campaign),
    ...(rates !== null && { rates }),
    request: campaign.request,
    ...(expected.category === null ? {} : { expect: { category: expected.category.toLowerCase() } }),
    send: {
      mode: send.mode,
      rate: formatRate(send.rate),
      ...(send.senderRate === null ? {} : { senderRate: formatRate(send.senderRate) }),
      concurrency: send.concurrency,
      stopAfter:
        send.stopAfter === null
          ? 'never'
          : { failures: formatThreshold(send.stopAfter.failures), atLeast: send.stopAfter.atLeast },
      ...(send.maxDurationMs === null ? {} : { maxDuration: `${send.maxDurationMs / 1000}s` }),
      dailyCap: send.dailyCap.kind === 'count' ? send.dailyCap.count : send.dailyCap.kind,
    },
  };
}

function writtenParam(source: ParamSource): unknown {
  const template = /\{[{%]/;
  if (source.kind === 'column') return template.test(source.column) ? { column: source.column } : source.column;
  return template.test(source.text) ? source.text : { text: source.text };
}

describe('a campaign', () => {
  it('is read back as the same value from YAML and from JSON', async () => {
    await fc.assert(
      fc.asyncProperty(campaigns, async (campaign) => {
        const yaml = stringify(written(campaign));
        expect(await readCampaign({ path: 'c.yaml', flags: {} }, async () => yaml)).toEqual(campaign);
        const json = JSON.stringify(written(campaign), null, '\t');
        expect(await readCampaign({ path: 'c.json', flags: {} }, async () => json)).toEqual(campaign);
      }),
    );
  });

  it('is a value or a list of mistakes with places inside the file, whatever the text', async () => {
    const pieces = fc.constantFrom(
      ...['from:', 'send:', 'rate:', 'params:', '{', '}', '[', ']', ':', '-', '*a', '&a', '"', "'", '\t', '\n', '  '],
      ...['template: ', 'recipients: ', '!x', '---', '#', '?', '|', '>', '<<', '1', 'null', ',', '%', '\u0000'],
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const error: unknown = await readCampaign({ path: 'c.yaml', flags: {} }, async () => text).catch(
          (reason) => reason,
        );
        if (!(error instanceof CampaignFileError)) throw new Error('no list of mistakes', { cause: error });
        const lines = text.split('\n').length;
        for (const { place } of error.mistakes) {
          expect(place.kind === 'file' && place.line >= 1 && place.line <= lines && place.column >= 1).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
