package ballot.cli.settings;

import ballot.api.Nearest;
import ballot.cli.process.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The values of the environment, matched with the settings that there are. */
final class EnvironmentValues {

  /** What a run sees, what our tests see, and what the launcher is told or keeps for later. */
  private static final List<String> NOT_SETTINGS =
      List.of("BALLOT_RUN_", "BALLOT_TEST_", "BALLOT_WAS_");

  private static final String JAVA_OPTIONS = "BALLOT_JAVA_OPTS";
  private static final List<String> IN_FILES_ONLY =
      List.of("BALLOT_ELECTION_ENABLED", "BALLOT_ELECTION_SERVICES");

  private final Map<String, String> environment;
  private final Catalogue catalogue;
  private final List<String> warnings = new ArrayList<>();

  EnvironmentValues(Map<String, String> environment, Catalogue catalogue) {
    this.environment = environment;
    this.catalogue = catalogue;
  }

  /**
   * What is set for a setting. A variable of other programs whose value cannot be read is told as a
   * warning and counts as not set.
   */
  Optional<Given> find(KnownSetting known) {
    List<String> own = known.ownVariables().stream().filter(this::isSet).toList();
    if (!own.isEmpty()) {
      refuseContradiction(own);
      return Optional.of(given(own.getFirst()));
    }
    return known.setting().variables().stream()
        .filter(this::isSet)
        .filter(variable -> isUsable(known, variable))
        .findFirst()
        .map(this::given);
  }

  private boolean isSet(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  private Given given(String variable) {
    return new Given(environment.getOrDefault(variable, ""), new Origin.Variable(variable));
  }

  private void refuseContradiction(List<String> variables) {
    long values = variables.stream().map(environment::get).distinct().count();
    if (values > 1) {
      throw Refusal.configuration(
          String.join(" and ", variables)
              + " in the environment mean the same thing and contradict each other: unset one");
    }
  }

  private boolean isUsable(KnownSetting known, String variable) {
    if (!known.isLenientAbout(variable)) {
      return true;
    }
    try {
      var unused = known.setting().read(environment.getOrDefault(variable, ""));
      return true;
    } catch (IllegalArgumentException unreadable) {
      warnings.add(
          "%s in the environment is not used: %s".formatted(variable, unreadable.getMessage()));
      return false;
    }
  }

  /** What a person should know: variables that were meant for us, perhaps, and are not used. */
  List<String> warnings() {
    Stream<String> unknown =
        environment.keySet().stream()
            .filter(variable -> variable.startsWith("BALLOT_"))
            .filter(variable -> !variable.equals(JAVA_OPTIONS))
            .filter(variable -> NOT_SETTINGS.stream().noneMatch(variable::startsWith))
            .filter(variable -> catalogue.byVariable(variable).isEmpty())
            .sorted()
            .map(this::warningAbout);
    return Stream.concat(warnings.stream(), unknown).toList();
  }

  private String warningAbout(String variable) {
    return IN_FILES_ONLY.stream().anyMatch(variable::startsWith)
        ? variable + " in the environment is not used: services are set in a file only"
        : variable
            + " in the environment names no setting"
            + Nearest.suggestion(variable, catalogue.ownVariables());
  }
}
