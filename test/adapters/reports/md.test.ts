import { describe, expect, it } from 'vitest';
import { mdReport } from '../../../src/adapters/reports/md.ts';
import { causeGroups } from '../../../src/domain/report.ts';
import { anSmsCampaign, anSmsFallback, emulated } from '../../support/plan-record.ts';
import { chunks, endedAt, resultRow, sampleReport, textOf } from './sample-report.ts';

const balance = { rows: 0, accepted: 0, rejected: 0, unknown: 0, skipped: 0, invalid: 0, unsent: 0 };

describe('mdReport', () => {
  it('says below the balance how many of the accepted went out as their fallback, if any', async () => {
    const about = async (accepted: number) =>
      (
        await textOf(
          mdReport(sampleReport({ fallback: { name: 'template come_back', template: 'come_back', accepted } })),
        )
      ).split('\n## ')[0];
    expect(await about(7)).toMatch(/\| \*\*4\*\* \|\n\nOf the accepted, 7 as template come\\_back\.\n$/);
    expect(await about(0)).toMatch(/\| \*\*4\*\* \|\n$/);
  });

  it.each([
    [{ kind: 'fixed', sign: '示例商城' }, 'sign 示例商城'],
    [{ kind: 'column', column: 'shop' }, 'signs by the column shop'],
  ] as const)('names the sign of text messages, which have no sender', async (sign, named) => {
    const { plan } = sampleReport();
    const campaign = {
      ...plan.campaign,
      ...anSmsCampaign,
      content: { kind: 'sms', ...anSmsFallback.sms, sign },
    } as const;
    const text = await textOf(mdReport(sampleReport({ plan: { ...plan, campaign } })));
    expect(text.split('\n')[2]).toBe(`template SMS\\_100001, ${named}, planned 2026-03-01T08:00:00Z, run run-1`);
  });

  it('shows the balance, the causes with what to do, and the failed rows', async () => {
    expect(await textOf(mdReport(sampleReport()))).toBe(`# spring-sale

template order\\_shipped, from 8613867404376, planned 2026-03-01T08:00:00Z, run run-1

| | rows |
| --- | ---: |
| accepted | 1 |
| rejected | 1 |
| unknown | 1 |
| skipped | 0 |
| invalid | 1 |
| unsent | 0 |
| **rows read** | **4** |

## Causes

### 1 rejected: 131049

- Meta withheld a marketing message to protect recipient engagement.
- **Fix:** Wait at least 24 hours before trying this recipient again, or use another channel.
- **Rows:** 3
- **Retry from:** 2026-03-02T09:30:00Z

### 1 unknown: ECONNRESET

- The connection closed before a full answer arrived; the request may have been accepted.
- **Fix:** Reconcile the run, or look the message up, before it goes again.
- **Rows:** 4

### 1 invalid: PARAM\\_MISSING

- A variable of the template has no value in this row.
- **Fix:** Fill the cell, or give a default: {{ column \\| default: "…" }}.
- **Rows:** 5

## Failed rows

| row | to | status | code | cause |
| ---: | --- | --- | --- | --- |
| 3 | 8613800000001 | rejected | 131049 | Meta withheld a marketing message to protect recipient engagement. |
| 4 | 8613800000002 | unknown | ECONNRESET | The connection closed before a full answer arrived; the request may have been accepted. |
| 5 | 8613800000003 | invalid | PARAM\\_MISSING | "name" is empty |
`);
  });

  it('says first of all that an emulated run reached nobody', async () => {
    const markdown = await textOf(mdReport(sampleReport({ planChanges: emulated })));
    expect(markdown.split('\n')[2]).toBe(
      '> **EMULATED RUN.** Every message went to the emulator at http://127.0.0.1:4010; nobody received anything.',
    );
  });

  it('lists at most a hundred failed rows and counts the rest', async () => {
    const rows = Array.from({ length: 130 }, (_, index) =>
      resultRow({ row: index + 2, status: 'rejected', code: '131026' }),
    );
    const report = sampleReport({
      balance: { ...balance, rows: 130, rejected: 130 },
      causes: causeGroups([
        {
          status: 'rejected',
          code: '131026',
          channel: 'whatsapp',
          rows: 130,
          firstRows: [2, 3],
          lastEnds: [{ reason: null, endedAt }],
        },
      ]),
      rows: () => chunks(rows.slice(0, 60), rows.slice(60)),
    });
    const markdown = await textOf(mdReport(report));
    expect(markdown.match(/^\| \d+ \| 86/gm)).toHaveLength(100);
    expect(markdown).toContain('- **Rows:** 2, 3 and 128 more\n');
    expect(markdown.endsWith('\n… and 30 more\n')).toBe(true);
  });

  it('leaves causes and failed rows out where every row was accepted', async () => {
    const report = sampleReport({ balance: { ...balance, rows: 1, accepted: 1 }, causes: [] });
    const markdown = await textOf(mdReport(report));
    expect(markdown).not.toContain('##');
  });

  it('keeps text of the list from becoming Markdown', async () => {
    const rows = [resultRow({ status: 'invalid', code: 'PARAM_TAB', detail: '"a|b"\n<img> *x*' })];
    const report = sampleReport({ balance: { ...balance, rows: 1, invalid: 1 }, causes: [], rows: () => chunks(rows) });
    expect(await textOf(mdReport(report))).toContain('| "a\\|b" \\<img\\> \\*x\\* |\n');
  });
});
