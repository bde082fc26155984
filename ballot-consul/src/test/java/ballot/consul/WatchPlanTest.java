package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.consul.WatchPlan.Part;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchPlanTest {

  private static Set<String> plan(String... elections) {
    return WatchPlan.of(List.of(elections), 10, Set.of());
  }

  private static List<String> named(int from, int to, String pattern) {
    return IntStream.range(from, to).mapToObj(pattern::formatted).toList();
  }

  private static boolean shows(String watched, String election, Predicate<Part> what) {
    return WatchPlan.part(watched, election).filter(what).isPresent();
  }

  @Test
  void an_election_alone_in_its_folder_is_watched_by_its_key_and_what_stands_beside_it() {
    assertThat(plan("service/web/leader"))
        .containsExactly("service/web/leader", "service/web/leader/.ballot/candidates/");
    assertThat(plan("lock")).containsExactly("lock", "lock/.ballot/candidates/");
  }

  @Test
  void elections_of_one_folder_share_a_watch() {
    assertThat(plan("a/1", "a/2", "b/1"))
        .containsExactlyInAnyOrder("a/", "b/1", "b/1/.ballot/candidates/");
  }

  @Test
  void nobody_watches_the_whole_store() {
    assertThat(plan("a", "b"))
        .containsExactlyInAnyOrder("a", "a/.ballot/candidates/", "b", "b/.ballot/candidates/");
    assertThat(WatchPlan.of(named(0, 30, "key-%d"), 10, Set.of())).hasSize(60);
  }

  @Test
  void too_many_folders_share_the_one_above() {
    List<String> elections = named(0, 50, "service/%d/leader");

    assertThat(WatchPlan.of(elections, 10, Set.of())).containsExactly("service/");
    assertThat(WatchPlan.of(elections.subList(0, 5), 10, Set.of())).hasSize(10);
  }

  @Test
  void the_deepest_folders_are_shared_first() {
    List<String> elections =
        IntStream.range(0, 24).mapToObj(n -> "top/%d/deep/%d/leader".formatted(n / 4, n)).toList();

    Set<String> plan = WatchPlan.of(elections, 10, Set.of());

    assertThat(plan).hasSizeBetween(6, 10).doesNotContain("top/");
    assertThat(elections)
        .allSatisfy(
            election ->
                assertThat(plan.stream().filter(each -> shows(each, election, Part::hasKey)))
                    .hasSize(1));
  }

  @Test
  void a_folder_that_may_not_be_listed_is_not_watched() {
    assertThat(WatchPlan.of(List.of("a/1", "a/2"), 10, Set.of("a/", "a/2/.ballot/candidates/")))
        .containsExactlyInAnyOrder("a/1", "a/1/.ballot/candidates/", "a/2");
  }

  @Test
  void an_election_whose_name_is_a_folder_of_others_is_watched_too() {
    Set<String> plan = plan("a/b", "a/b/c", "a/b/d", "a/x");

    assertThat(List.of("a/b", "a/b/c", "a/b/d", "a/x"))
        .allSatisfy(
            election -> {
              assertThat(plan).anyMatch(each -> shows(each, election, Part::hasKey));
              assertThat(plan).anyMatch(each -> shows(each, election, Part::hasBeside));
            });
  }
}
