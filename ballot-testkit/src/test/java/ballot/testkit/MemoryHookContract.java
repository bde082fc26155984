package ballot.testkit;

import ballot.api.HookExecutor;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** The contract with {@link MemoryHooks}; run by {@link HookContractTest} only. */
class MemoryHookContract extends HookContract {

  @BeforeEach
  void forgetTheLast() {
    MemoryHooks.AT_WORK.set(0);
    MemoryHooks.told = "";
  }

  @Override
  protected HookExecutor executor() {
    return new MemoryHooks();
  }

  @Override
  protected String succeeding() {
    return "succeed";
  }

  @Override
  protected String failing() {
    return "fail";
  }

  @Override
  protected String hanging() {
    return "hang";
  }

  @Override
  protected boolean isAtWork() {
    return MemoryHooks.AT_WORK.get() > 0;
  }

  @Override
  protected String flooding() {
    return "flood";
  }

  @Override
  protected String telling() {
    return "tell";
  }

  @Override
  protected String told() {
    return MemoryHooks.told;
  }

  @Override
  protected Map<String, String> mistakes() {
    return Map.of("dance", "unknown");
  }
}
