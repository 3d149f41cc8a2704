import type { Failure } from './model';

/** A refusal on this side, before anything is sent. */
export class Refused extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
    this.name = 'Refused';
  }
}
