package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionBackend;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import ballot.testkit.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the backend is found, and where it keeps elections when nobody says so. */
class LocalBackendTest {

  @TempDir private Path dir;

  @Test
  void it_is_found_by_its_name() {
    assertThat(ServiceLoader.load(ElectionBackend.class))
        .anyMatch(backend -> backend.name().equals("local") && backend instanceof LocalBackend);
  }

  @Test
  void it_keeps_elections_where_the_state_of_programs_is_kept() throws Exception {
    GivenSettings settings =
        GivenSettings.none().withVariable("XDG_STATE_HOME", dir.resolve("state").toString());
    try (ElectionStore store = new LocalBackend().open(settings);
        var candidacy =
            store.stand(new ElectionName("a/b"), Contender.candidate("it"), new Signals())) {
      candidacy.campaign(Duration.ofSeconds(20));

      assertThat(dir.resolve("state/ballot/a/b/.ballot/lock")).isRegularFile();
      assertThat(Sharing.modeOf(dir.resolve("state/ballot"))).isEqualTo(0700);
    }
  }

  @Test
  void a_state_folder_that_is_not_absolute_counts_as_none() {
    assertThat(LocalBackend.dir(GivenSettings.none().withVariable("XDG_STATE_HOME", "state")))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/state/ballot"));
  }
}
