/** What every `TemplateSource` promises, wherever its templates come from. */
import { describe, expect, it } from 'vitest';
import type { TemplateSource } from '../../src/domain/template-source.ts';

export interface OpenedTemplateSource extends AsyncDisposable {
  /** Holds `order_shipped` in `en` and `zh_CN`, body `Hi $(name)`, approved, and nothing else. */
  readonly source: TemplateSource;
}

export function templateSourceContract(name: string, open: () => Promise<OpenedTemplateSource>): void {
  describe(`${name} as a template source`, () => {
    it('finds one language variant', async () => {
      await using opened = await open();
      const found = await opened.source.find('order_shipped', 'zh_CN');
      expect(found).toMatchObject({
        kind: 'found',
        template: {
          code: 'order_shipped',
          language: 'zh_CN',
          status: 'approved',
          body: {
            raw: 'Hi $(name)',
            pieces: [
              { kind: 'literal', text: 'Hi ' },
              { kind: 'variable', name: 'name' },
            ],
          },
          unsupported: [],
        },
      });
    });

    it.each([
      ['a code it does not have', 'order_lost', 'en'],
      ['a language the template does not have', 'order_shipped', 'pt_BR'],
      ['a language written with other letters', 'order_shipped', 'ZH_cn'],
      ['a code written with other letters', 'Order_Shipped', 'en'],
    ])('answers missing for %s', async (_name, code, language) => {
      await using opened = await open();
      const lookup = await opened.source.find(code, language);
      expect(lookup).toEqual({
        kind: 'missing',
        code: expect.stringMatching(/^\S+$/),
        reason: expect.stringMatching(/\S/),
      });
    });

    it('answers the same again, detail and all', async () => {
      await using opened = await open();
      const [first, second] = await Promise.all([
        opened.source.find('order_shipped', 'en'),
        opened.source.find('order_shipped', 'en'),
      ]);
      expect(second).toEqual(first);
      if (first?.kind !== 'found') throw new Error('the template is there');
      expect(JSON.parse(first.detail)).toMatchObject({ TemplateCode: 'order_shipped', Language: 'en' });
    });

    it('gives every variant a detail of its own', async () => {
      await using opened = await open();
      const details = new Set<string>();
      for (const language of ['en', 'zh_CN']) {
        const lookup = await opened.source.find('order_shipped', language);
        if (lookup.kind === 'found') details.add(lookup.detail);
      }
      expect(details.size).toBe(2);
    });
  });
}
