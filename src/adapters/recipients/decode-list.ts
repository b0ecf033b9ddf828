/** From the bytes of a list to its text as UTF-8, in pieces cut between characters, without its byte order mark. */
import { isAscii } from 'node:buffer';
import { ByteWindow } from './byte-window.ts';
import { ListBreak } from './list-break.ts';
import { findByteOrderMark, isWorkbook, recogniseBeyondAscii, recogniseUtf16 } from './recognise-encoding.ts';
import { type EncodingName, stepDecoders } from './text-encodings.ts';

/** Enough of a list to see UTF-16 by its zeros. */
const headBytes = 4096;
/** Enough text beyond ASCII to tell GB18030 from UTF-8. */
const windowBytes = 64 * 1024;

/**
 * While all is ASCII nothing is decided; the first other byte decides, however far down the list it stands.
 * @param named the operator's word, which only a byte order mark overrules
 * @param onGuess told of an encoding that nobody named and no mark proves
 * @throws ListBreak at the byte that is no text, after everything before it was yielded
 */
export async function* decodeList(
  bytes: AsyncIterable<Buffer>,
  named: EncodingName | null,
  onGuess: (encoding: EncodingName) => void,
): AsyncGenerator<Buffer, void, undefined> {
  const input = new ByteWindow(bytes);
  try {
    const head = await input.peek(headBytes);
    if (isWorkbook(head)) throw workbook();
    const mark = findByteOrderMark(head);
    if (mark !== null) input.take(mark.length);
    const told = mark?.encoding ?? named;
    if (told !== null) {
      yield* decodeAs(told, input);
      return;
    }
    const utf16 = recogniseUtf16(head.subarray(0, headBytes));
    if (utf16 !== null) {
      onGuess(utf16);
      yield* decodeAs(utf16, input);
      return;
    }
    yield* passAscii(input);
    const recognised = recogniseBeyondAscii((await input.peek(windowBytes)).subarray(0, windowBytes));
    if (recognised !== 'utf-8') onGuess(recognised);
    yield* decodeAs(recognised, input);
  } finally {
    await input.close();
  }
}

/** Yields what stands before the first byte that is not plain ASCII text. */
async function* passAscii(input: ByteWindow): AsyncGenerator<Buffer, void, undefined> {
  for (;;) {
    const chunk = await input.peek(1);
    if (chunk.length === 0) return;
    const end = isAscii(chunk) && !chunk.includes(0) ? -1 : chunk.findIndex((byte) => byte === 0 || byte > 0x7f);
    const ascii = end === -1 ? chunk : chunk.subarray(0, end);
    input.take(ascii.length);
    if (ascii.length > 0) yield ascii;
    if (end !== -1) return;
  }
}

async function* decodeAs(encoding: EncodingName, input: ByteWindow): AsyncGenerator<Buffer, void, undefined> {
  const decode = stepDecoders[encoding];
  let unfinished = 0;
  for (;;) {
    const chunk = await input.peek(unfinished + 1);
    if (chunk.length === unfinished) {
      input.finish();
      if (unfinished > 0) throw endsInsideCharacter(encoding, input.offset);
      return;
    }
    const { utf8, used, broken } = decode(chunk);
    input.take(used);
    if (utf8.length > 0) yield utf8;
    if (broken) throw notText(encoding, input.offset, chunk[used] ?? 0);
    unfinished = chunk.length - used;
  }
}

function workbook(): ListBreak {
  const hint = 'export the sheet as "CSV UTF-8" and name that file';
  return new ListBreak('LIST_UNREADABLE', 'the list is a workbook or an archive, whatever its name says', hint);
}

const encodingHint = 'save the list as UTF-8 ("CSV UTF-8" in Excel), or name its encoding with --encoding';

function notText(encoding: EncodingName, offset: number, byte: number): ListBreak {
  const hex = byte.toString(16).toUpperCase().padStart(2, '0');
  return new ListBreak(
    'LIST_ENCODING',
    `the byte at offset ${offset} (0x${hex}) is not ${label(encoding)} text`,
    encodingHint,
  );
}

function endsInsideCharacter(encoding: EncodingName, offset: number): ListBreak {
  const message = `the list ends inside the ${label(encoding)} character that begins at byte offset ${offset}`;
  return new ListBreak('LIST_ENCODING', message, 'the list was cut off: export or copy it again');
}

/** The name of an encoding as people write it. */
export function label(encoding: EncodingName): string {
  return encoding === 'windows-1252' ? 'Windows-1252' : encoding.toUpperCase();
}
