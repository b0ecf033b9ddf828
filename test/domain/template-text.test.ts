import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplateText } from '../../src/domain/template-text.ts';

const literal = (text: string) => ({ kind: 'literal', text });
const variable = (name: string) => ({ kind: 'variable', name });

describe('parseTemplateText', () => {
  it.each([
    ['Hi $(name)!', [literal('Hi '), variable('name'), literal('!')]],
    ['$(a)$(b)', [variable('a'), variable('b')]],
    ['$(1)', [variable('1')]],
    ['$(first name)', [variable('first name')]],
    ['', []],
    ['no variable', [literal('no variable')]],
    ['$(open', [literal('$(open')]],
    ['$()', [literal('$()')]],
    ['costs $5 (net)', [literal('costs $5 (net)')]],
    ['{{1}}', [literal('{{1}}')]],
  ])('cuts %j', (raw, pieces) => {
    expect(parseTemplateText(raw)).toEqual({ raw, pieces });
  });

  it('loses nothing of the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('$', '(', ')', 'a', ' ', '$(', '$(x)', '\n', '名')), (parts) => {
        const raw = parts.join('');
        const joined = parseTemplateText(raw).pieces.map((piece) =>
          piece.kind === 'literal' ? piece.text : `$(${piece.name})`,
        );
        expect(joined.join('')).toBe(raw);
      }),
    );
  });
});
