package ballot.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs tests of a contract from within a test. */
final class ContractRun {

  private ContractRun() {}

  /** Runs those whose names begin like that. */
  static TestExecutionSummary of(Class<?> contract, String rule) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(contract))
            .filters(
                (PostDiscoveryFilter)
                    test ->
                        FilterResult.includedIf(
                            test.isContainer()
                                    && !test.getLegacyReportingName().matches("[BHL]\\d.*")
                                || test.getLegacyReportingName().startsWith(rule)))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }
}
