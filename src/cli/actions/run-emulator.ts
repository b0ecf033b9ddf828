/** The work of `emulator`: serves until it is interrupted, then says what it saw. */
import type { EmulatorCommandOptions } from '../commands/emulator.ts';
import type { RunningEmulator } from '../compose/open-emulator.ts';
import type { Composition } from '../compose.ts';
import type { Call, CliContext } from '../context.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';

export async function runEmulator(
  cli: CliContext,
  { options, output }: Call<EmulatorCommandOptions>,
  composition: Composition,
): Promise<ExitCode> {
  const emulator = await composition.openEmulator({
    port: options.port,
    ratePerSecond: options.quota,
    massPerSecond: options.massQuota,
    closedWindows: options.closedWindows,
    failLater: options.failLater,
    smsPerSecond: options.smsQuota,
    smsLimits: options.smsLimits,
    smsDelayMs: options.smsDelay,
    smsUndelivered: options.smsUndelivered,
    latencyMs: options.latency,
    faults: options.fault,
    faultsFile: options.faults,
    seed: options.seed,
    logFile: options.log,
    logDelayMs: options.logDelay,
    denied: options.deny,
    clockSkewMs: options.clockSkew,
    reviewMs: options.review,
  });
  output.event({ event: 'listening', url: emulator.url });
  output.answer(emulator.banner);
  await new Promise<void>((resolve) => {
    // An open timer keeps the process: the server's thread does not.
    const keepAlive = setInterval(() => {}, 60_000);
    const ignore = cli.io.onInterrupt(() => {
      ignore();
      clearInterval(keepAlive);
      resolve();
    });
  });
  const stats = await emulator.stats();
  await emulator.close();
  output.event({ event: 'emulated', stats });
  output.answer(countsText(stats));
  return exitCode.done;
}

/** Calls for several people are only told where there were any. */
function countsText(stats: Awaited<ReturnType<RunningEmulator['stats']>>): string {
  const several: readonly (readonly [name: string, sends: number, worstSecond: number])[] = [
    ['mass sends', stats.massSends, stats.worstMassSecond],
    ['calls of SendSms', stats.smsSends, stats.worstSmsSecond],
    ['calls of SendBatchSms', stats.smsBatchSends, stats.worstSmsBatchSecond],
  ];
  return [
    `accepted ${stats.accepted}, throttled ${stats.throttled}, most in any second ${stats.worstSecond}, doubled ${stats.duplicates}`,
    ...several.flatMap(([name, sends, worst]) =>
      sends === 0 ? [] : [`${name} ${sends}, most of them in any second ${worst}`],
    ),
  ].join(', ');
}
