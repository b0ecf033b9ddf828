/** What the doctor has examined, one line each, and under it what to do. */
import type { Examined } from '../../campaign/doctor-lines.ts';
import { hanging } from './hanging.ts';
import { type Palette, palette } from './palette.ts';
import { inertLine, padEnd } from './wide-text.ts';

export interface DoctorLineOptions {
  readonly width: number;
  readonly colour?: boolean;
}

const stateWidth = 6;
const nameWidth = 13;

export function renderExamined(examined: Examined, { width, colour = false }: DoctorLineOptions): string {
  const { state, name, says } = examined;
  const label = `${stateStyle(state, palette(colour))(padEnd(state, stateWidth))}${padEnd(name, nameWidth)}`;
  const lines = hanging(label, inertLine(says), width);
  // Not wrapped: a policy in it must survive being copied.
  if (examined.state !== 'ok' && examined.fix !== null) {
    lines.push(`${' '.repeat(stateWidth + nameWidth)}fix: ${inertLine(examined.fix)}`);
  }
  return lines.join('\n');
}

function stateStyle(state: Examined['state'], { green, yellow, red }: Palette): (text: string) => string {
  switch (state) {
    case 'ok':
      return green;
    case 'look':
      return yellow;
    case 'fix':
      return red;
  }
}
