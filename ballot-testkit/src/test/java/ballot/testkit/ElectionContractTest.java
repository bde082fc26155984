package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract passes a backend that keeps it, and each rule finds those that do not. */
class ElectionContractTest {

  @ParameterizedTest
  @EnumSource
  void the_rules_find(Flaw flaw) {
    MemoryContract.flaw = flaw;

    for (String rule : flaw.rules()) {
      TestExecutionSummary summary = ContractRun.of(MemoryContract.class, rule);

      assertThat(summary.getTestsFoundCount()).as("tests of rule %s", rule).isPositive();
      assertThat(summary.getFailures()).as("failures of rule %s", rule).isNotEmpty();
    }
  }

  @Test
  void a_backend_that_keeps_the_rules_passes() {
    MemoryContract.flaw = Flaw.NONE;

    TestExecutionSummary summary = ContractRun.of(MemoryContract.class, "");

    assertThat(summary.getFailures().stream().map(ElectionContractTest::told)).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(30);
  }

  private static String told(TestExecutionSummary.Failure failure) {
    return failure.getTestIdentifier().getDisplayName() + ": " + failure.getException();
  }
}
