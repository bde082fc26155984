package ballot.cli.settings;

import java.util.Set;

/** What a setting is for, and so where its option is taken. */
public sealed interface Scope {

  /** Every command. */
  record General() implements Scope {}

  /**
   * Only these commands.
   *
   * @param names the words that call them
   * @param isOptionOnly whether it is an option and neither a variable nor a key of a file: what
   *     belongs to one call, and would be wrong for the next
   */
  record Commands(Set<String> names, boolean isOptionOnly) implements Scope {

    /** Copies the names. */
    public Commands {
      names = Set.copyOf(names);
    }

    /** The same for what can stand anywhere. */
    public Commands(Set<String> names) {
      this(names, false);
    }
  }

  /** The backend of that name, with every command that talks to a store. */
  record Backend(String name) implements Scope {}
}
