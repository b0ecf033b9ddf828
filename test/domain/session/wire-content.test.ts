import { expect, it } from 'vitest';
import { wireContent } from '../../../src/domain/session/wire-content.ts';
import { sessionExamples } from '../../support/session-examples.ts';

it.each(sessionExamples)('sends $channel $type in the form of the service', ({ channel, type, content }) => {
  const wire = wireContent(channel, { kind: 'session', type, content });
  expect(wire).toEqual(type === 'contacts' ? [content] : content);
});
