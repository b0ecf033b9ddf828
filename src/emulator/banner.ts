/** What the emulator says of itself, so loudly that nobody takes it for the service. */
import { emulatorAccessKeyId, emulatorAccessKeySecret } from './emulator-options.ts';

export function emulatorBanner(url: string): string {
  return [
    `EMULATOR at ${url}: nothing leaves this machine, nobody gets a message`,
    'its credentials, for another shell:',
    `  export ALIBABA_CLOUD_ACCESS_KEY_ID=${emulatorAccessKeyId}`,
    `  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${emulatorAccessKeySecret}`,
    `then add to any command: --endpoint ${url}`,
  ].join('\n');
}
