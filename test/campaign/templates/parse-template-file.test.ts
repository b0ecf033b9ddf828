import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTemplateFile } from '../../../src/campaign/templates/parse-template-file.ts';
import { readTemplateFile } from '../../../src/campaign/templates/read-template-file.ts';
import {
  TemplateDraftError,
  TemplateDraftUnreadableError,
} from '../../../src/campaign/templates/template-file-error.ts';
import { aDraft } from '../../support/a-draft.ts';

/** The error's text as its author gets it: the message, then the hint. */
function refusal(text: string): string {
  try {
    parseTemplateFile('t.yaml', text);
  } catch (error) {
    if (!(error instanceof TemplateDraftError)) throw error;
    expect([error.kind, error.code]).toEqual(['usage', 'TEMPLATE_DRAFT']);
    return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
  }
  throw new Error('not refused');
}

const head = 'name: order_update\ncategory: UTILITY\nlanguage: en\n';
const plain = `${head}body: "Hi $(name), your order is packed."\n`;
const examples = 'examples: { name: Ann }\n';

describe('a template file', () => {
  it('becomes a draft', () => {
    expect(parseTemplateFile('t.yaml', plain + examples)).toEqual({ code: null, drafts: [aDraft()], warnings: [] });
  });

  it('keeps every field it can have', () => {
    const { code, drafts } = parseTemplateFile(
      't.yaml',
      `code: 7001
name: order_update
category: utility
language: en
header: { format: Document, url: https://shop.example.com/a.pdf, fileName: a.pdf, caption: Terms }
body: |
  Hi $(name),
  your order is packed.
footer: { text: Bye }
buttons:
  - { type: phone_number, text: Call us, phoneNumber: "+12025550123" }
  - { type: URL, text: Shop, url: https://shop.example.com/$(path) }
  - { type: FLOW, text: Book, flowId: 479884093605183, flowAction: navigate, navigateScreen: DETAILS }
examples: { name: Ann, path: 12 }
allowCategoryChange: false
custSpaceId: cams-123
`,
    );
    expect(code).toBe('7001');
    expect(drafts).toEqual([
      aDraft({
        header: {
          kind: 'media',
          format: 'document',
          url: 'https://shop.example.com/a.pdf',
          fileName: 'a.pdf',
          caption: 'Terms',
        },
        body: { text: 'Hi $(name),\nyour order is packed.', addSecretRecommendation: null },
        footer: { text: 'Bye', codeExpirationMinutes: null },
        buttons: [
          { type: 'PHONE_NUMBER', text: 'Call us', phoneNumber: '+12025550123' },
          { type: 'URL', text: 'Shop', url: 'https://shop.example.com/$(path)' },
          { type: 'FLOW', text: 'Book', flowId: '479884093605183', flowAction: 'NAVIGATE', navigateScreen: 'DETAILS' },
        ],
        examples: { name: 'Ann', path: '12' },
        allowCategoryChange: false,
        custSpaceId: 'cams-123',
      }),
    ]);
  });

  it('keeps the fields of an authentication', () => {
    const { drafts } = parseTemplateFile(
      't.yaml',
      `name: sign_in_code
category: AUTHENTICATION
language: en
body: { addSecretRecommendation: true }
footer: { codeExpirationMinutes: 10 }
messageSendTtlSeconds: 120
buttons:
  - type: ONE_TAP
    text: Copy code
    autofillText: Autofill
    packageName: com.example.shop
    signatureHash: K8a/AINcGX7
    supportedApps: [{ packageName: com.example.till, signatureHash: K8a/AINcGX8 }]
`,
    );
    expect(drafts).toMatchObject([
      {
        body: { text: null, addSecretRecommendation: true },
        footer: { text: null, codeExpirationMinutes: 10 },
        messageSendTtlSeconds: 120,
        buttons: [
          {
            type: 'ONE_TAP',
            app: { packageName: 'com.example.shop', signatureHash: 'K8a/AINcGX7' },
            supportedApps: [{ packageName: 'com.example.till', signatureHash: 'K8a/AINcGX8' }],
          },
        ],
      },
    ]);
  });

  it('has a draft for every language, which shares what stands at the top', () => {
    const { drafts } = parseTemplateFile(
      't.yaml',
      `name: order_update
category: UTILITY
footer: Bye
examples: { name: Ann, code: A-1 }
languages:
  en: { body: "Hi $(name), $(code) is packed." }
  zh_CN: { body: "您好 $(name)，$(code) 已打包。", footer: 再见, examples: { name: 小红 } }
`,
    );
    expect(
      drafts.map(({ language, body, footer, examples: values }) => [language, body?.text, footer?.text, values]),
    ).toEqual([
      ['en', 'Hi $(name), $(code) is packed.', 'Bye', { name: 'Ann', code: 'A-1' }],
      ['zh_CN', '您好 $(name)，$(code) 已打包。', '再见', { name: '小红', code: 'A-1' }],
    ]);
  });

  it('tells warnings with their place', () => {
    const { warnings } = parseTemplateFile('t.yaml', `${head}body: "$(name), your order is packed."\n${examples}`);
    expect(warnings).toEqual([
      {
        place: { kind: 'file', file: 't.yaml', line: 4, column: 7 },
        message: 'the text begins with "$(name)"',
        hint: 'put some words around it: the review mostly refuses such a text',
      },
    ]);
  });

  it.each(readdirSync('samples').filter((name) => name.startsWith('template-')))(
    'is without mistakes in %s',
    (name) => {
      expect(parseTemplateFile(name, readFileSync(`samples/${name}`, 'utf8')).warnings).toEqual([]);
    },
  );
});

describe('a mistake in a template file', () => {
  it.each<[text: string, told: string]>([
    ['', 't.yaml:1:1: the template file is empty\nbegin with name, category, language and body'],
    [
      '- name: a\n',
      't.yaml:1:1: a template is a group of fields, such as name: …\nbegin with name, category, language and body',
    ],
    [`${plain}---\na: 1\n`, 't.yaml:5:1: a second document begins here\nkeep one template a file, without "---"'],
    [`category: UTILITY\nlanguage: en\nbody: Hi\n`, 't.yaml:1:1: "name" is missing\nadd name: order_shipped'],
    [
      'name: a\nlanguage: en\nbody: Hi\n',
      't.yaml:1:1: "category" is missing\nadd category: UTILITY, MARKETING, AUTHENTICATION',
    ],
    [
      'name: a\ncategory: UTILTY\nlanguage: en\nbody: Hi\n',
      't.yaml:2:11: "UTILTY" is none of UTILITY, MARKETING, AUTHENTICATION\ndid you mean "UTILITY"?',
    ],
    ['name: a\ncategory: UTILITY\nbody: Hi\n', 't.yaml:1:1: "language" is missing\nadd language: en'],
    [`${plain}${examples}footr: Bye\n`, 't.yaml:6:1: no field "footr" in a template\ndid you mean "footer"?'],
    [`${plain}${examples}footer:\n`, 't.yaml:6:1: "footer" has no value\nwrite a value, or remove the line'],
    [`${plain}${examples}footer: [Bye]\n`, 't.yaml:6:9: "footer" is one text, not a list\nwrite one text'],
    [
      `${plain}${examples}buttons: { type: URL }\n`,
      't.yaml:6:10: "buttons" is a list, not a group of fields\nwrite a list',
    ],
    [`${plain}${examples}buttons: [Stop]\n`, 't.yaml:6:11: this is no group of fields\nwrite - type: …'],
    [
      `${plain}${examples}buttons:\n  - text: Stop\n`,
      't.yaml:7:5: the button has no type\nadd type: PHONE_NUMBER, URL, QUICK_REPLY, COPY_CODE, ONE_TAP, ZERO_TAP, CATALOG, MPM, FLOW',
    ],
    [
      `${plain}${examples}buttons:\n  - { type: URI, text: Shop }\n`,
      't.yaml:7:13: "URI" is none of PHONE_NUMBER, URL, QUICK_REPLY, COPY_CODE, ONE_TAP, ZERO_TAP, CATALOG, MPM, FLOW\ndid you mean "URL"?',
    ],
    [
      `${plain}${examples}buttons:\n  - { type: URL, text: Shop }\n`,
      't.yaml:7:5: "buttons.1.url" is missing\nadd url: https://shop.example.com/$(path)',
    ],
    [
      `${plain}${examples}buttons:\n  - { type: QUICK_REPLY, text: Stop, url: https://shop.example.com }\n`,
      't.yaml:7:38: no field "url" in a QUICK_REPLY button\nit has: type, text, isOptOut',
    ],
    [
      `${plain}${examples}allowCategoryChange: maybe\n`,
      't.yaml:6:22: "maybe" is neither true nor false\nwrite true or false',
    ],
    [
      `${plain}${examples}messageSendTtlSeconds: 10\n`,
      't.yaml:6:24: "10" is not a whole number from 30 to 900\nwrite a number such as 30',
    ],
    [
      `${head}body: "Hi $(name), welcome."\nbody: Hi\n${examples}`,
      't.yaml:5:1: "body" stands twice\nkeep one of the two lines',
    ],
    [
      `${plain}${examples}languages: { zh_CN: { body: 您好 } }\n`,
      't.yaml:3:11: a file has either language or languages\nremove one of the two',
    ],
    [
      `name: a\ncategory: UTILITY\nlanguages:\n  en: { name: b, body: Hi }\n`,
      't.yaml:4:15: "name" is the same for all languages\nwrite it at the top of the file',
    ],
    // rules, at the place of what breaks them
    [
      `${plain}`,
      't.yaml:1:1: "$(name)" in the body has no example\nadd name: … under examples, as a reader could get it',
    ],
    [`${head}body: Hi {{1}}.\n`, 't.yaml:4:7: the body has "{{1}}"\na variable is written $(1)'],
    [
      `${head}body: {{1}}\n`,
      't.yaml:4:8: a value that begins with a brace needs quotes\nput it in quotes; a variable is written $(name)',
    ],
    [`${head}body:\n  text: Hi {{1}}.\n`, 't.yaml:5:9: the body has "{{1}}"\na variable is written $(1)'],
    [
      `${plain}${examples}buttons:\n  - type: URL\n    text: Shop\n    url: https://shop.example.com/\n  - type: QUICK_REPLY\n    text: Stop\n`,
      't.yaml:10:5: a QUICK_REPLY button stands beside a URL button\nkeep quick replies, or the buttons that call and link',
    ],
    [
      `name: a\ncategory: UTILITY\nfooter: Bye $(x)\nlanguages:\n  en: { body: Hi }\n  de: { body: Hallo }\n`,
      't.yaml:3:9: the footer has the variable "$(x)"\nthe footer takes none: write it out',
    ],
    [
      `name: a\ncategory: UTILITY\nlanguages:\n  en: { body: Hi }\n  zh_cn: { body: 您好 }\n`,
      't.yaml:5:10: no language "zh_cn"\ndid you mean "zh_CN"?',
    ],
  ])('is told with its place and the fix: %j', (text, told) => {
    expect(refusal(text)).toBe(told);
  });

  it('is told with all others, in the order of the file', () => {
    const text = 'name: Order\ncategory: MARKETING\nlanguage: english\nbody: Hi\nfooter: Bye $(x)\n';
    expect(refusal(text)).toBe(`3 mistakes in the template
  t.yaml:1:7: "Order" is no name for a template
    use small letters, digits and underscores: order
  t.yaml:3:11: no language "english"
    write a code such as en, pt_BR or zh_CN
  t.yaml:5:9: the footer has the variable "$(x)"
    the footer takes none: write it out`);
  });
});

describe('a template file that cannot be read', () => {
  it.each([
    ['ENOENT', 'no template file "t.yaml"'],
    ['EACCES', 'cannot read the template file "t.yaml" (EACCES)'],
  ])('is told with %s', async (code, message) => {
    const cause = Object.assign(new Error('no'), { code });
    const reading = readTemplateFile('t.yaml', () => Promise.reject(cause));
    await expect(reading).rejects.toThrow(TemplateDraftUnreadableError);
    await expect(reading).rejects.toMatchObject({ message, kind: 'usage' });
  });
});
