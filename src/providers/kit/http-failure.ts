/** Why a call gave no usable answer. `code` is stable, for logs and failures. */
export type HttpFailureCode =
  | 'unreachable'
  /** The name has no address. */
  | 'host_unknown'
  /** The address guard refused what the name stands for. */
  | 'address_refused'
  /** No encrypted connection that can be trusted came about. */
  | 'tls_failed'
  | 'connect_timeout'
  | 'timeout'
  | 'connection_lost'
  | 'answer_too_large'
  | 'answer_unreadable'
  | 'aborted';

/** A call without a usable answer. The message holds no address, header or body. */
abstract class HttpFailure extends Error {
  readonly code: HttpFailureCode;

  constructor(name: string, code: HttpFailureCode, options?: ErrorOptions) {
    super(`HTTP call failed: ${code}`, options);
    this.name = name;
    this.code = code;
  }
}

/** Nothing of the request left this machine: sending it again is safe. */
export class NotSent extends HttpFailure {
  constructor(code: HttpFailureCode, options?: ErrorOptions) {
    super('NotSent', code, options);
  }
}

/** The request was at least begun, and its answer never came whole: it may or may not have been carried out. */
export class AnswerLost extends HttpFailure {
  constructor(code: HttpFailureCode, options?: ErrorOptions) {
    super('AnswerLost', code, options);
  }
}
