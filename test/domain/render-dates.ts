/** Run by a test in several time zones: prints dates as a Liquid text shows them. */
import { createLiquidCompiler } from '../../src/domain/liquid-text.ts';

const compilation = createLiquidCompiler(0).compile("{{ day | date: '%d %b %Y %H:%M %z' }}", ['day']);
if (compilation.kind === 'invalid') throw new Error(compilation.message);
for (const day of ['2026-11-21', '2026-03-08 02:30', '2026-11-21T23:59:00+08:00']) {
  process.stdout.write(`${compilation.text.render([day])}\n`);
}
