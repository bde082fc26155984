package ballot.e2e.torture;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.torture.report.Account;
import ballot.e2e.torture.report.TextReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Five minutes of {@code bench/torture}, the same faults each time. */
@Tag("server")
final class TortureTest {

  private static final Duration LENGTH = Duration.ofSeconds(35);

  /** How long an end takes to be seen on a machine that is busy with other tests is no test's. */
  private static final Duration LATE = Duration.ofSeconds(1);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"local", "consul", "consul3", "zookeeper", "zookeeper3"})
  void what_is_promised_holds_with_everything_going_wrong(String world) throws Exception {
    Wishes wishes =
        new Wishes(
            folder,
            List.of(world),
            LENGTH,
            20,
            List.of(),
            Optional.empty(),
            true,
            LATE,
            Optional.empty());

    List<Account> accounts = Torture.run(wishes, System.out);

    Account account = accounts.getFirst();
    System.out.print(TextReport.of(accounts));
    assertThat(account.violations()).isEmpty();
    assertThat(account.faultCount()).isGreaterThanOrEqualTo(4);
    assertThat(account.leaderships()).isGreaterThanOrEqualTo(1);
  }
}
