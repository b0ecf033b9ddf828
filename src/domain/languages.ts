/** The language codes of templates. They are case-sensitive: `zh_CN` is one, `zh_cn` is not. */
import { nearest } from './suggest.ts';

/** Those that Chat App Message Service documents for templates. It may take further regional forms that Meta has. */
export const languageCodes: readonly string[] = [
  'af sq ar az bn bg ca hr cs da nl en en_GB en_US et fil fi fr de el gu ha he hi hu id ga it ja kn kk ko lo lv lt mk',
  'ms ml mr nb fa pl pt_BR pt_PT pa ro ru sr zh_CN zh_HK zh_TW sk sl es es_AR es_MX es_ES sw sv ta te th tr uk ur uz',
  'vi zu',
].flatMap((line) => line.split(' '));

const known: ReadonlySet<string> = new Set(languageCodes);

export type LanguageCheck =
  | { readonly kind: 'known' }
  /** Written like a code and not on the list: only the service can tell. */
  | { readonly kind: 'possible' }
  | { readonly kind: 'unknown' };

export function checkLanguage(code: string): LanguageCheck {
  if (known.has(code)) return { kind: 'known' };
  // `EN`, `zh_cn`, `pt-BR` and `english` are mistakes; `en_AU` is a form that Meta has and the list has not.
  return { kind: /^[a-z]{2,3}_[A-Z]{2}$/.test(code) ? 'possible' : 'unknown' };
}

/** The code a mistaken one most likely stood for: `zh-cn` gives `zh_CN`. Null where nothing is near. */
export function nearestLanguage(code: string): string | null {
  const folded = code.trim().replaceAll('-', '_').toLowerCase();
  const sameLetters = languageCodes.find((candidate) => candidate.toLowerCase() === folded);
  if (sameLetters !== undefined) return sameLetters;
  const language = folded.split('_')[0] ?? '';
  return known.has(language) && language !== code ? language : nearest(folded, languageCodes);
}
