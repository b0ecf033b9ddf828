/** What every `TemplateSource` promises, wherever its templates come from. */
import { describe, expect, it } from 'vitest';
import type { TemplateSource } from '../../src/domain/template-source.ts';

export interface OpenedTemplateSource extends AsyncDisposable {
  /** Holds `HeldTemplate`, approved, and nothing else. */
  readonly source: TemplateSource;
}

export interface HeldTemplate {
  readonly code: string;
  /** Several, or one empty text where templates have no variants. */
  readonly languages: readonly string[];
  /** The body: `Hi ` and the variable `name`, as the service writes it. */
  readonly body: string;
}

const chatTemplate: HeldTemplate = { code: 'order_shipped', languages: ['en', 'zh_CN'], body: 'Hi $(name)' };

export function templateSourceContract(
  name: string,
  open: () => Promise<OpenedTemplateSource>,
  held: HeldTemplate = chatTemplate,
): void {
  const { code, languages, body } = held;
  const [first = ''] = languages;
  const hasVariants = languages.length > 1;

  describe(`${name} as a template source`, () => {
    it.each(languages)('finds the language variant "%s"', async (language) => {
      await using opened = await open();
      const found = await opened.source.find(code, language);
      expect(found).toMatchObject({
        kind: 'found',
        template: {
          code,
          language,
          status: 'approved',
          body: {
            raw: body,
            pieces: [
              { kind: 'literal', text: 'Hi ' },
              { kind: 'variable', name: 'name' },
            ],
          },
          unsupported: [],
        },
      });
    });

    const missingVariants: readonly [string, string, string][] = [
      ['a language the template does not have', code, 'pt_BR'],
      ['a language written with other letters', code, 'ZH_cn'],
    ];

    it.each<[string, string, string]>([
      ['a code it does not have', 'order_lost', first],
      [
        'a code written with other letters',
        code.toLowerCase() === code ? code.toUpperCase() : code.toLowerCase(),
        first,
      ],
      ...(hasVariants ? missingVariants : []),
    ])('answers missing for %s', async (_name, wanted, language) => {
      await using opened = await open();
      const lookup = await opened.source.find(wanted, language);
      expect(lookup).toEqual({
        kind: 'missing',
        code: expect.stringMatching(/^\S+$/),
        reason: expect.stringMatching(/\S/),
      });
    });

    it('answers the same again, detail and all', async () => {
      await using opened = await open();
      const [one, other] = await Promise.all([opened.source.find(code, first), opened.source.find(code, first)]);
      expect(other).toEqual(one);
      if (one?.kind !== 'found') throw new Error('the template is there');
      expect(JSON.parse(one.detail)).toMatchObject({ TemplateCode: code, ...(hasVariants && { Language: first }) });
    });

    it('gives every variant a detail of its own', async () => {
      await using opened = await open();
      const details = new Set<string>();
      for (const language of languages) {
        const lookup = await opened.source.find(code, language);
        if (lookup.kind === 'found') details.add(lookup.detail);
      }
      expect(details.size).toBe(languages.length);
    });
  });
}
