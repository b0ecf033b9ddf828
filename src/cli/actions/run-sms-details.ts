/** The work of `sms details`. Message texts are not shown: codes stand in them. */
import { detailsOfNumber, detailsOfRun } from '../../campaign/sms-details.ts';
import { verifyAccount, verifyService } from '../../campaign/verify-plan.ts';
import { channelsOf } from '../../domain/campaign.ts';
import { lookUp } from '../../domain/catalogue.ts';
import { maskAddress } from '../../domain/mask.ts';
import { parsePhoneDigits } from '../../domain/parse-phone-digits.ts';
import { chinaDay, dayMs } from '../../domain/sms/china-time.ts';
import { chinaDayStart, dashedDay } from '../../domain/sms/parse-china-day.ts';
import type { SendDetail } from '../../domain/sms/send-details.ts';
import type { SmsDetailsOptions } from '../commands/sms.ts';
import type { Call, CliContext, Ending } from '../context.ts';
import { exitCode } from '../exit-code.ts';
import { emulatorBanner } from '../render/emulator-banner.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import { palette } from '../render/palette.ts';
import { openTable, renderTable } from '../render/table.ts';
import { formatTime } from '../render/time.ts';
import { inertLine } from '../render/wide-text.ts';
import { carrierOf } from '../sending/ways-of-run.ts';
import { UsageError } from '../usage-error.ts';
import { withRunReader } from '../with-run-reader.ts';
import { withService } from '../with-service.ts';
import { withSms } from '../with-sms.ts';

export async function runSmsDetails(cli: CliContext, call: Call<SmsDetailsOptions>): Promise<Ending> {
  const [target = ''] = call.args;
  if (target.endsWith('.run')) return runDetailsOfRun(cli, call, target);
  const to = parsePhoneDigits(target);
  if (to.kind === 'value') return runDetailsOfNumber(cli, call, to.value);
  throw new UsageError(`"${target}" is neither a run file nor a telephone number`, {
    hint: 'name a run file that ends in .run, or write the number with its country code, such as 8613800000000',
  });
}

async function runDetailsOfNumber(cli: CliContext, call: Call<SmsDetailsOptions>, to: string): Promise<Ending> {
  const { options, output } = call;
  const day = options.date ?? chinaDay(cli.clock.now());
  await withSms(cli, call, async ({ details }) => {
    if (chinaDayStart(day) + dayMs <= cli.clock.now() - details.keepsMs) {
      throw new UsageError(`--date: ${dashedDay(day)} is too long ago: the service keeps 30 days`, {
        hint: 'the days around it are asked for as well, so name one of the last 28',
      });
    }
    const found = await detailsOfNumber(details, to, day);
    for (const detail of found) output.event({ event: 'delivery', row: null, ...factsOf(to, detail) });
    if (found.length === 0) {
      output.answer(`no message to ${maskAddress(to)} on ${dashedDay(day)}`);
      return;
    }
    output.answer(renderTable([detailHeading, ...found.map((detail) => cellsOf(to, detail))]));
    output.talk(`${formatCount(found.length, 'message')} on ${dashedDay(day)}, by China's clock`);
  });
  return { code: exitCode.done };
}

async function runDetailsOfRun(cli: CliContext, call: Call<SmsDetailsOptions>, path: string): Promise<Ending> {
  const { options, output } = call;
  call.remember({ run: path });
  await withService(cli, call, { runFile: path }, ({ composition, service }) =>
    withRunReader(composition, path, async (reader) => {
      const { campaign } = reader.plan;
      const { channel } = campaign;
      const { sms } = channelsOf(campaign).includes('sms') ? carrierOf(service, campaign, 'sms') : noTexts;
      if (sms === null) {
        throw new UsageError(`"${path}" went out by ${channel}, of which this service knows nothing`, {
          hint: `see what became of it with sendoff report ${path}`,
        });
      }
      for (const line of emulatorBanner(service.service, palette(output.colour(output.stderr)))) output.talk(line);
      // Elsewhere nobody knows the run, and every message would look lost.
      verifyService(reader.plan, service);
      verifyAccount(reader.plan, await service.account());
      const table = openTable(output.answer, { align: ['right'] });
      const counts = new Map<string, number>();
      for await (const { row, to, detail } of detailsOfRun(
        sms.details,
        reader,
        options.date ?? null,
        cli.clock.now(),
      )) {
        output.event({ event: 'delivery', row, ...factsOf(to, detail) });
        if (counts.size === 0) table.add(['row', ...detailHeading]);
        table.add([`${row}`, ...cellsOf(to, detail)]);
        const word = statusWord(detail);
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
      table.end();
      if (counts.size === 0) {
        output.answer(`no accepted row${options.date === undefined ? '' : ` on ${dashedDay(options.date)}`}`);
        return;
      }
      output.talk([...counts].map(([word, count]) => `${formatNumber(count)} ${word}`).join(', '));
    }),
  );
  return { code: exitCode.done, run: path };
}

const noTexts = { sms: null } as const;

const detailHeading = ['to', 'state', 'code', 'sent', 'received', 'template', 'cause'];

function statusWord(detail: SendDetail | null): string {
  return detail === null ? 'not shown' : detail.status;
}

/** Why the carrier failed it, in the catalogue's words, where it knows the code. */
function causeOf(detail: SendDetail | null) {
  if (detail?.status !== 'failed' || detail.carrierCode === null) return null;
  return lookUp(detail.carrierCode, 'carrier');
}

function factsOf(to: string, detail: SendDetail | null) {
  const cause = causeOf(detail);
  return {
    to: maskAddress(to),
    status: detail?.status ?? null,
    code: detail?.carrierCode ?? null,
    cause: cause?.cause ?? null,
    fix: cause?.fix ?? null,
    template: detail?.templateCode ?? null,
    outId: detail?.outId ?? null,
    sentAt: detail?.sentAt ?? null,
    receivedAt: detail?.receivedAt ?? null,
  };
}

function cellsOf(to: string, detail: SendDetail | null): string[] {
  const time = (at: number | null | undefined) => (at == null ? '' : formatTime(at));
  return [
    maskAddress(to),
    statusWord(detail),
    detail?.carrierCode ?? '',
    time(detail?.sentAt),
    time(detail?.receivedAt),
    detail?.templateCode ?? '',
    causeOf(detail)?.cause ?? '',
  ].map(inertLine);
}
