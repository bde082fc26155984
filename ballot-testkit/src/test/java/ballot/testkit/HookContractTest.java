package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contract passes hooks that keep it, and each rule finds those that do not. */
class HookContractTest {

  @AfterEach
  void mend() {
    MemoryHooks.flaw = MemoryHooks.Flaw.NONE;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void the_rules_find(MemoryHooks.Flaw flaw) {
    MemoryHooks.flaw = flaw;

    TestExecutionSummary summary = ContractRun.of(MemoryHookContract.class, flaw.rule() + "_");

    assertThat(summary.getTestsFoundCount()).as("tests of %s", flaw.rule()).isPositive();
    assertThat(summary.getFailures()).as("failures of %s", flaw.rule()).isNotEmpty();
  }

  @Test
  void hooks_that_keep_the_rules_pass() {
    TestExecutionSummary summary = ContractRun.of(MemoryHookContract.class, "");

    assertThat(summary.getFailures().stream().map(Object::toString)).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(12);
  }
}
