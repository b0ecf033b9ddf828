/** Text messages that stand in for others: what is wrong with them is told as being about the fallback. */
import type { Finding } from './finding.ts';
import type { SmsContents } from './sms-contents.ts';

export function asSmsFallback(inner: SmsContents): SmsContents {
  return {
    ...inner,
    findings: () => aboutFallback(inner.findings()),
    addTemplate: (lookup) => aboutFallback(inner.addTemplate(lookup)),
    addSign: (name, lookup, approved) => aboutFallback(inner.addSign(name, lookup, approved)),
    contentOf(row, to, findings) {
      const own: Finding[] = [];
      const made = inner.contentOf(row, to, own);
      findings.push(...aboutFallback(own));
      return made;
    },
  };
}

/** The same findings, told apart from those about the message itself. */
export function aboutFallback(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, message: `fallback: ${finding.message}` }));
}
