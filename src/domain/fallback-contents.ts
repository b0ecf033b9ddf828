/** Contents that stand in for others: what is wrong with them is told as being about the fallback. */
import type { Finding } from './finding.ts';
import type { SmsContents } from './sms-contents.ts';
import type { TemplateContents } from './template-contents.ts';

export function asTemplateFallback(inner: TemplateContents): TemplateContents {
  return {
    ...inner,
    findings: () => aboutFallback(inner.findings()),
    addTemplate: (language, lookup) => aboutFallback(inner.addTemplate(language, lookup)),
    contentOf: (row, findings) => telling(findings, (own) => inner.contentOf(row, own)),
  };
}

export function asSmsFallback(inner: SmsContents): SmsContents {
  return {
    ...inner,
    findings: () => aboutFallback(inner.findings()),
    addTemplate: (lookup) => aboutFallback(inner.addTemplate(lookup)),
    addSign: (name, lookup, approved) => aboutFallback(inner.addSign(name, lookup, approved)),
    contentOf: (row, to, findings) => telling(findings, (own) => inner.contentOf(row, to, own)),
  };
}

function telling<T>(findings: Finding[], make: (own: Finding[]) => T): T {
  const own: Finding[] = [];
  const made = make(own);
  if (own.length > 0) findings.push(...aboutFallback(own));
  return made;
}

/** The same findings, told apart from those about the message itself, with the place in the campaign where they are mended. */
export function aboutFallback(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({
    ...finding,
    message: `fallback: ${finding.message}`,
    hint: finding.hint?.replace(/\btemplate\.(params|language)\b/g, 'fallback.$&') ?? null,
  }));
}
