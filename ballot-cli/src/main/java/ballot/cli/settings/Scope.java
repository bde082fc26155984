package ballot.cli.settings;

import java.util.Set;

/** What a setting is for, and so where its option is taken. */
public sealed interface Scope {

  /** Every command. */
  record General() implements Scope {}

  /** Only these commands, by the words that call them. */
  record Commands(Set<String> names) implements Scope {

    /** Copies the names. */
    public Commands {
      names = Set.copyOf(names);
    }
  }

  /** The backend of that name, with every command that talks to a store. */
  record Backend(String name) implements Scope {}
}
