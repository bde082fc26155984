package ballot.engine.core;

import ballot.api.Verdict;

/** What became of a question. */
public sealed interface Answer {

  /** The store said who leads. */
  record Ruled(Verdict verdict) implements Answer {}

  /** The resignation took effect. */
  record GivenBack() implements Answer {}

  /** Nobody knows; the question may have taken effect. */
  record Silent(String message) implements Answer {}

  /** The store refused; asking the same again will not help. */
  record Refused(String message) implements Answer {}
}
