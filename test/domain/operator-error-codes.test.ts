/** Every error that an operator can meet is explained, and nothing is explained that nobody can meet. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/campaign/explain.ts';
import { findingCodes } from '../../src/domain/finding-codes.ts';
import { operatorErrorCodes } from '../../src/domain/operator-error-codes.ts';

const sources = fileURLToPath(new URL('../../src', import.meta.url));

/** The codes that classes of errors declare, as literals of `code`, in its value or in its type. */
function declaredCodes(): readonly string[] {
  return globSync('**/*.ts', { cwd: sources }).flatMap((file) => {
    const text = readFileSync(`${sources}/${file}`, 'utf8');
    const declarations = text.match(/override readonly code\b[^;]*;/g) ?? [];
    return declarations.flatMap((declaration) => declaration.match(/(?<=')[A-Z_]+(?=')/g) ?? []);
  });
}

describe('operatorErrorCodes', () => {
  it('holds every code of an operator error, and no other', () => {
    expect(Object.keys(operatorErrorCodes).toSorted()).toEqual([...new Set(declaredCodes())].toSorted());
  });

  it('says a cause and a fix of each in whole sentences', () => {
    const incomplete = Object.entries(operatorErrorCodes).filter(
      ([, { cause, fix }]) => !/^[A-Z].*\.$/.test(cause) || !/^[A-Z].*\.$/.test(fix),
    );
    expect(incomplete).toEqual([]);
  });
});

describe('explain', () => {
  it.each(Object.keys(operatorErrorCodes))('answers for the error %s', (code) => {
    expect(explain(code, operatorErrorCodes)).toMatchObject({ kind: 'known', code, meanings: [{ kind: 'operator' }] });
  });

  it.each(Object.keys(findingCodes))('answers for the finding %s', (code) => {
    expect(explain(code, operatorErrorCodes)).toMatchObject({ kind: 'known', code, meanings: [{ kind: 'finding' }] });
  });
});
