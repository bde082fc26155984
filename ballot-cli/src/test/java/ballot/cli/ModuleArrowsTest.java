package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What each module may be compiled against, as their poms say it. A module that is not named here
 * is a plugin: of ours it sees the API alone, and nobody sees it.
 */
class ModuleArrowsTest {

  private static final Set<String> ANNOTATIONS = Set.of("jspecify");

  /** Of our modules, by module; annotations always. */
  private static final Map<String, Set<String>> OURS =
      Map.of(
          "ballot-api", Set.of(),
          "ballot-testkit", Set.of("ballot-api"),
          "ballot-engine", Set.of("ballot-api"),
          "ballot-exec", Set.of("ballot-api"),
          "ballot-schedule", Set.of("ballot-api"),
          "ballot-cli", Set.of("ballot-api", "ballot-engine", "ballot-exec", "ballot-schedule"),
          "ballot-e2e", Set.of());

  private static final Set<String> ANY_PLUGINS = Set.of("ballot-api");

  /** Of others' libraries, by module; a plugin brings its store's client. */
  private static final Map<String, Set<String>> OTHERS =
      Map.of(
          "ballot-api", Set.of(),
          "ballot-testkit", Set.of("junit-jupiter", "assertj-core"),
          "ballot-engine", Set.of(),
          "ballot-schedule", Set.of("cron-utils"),
          "ballot-exec", Set.of("zt-exec", "httpcore", "jackson-core"),
          "ballot-local", Set.of(),
          "ballot-e2e", Set.of());

  private final List<ModulePom> modules = ModulePom.all();

  static boolean isPlugin(String module) {
    return !OURS.containsKey(module);
  }

  @Test
  void no_module_is_compiled_against_another_that_it_must_not_know() {
    assertThat(modules)
        .allSatisfy(
            module ->
                assertThat(module.compiledAgainst(artifact -> artifact.startsWith("ballot-")))
                    .as("modules that %s is compiled against", module.name())
                    .isSubsetOf(OURS.getOrDefault(module.name(), ANY_PLUGINS)));
  }

  @Test
  void no_module_is_compiled_against_a_library_that_is_anothers_business() {
    assertThat(modules)
        .filteredOn(module -> OTHERS.containsKey(module.name()))
        .allSatisfy(
            module ->
                assertThat(module.compiledAgainst(artifact -> !artifact.startsWith("ballot-")))
                    .as("libraries that %s is compiled against", module.name())
                    .isSubsetOf(with(ANNOTATIONS, OTHERS.getOrDefault(module.name(), Set.of()))));
  }

  @Test
  void the_command_line_carries_every_plugin_and_is_compiled_against_none() {
    ModulePom cli =
        modules.stream()
            .filter(module -> module.name().equals("ballot-cli"))
            .findAny()
            .orElseThrow();
    assertThat(ModulePom.plugins()).contains("ballot-local", "ballot-consul", "ballot-zookeeper");
    assertThat(cli.inScope("runtime")).containsAll(ModulePom.plugins());
  }

  @Test
  void the_contract_and_its_fakes_are_for_tests_only() {
    assertThat(modules)
        .allSatisfy(
            module ->
                assertThat(module.inScope("compile", "runtime", "provided"))
                    .as("what %s ships", module.name())
                    .doesNotContain("ballot-testkit"));
  }

  private static Set<String> with(Set<String> some, Set<String> more) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(more);
    return all;
  }
}
