/** The few styles sendoff uses on a terminal. Whether to use them at all is the caller's to decide (NO_COLOR, a pipe). */

type Style = (text: string) => string;

export interface Palette {
  readonly bold: Style;
  readonly dim: Style;
  readonly red: Style;
  readonly green: Style;
  readonly yellow: Style;
  /** For what nobody may overlook. */
  readonly loud: Style;
}

export function palette(colour: boolean): Palette {
  const style =
    (on: string, off: string): Style =>
    (text) =>
      colour && text !== '' ? `\u001B[${on}m${text}\u001B[${off}m` : text;
  return {
    bold: style('1', '22'),
    dim: style('2', '22'),
    red: style('31', '39'),
    green: style('32', '39'),
    yellow: style('33', '39'),
    loud: style('1;30;43', '22;39;49'),
  };
}
