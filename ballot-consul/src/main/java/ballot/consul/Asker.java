package ballot.consul;

import ballot.api.UnavailableException;

/** Whoever has the agent's answers. */
interface Asker {

  /**
   * Asks over connections of a lane.
   *
   * @throws UnavailableException when there is no answer
   */
  Answer ask(Call call, Connections.Lane lane, Patience patience) throws UnavailableException;

  /** Asks on behalf of a candidate or an onlooker. */
  default Answer ask(Call call, Patience patience) throws UnavailableException {
    return ask(call, Connections.Lane.QUESTIONS, patience);
  }
}
