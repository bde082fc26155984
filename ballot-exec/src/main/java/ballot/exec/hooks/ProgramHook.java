package ballot.exec.hooks;

import static ballot.exec.hooks.Outcomes.failed;

import ballot.api.Hook;
import ballot.api.HookCall;
import ballot.api.HookOutcome;
import ballot.exec.CommandLookup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hook that runs a program. */
final class ProgramHook implements Hook {

  private static final String PATH = "PATH";

  private final List<Text> words;
  private final Variables variables;

  private ProgramHook(List<Text> words, Variables variables) {
    this.words = List.copyOf(words);
    this.variables = variables;
  }

  /**
   * Checks a command line.
   *
   * @param words at least one
   * @throws IllegalArgumentException if it cannot work
   */
  static ProgramHook of(List<Text> words, Variables variables) {
    if (words.stream().anyMatch(ProgramHook::isImpossible)) {
      throw new IllegalArgumentException("a command cannot hold the character NUL");
    }
    words.forEach(variables::check);
    Text program = words.getFirst();
    if (program.isFixed(HookCall.VARIABLES::contains)) {
      String problem = problem(program.with(variables.base(), value -> value), variables.base());
      if (problem != null) {
        throw new IllegalArgumentException(problem);
      }
    }
    Program.getReady();
    return new ProgramHook(words, variables);
  }

  private static boolean isImpossible(Text word) {
    return word.with(Map.of(), value -> value).indexOf('\0') >= 0;
  }

  @Override
  public HookOutcome run(HookCall call, Duration limit, Output output) {
    long begun = System.nanoTime();
    HookOutcome refusal = Outcomes.beforeBeginning(limit);
    if (refusal != null) {
      return refusal;
    }
    Map<String, String> environment = variables.of(call);
    List<String> line = words.stream().map(word -> word.with(environment, value -> value)).toList();
    String problem = problem(line.getFirst(), environment);
    return problem == null ? run(line, environment, begun, limit, output) : failed(problem);
  }

  private static HookOutcome run(
      List<String> line,
      Map<String, String> environment,
      long begun,
      Duration limit,
      Output output) {
    Telling telling = new Telling(output);
    try {
      Program program = Program.start(line, environment, telling);
      return program.attend(begun, limit);
    } catch (IOException noProcess) {
      return failed("could not be started: " + Outcomes.reason(noProcess));
    } finally {
      telling.end();
    }
  }

  /** What is wrong with a program; null if nothing is. */
  private static @Nullable String problem(String program, Map<String, String> environment) {
    return switch (CommandLookup.of(program, environment.get(PATH))) {
      case CommandLookup.Found found -> null;
      case CommandLookup.NotFound none -> none.message();
      case CommandLookup.NotExecutable unfit -> unfit.message();
    };
  }
}
