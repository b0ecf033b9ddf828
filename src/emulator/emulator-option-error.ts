/** What an operator got wrong in the emulator's options or in a fault file. The command turns it into a usage error. */
export class EmulatorOptionError extends Error {
  /** The fix, one line, or undefined when the message says it all. */
  readonly hint: string | undefined;

  constructor(message: string, options: ErrorOptions & { hint?: string | undefined } = {}) {
    super(message, options);
    this.name = new.target.name;
    this.hint = options.hint;
  }
}
