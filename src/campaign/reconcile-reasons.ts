/** Why an unknown row stays unknown although the message log was asked, and what to do about it. */
export const unsettledReasons = {
  NOT_IN_LOG: {
    cause: 'The message log was asked after it had settled, and has no message that could be this one.',
    fix: 'It did not go out as far as the service knows: put it back in line with sendoff reconcile --resend-missing.',
  },
  LOG_BEHIND: {
    cause:
      'The message log does not show the last message that was accepted either, so it proves nothing by its silence.',
    fix: 'Reconcile the run again later. Where it stays so, check the customer space (custSpaceId) and the account.',
  },
  LOG_AMBIGUOUS: {
    cause: 'The message log has messages to this number that fit several rows, and nothing tells which row went out.',
    fix: 'Look the messages up by hand; what is certain of them can be sent again in a list of its own.',
  },
  LOG_UNCLEAR: {
    cause: 'The message log has a message to this number at this time that cannot be told to be this one or another.',
    fix: 'Look the message up by hand, in the console of the service.',
  },
  LOG_GROUP_UNREAD: {
    cause:
      'Another message to this number was accepted in a mass request and has no id of its own yet, so an entry of the log may be either.',
    fix: 'Run sendoff reconcile, which reads the groups of mass requests first; where it stays so, look the message up by hand.',
  },
  LOG_NO_ANSWER: {
    cause: 'The message log gave no whole answer about this number.',
    fix: 'Check the connection and reconcile the run again.',
  },
  LOG_WITHOUT_CHANNEL: {
    cause: 'The service keeps no message log of this channel.',
    fix: 'Look the message up by hand, in the inbox of the page or account it was sent from.',
  },
  LOG_BEGINS_LATER: {
    cause:
      'The emulator of this command started after the attempt and knows nothing of it: an emulator forgets when its command ends.',
    fix: 'Keep one running with sendoff emulator, and plan, send and reconcile with --endpoint.',
  },
  LOG_TOO_OLD: {
    cause: 'The service tells of text messages for 30 days, and this one was handed over before that, if it was.',
    fix: 'Ask the recipient, or take the row into a list of its own if it may go out twice. Reconcile runs within four weeks.',
  },
  LOG_NOT_SETTLED: {
    cause: 'The message log had no such message yet, and the command ended before the log had the time to show it.',
    fix: 'Reconcile the run again.',
  },
} as const;

export type UnsettledReason = keyof typeof unsettledReasons;
