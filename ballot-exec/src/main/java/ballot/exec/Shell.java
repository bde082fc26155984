package ballot.exec;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shell: the guard runs in one, and one becomes each command.
 *
 * @param words its command line, before {@code -c}
 */
public record Shell(List<String> words) {

  /** The system property that names the guard's shell, such as {@code busybox sh}. */
  public static final String GUARD_PROPERTY = "ballot.guard.shell";

  /** The system property that names the shell that becomes a command. */
  public static final String COMMAND_PROPERTY = "ballot.command.shell";

  /** A place to look at if {@code PATH} does not lead to a shell. */
  private static final String USUAL_PATH = ":/usr/bin:/bin";

  /** Copies the words and checks that there are some. */
  public Shell {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a shell has a name");
    }
  }

  /** The shell named by a command line, such as {@code busybox sh}. */
  public static Shell named(String commandLine) {
    return new Shell(List.of(commandLine.strip().split("\\s+")));
  }

  /**
   * The shell for the guard: the one that {@link #GUARD_PROPERTY} names, else the first there is of
   * bash, busybox and sh. Bash and busybox read with a time limit; another shell needs a child
   * process a second to keep a deadline.
   */
  public static Shell forGuard() {
    return fromProperty(GUARD_PROPERTY)
        .or(Shell::bash)
        .or(() -> find("busybox").map(busybox -> new Shell(List.of(busybox, "sh"))))
        .orElseGet(Shell::sh);
  }

  /**
   * The shell that becomes a command: the one that {@link #COMMAND_PROPERTY} names, else sh. But
   * all except bash drop variables whose names are no identifiers, such as {@code my.name}; where
   * there are any it is bash, if there is one.
   */
  static Shell forCommand(Collection<String> variables) {
    Optional<Shell> named = fromProperty(COMMAND_PROPERTY);
    return variables.stream().allMatch(Shell::isIdentifier)
        ? named.orElseGet(Shell::sh)
        : named.or(Shell::bash).orElseGet(Shell::sh);
  }

  private static Optional<Shell> fromProperty(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(words -> !words.isBlank())
        .map(Shell::named);
  }

  /** Privileged, which means: it sources nothing and takes no functions from the environment. */
  private static Optional<Shell> bash() {
    return find("bash").map(bash -> new Shell(List.of(bash, "-p")));
  }

  private static Shell sh() {
    return new Shell(List.of(find("sh").orElse("sh")));
  }

  /** Words that begin a session: util-linux has the program, busybox the applet. */
  static List<String> newSession() {
    Optional<String> busybox = find("setsid").isPresent() ? Optional.empty() : find("busybox");
    return busybox
        .map(applets -> List.of(applets, "setsid"))
        .orElseGet(() -> List.of(find("setsid").orElse("setsid")));
  }

  static boolean isIdentifier(String name) {
    return name.chars().allMatch(c -> c == '_' || c < 128 && Character.isLetterOrDigit(c))
        && !name.isEmpty()
        && !Character.isDigit(name.charAt(0));
  }

  private static Optional<String> find(String name) {
    @Nullable String path = System.getenv("PATH");
    return CommandLookup.of(name, (path == null ? "" : path) + USUAL_PATH)
            instanceof CommandLookup.Found found
        ? Optional.of(found.path().toString())
        : Optional.empty();
  }
}
