package ballot.cli.settings;

import java.nio.file.Path;

/** Where a value was set. */
public sealed interface Origin {

  /** As an option. */
  record Option(String spelling) implements Origin {
    @Override
    public String describe() {
      return spelling;
    }

    @Override
    public boolean choosesBackend() {
      return true;
    }
  }

  /** In the environment. */
  record Variable(String variable) implements Origin {
    @Override
    public String describe() {
      return variable + " in the environment";
    }

    /** Only names of ours; a shell has those of other tools for other reasons. */
    @Override
    public boolean choosesBackend() {
      return isOurs() || variable.startsWith("ZOOKEEPER_");
    }

    /** Whether the name can mean nothing but us. */
    boolean isOurs() {
      return variable.startsWith("BALLOT_");
    }
  }

  /** In a file. */
  record InFile(Path file, int line, String key) implements Origin {
    @Override
    public String describe() {
      return file + ", line " + line;
    }

    @Override
    public boolean choosesBackend() {
      return true;
    }
  }

  /** Nobody gave it. */
  record Default() implements Origin {
    @Override
    public String describe() {
      return "the default";
    }

    @Override
    public boolean choosesBackend() {
      return false;
    }
  }

  /** For people: {@code --wait}, {@code BALLOT_WAIT in the environment}, {@code b.yaml, line 4}. */
  String describe();

  /** Whether a value from here says which backend is meant when nobody says so. */
  boolean choosesBackend();
}
