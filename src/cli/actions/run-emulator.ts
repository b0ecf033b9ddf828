/** The work of `emulator`: serves until it is interrupted, then says what it saw. */
import type { EmulatorCommandOptions } from '../commands/emulator.ts';
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
  const { accepted, throttled, worstSecond, duplicates, massSends, worstMassSecond } = stats;
  output.answer(
    `accepted ${accepted}, throttled ${throttled}, most in any second ${worstSecond}, doubled ${duplicates}${
      massSends === 0 ? '' : `, mass sends ${massSends}, most of them in any second ${worstMassSecond}`
    }`,
  );
  return exitCode.done;
}
