package ballot.cli.commands;

import ballot.api.StoreException;

/** What a verb does. */
public interface Command {

  /**
   * Does it.
   *
   * @return the status to end with
   * @throws StoreException when the store does not answer or refuses, and nothing said what then
   */
  int call(Start start) throws StoreException;
}
