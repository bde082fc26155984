package ballot.e2e.torture;

import ballot.e2e.site.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.tools.ToolProvider;

/**
 * Faults that are planted into the packaged program, from outside: a folder with a changed class or
 * script goes before its jars. A torture run that does not find them is worth nothing.
 */
final class Mutants {

  /** All of them. */
  static final List<String> NAMES =
      List.of("guard-off", "lease-from-answer", "release-before-stop", "term-reused");

  /** By which rules each is to be caught; others may be broken along with them. */
  static List<String> shownBy(String name) {
    return switch (name) {
      case "guard-off" -> List.of("I1", "I2", "I4", "leftovers");
      case "term-reused" -> List.of("I3");
      default -> List.of("I1", "I2", "I4");
    };
  }

  private static final String CORE = "ballot-engine/src/main/java/ballot/engine/core/";
  private static final String CONSUL = "ballot-consul/src/main/java/ballot/consul/";

  private static final String JUDGEMENT =
      """
      package ballot.engine.core;

      import ballot.api.Lease;
      import ballot.api.Term;

      class Judgement {
        Deadlines deadlines(Lease lease, Moment askedAt, Moment answeredAt, Timings timings) {
          return Deadlines.of(lease, %s, timings);
        }

        boolean mayGiveBack(boolean workIsGone) {
          return %s;
        }

        boolean mayLead(Term term, long highestEnded) {
          return %s;
        }

        boolean leavesTime(Deadlines deadlines, Moment now) {
          return !deadlines.stopAt().isReached(now);
        }
      }
      """;

  private Mutants() {}

  /** What makes the program a mutant, if one is wished for. */
  static Map<String, String> environment(Wishes wishes, Path folder) throws IOException {
    if (wishes.mutant().isEmpty()) {
      return Map.of();
    }
    Path changed = Files.createDirectories(folder.resolve("mutant"));
    switch (wishes.mutant().get()) {
      case "guard-off" -> disarm(changed);
      case "lease-from-answer" -> {
        judge(changed, "answeredAt", "workIsGone", "isNewer");
        // on Consul the asking, and with it the counting, is the backend's own
        change(changed, CONSUL + "Proof", "max(until, askedNanos", "max(until, answeredNanos");
      }
      case "release-before-stop" -> judge(changed, "askedAt", "true", "isNewer");
      case "term-reused" -> {
        judge(changed, "askedAt", "workIsGone", "true");
        // so that the command has it as its token, which the store's refusal of old terms hides
        String again = "term.map(now -> highestEnded > 0 ? new Term(highestEnded) : now)";
        change(changed, CORE + "Turn", "StartWork(run, term,", "StartWork(run, " + again + ",");
      }
      default -> throw new IllegalArgumentException("no mutant of that name; there are " + NAMES);
    }
    return Map.of("BALLOT_JAVA_OPTS", "-cp " + changed + ":" + jars());
  }

  private static void judge(Path folder, String from, String mayGiveBack, String mayLead)
      throws IOException {
    String isNewer = "term.number() > highestEnded";
    String text = JUDGEMENT.formatted(from, mayGiveBack, mayLead.replace("isNewer", isNewer));
    compile(folder, Files.writeString(folder.resolve("Judgement.java"), text));
  }

  /** Changes a few words in a class. */
  private static void change(Path folder, String name, String words, String others)
      throws IOException {
    Path source = Path.of(name + ".java");
    String text = Files.readString(Program.root().resolve(source));
    if (!text.contains(words)) {
      throw new IllegalStateException(source + " is written otherwise by now");
    }
    Path changed = folder.resolve(source.getFileName());
    compile(folder, Files.writeString(changed, text.replace(words, others)));
  }

  private static void compile(Path folder, Path source) throws IOException {
    List<String> words = new ArrayList<>(List.of("--release", "21", "-nowarn", "-proc:none"));
    words.addAll(List.of("-cp", jars(), "-d", folder.toString(), source.toString()));
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    if (status != 0) {
      throw new IllegalStateException("the mutant does not compile: " + source);
    }
  }

  /** A guard that goes through all motions and kills nobody. */
  private static void disarm(Path folder) throws IOException {
    String name = "ballot/exec/guard.sh";
    Path target = folder.resolve(name);
    Files.createDirectories(target.getParent());
    String script = read(name);
    String disarmed = script.replace("kill -KILL", ": -KILL");
    if (disarmed.equals(script)) {
      throw new IllegalStateException("the guard's script kills nobody as it is");
    }
    Files.writeString(target, disarmed);
  }

  private static String read(String name) throws IOException {
    for (String jar : jars().split(":")) {
      try (ZipFile file = new ZipFile(jar)) {
        ZipEntry entry = file.getEntry(name);
        if (entry != null) {
          try (InputStream in = file.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          }
        }
      }
    }
    throw new IllegalStateException("no jar has " + name);
  }

  private static String jars() throws IOException {
    try (Stream<Path> jars = Files.list(Program.root().resolve("ballot-cli/target/dist/lib"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar"))
          .sorted()
          .map(Path::toString)
          .collect(Collectors.joining(":"));
    }
  }
}
