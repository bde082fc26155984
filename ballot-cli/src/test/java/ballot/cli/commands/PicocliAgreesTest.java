package ballot.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Setting;
import ballot.cli.commands.CommandLineReader.Words;
import ballot.cli.plugins.Plugins;
import ballot.cli.process.Terminal;
import ballot.cli.settings.Catalogue;
import ballot.cli.settings.Catalogues;
import ballot.cli.settings.KnownSetting;
import ballot.cli.settings.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * What the reader makes of a command line is what picocli makes of it, from the description that
 * the help is laid out from: so the help tells the truth.
 */
final class PicocliAgreesTest {

  private static final int LINES = 3_000;

  private final Catalogue catalogue = Catalogues.of(Plugins.onClassPath().backends());
  private final List<KnownSetting> options =
      catalogue.all().stream()
          .filter(known -> !known.isLater() && !known.setting().isSecret())
          .filter(PicocliAgreesTest::isOfRunOnce)
          .toList();

  private static boolean isOfRunOnce(KnownSetting known) {
    return !(known.scope() instanceof Scope.Commands commands)
        || commands.names().contains("run once");
  }

  @Test
  void about_every_option_and_what_is_left_over() {
    CommandLine picocli =
        new CommandLine(new HelpText(catalogue, Terminal.NONE).specOf(Verb.RUN_ONCE));
    picocli.setStopAtPositional(true);
    assertThat(options).hasSizeGreaterThan(20);
    for (int seed = 0; seed < LINES; seed++) {
      List<String> line = draw(new SplittableRandom(seed));
      List<String> full = new ArrayList<>(List.of("run", "once"));
      full.addAll(line);
      Words ours = new CommandLineReader(catalogue).read(full);
      ParseResult theirs = picocli.parseArgs(line.toArray(String[]::new));
      assertThat(valuesOf(ours)).as("seed " + seed + ": " + line).isEqualTo(valuesOf(theirs));
      assertThat(ours.rest()).as("seed " + seed + ": " + line).isEqualTo(restOf(theirs));
    }
  }

  private List<String> draw(SplittableRandom random) {
    List<String> line = new ArrayList<>();
    List<KnownSetting> left = new ArrayList<>(options);
    for (int i = random.nextInt(6); i > 0; i--) {
      KnownSetting known = left.remove(random.nextInt(left.size()));
      String option = known.options().get(random.nextInt(known.options().size()));
      boolean isList = known.setting().kind() == Setting.Kind.LIST;
      for (int times = isList ? 1 + random.nextInt(3) : 1; times > 0; times--) {
        add(line, option, known, random);
      }
    }
    if (random.nextBoolean()) {
      line.add("--");
      line.addAll(List.of("cmd", "--backend", "x", "--", "-h"));
    } else if (line.isEmpty() || !line.getLast().startsWith("--")) {
      line.addAll(List.of("cmd", "--backend", "x"));
    }
    return line;
  }

  private static void add(
      List<String> line, String option, KnownSetting known, SplittableRandom random) {
    String value = random.nextBoolean() ? "true" : "some value=" + random.nextInt(10);
    if (known.setting().kind() == Setting.Kind.SWITCH) {
      line.add(random.nextBoolean() ? option + "=false" : option + "=true");
    } else if (random.nextBoolean()) {
      line.add(option + "=" + value);
    } else {
      line.addAll(List.of(option, value));
    }
  }

  private Map<String, String> valuesOf(Words words) {
    Map<String, String> values = new TreeMap<>();
    words.options().forEach((name, given) -> values.put(name, given.text()));
    return values;
  }

  private Map<String, String> valuesOf(ParseResult result) {
    Map<String, String> values = new TreeMap<>();
    for (KnownSetting known : options) {
      String option = known.options().getFirst();
      if (result.hasMatchedOption(option)) {
        List<String> all = result.matchedOptionValue(option, List.of());
        values.put(known.name(), String.join(",", all));
      }
    }
    return values;
  }

  private static List<String> restOf(ParseResult result) {
    return result.matchedPositionalValue(0, List.of());
  }
}
