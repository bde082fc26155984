package ballot.testkit;

import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import java.util.HashMap;
import java.util.Map;

/** The ledgers of one election in memory, right or with a {@link Flaw}. Guarded by the server. */
final class MemoryLedgers {

  private static final int CUT_AT = 60_000;

  private final Flaw flaw;
  private final Map<String, Page> pages = new HashMap<>();
  private long lastVersion;

  MemoryLedgers(Flaw flaw) {
    this.flaw = flaw;
  }

  Page read(String name) {
    Page none = flaw == Flaw.FINDS_AN_EMPTY_TEXT_WHERE_NONE_IS ? new Page("", 1) : Page.BLANK;
    return pages.getOrDefault(key(name), none);
  }

  Receipt write(boolean leads, String name, Page before, String text) {
    if (!leads && flaw != Flaw.WRITES_FOR_ANYBODY) {
      return new NotLeading("another leads, or nobody");
    }
    if (read(name).version() != before.version() && flaw != Flaw.IGNORES_THE_PAGE_BEFORE) {
      return new Overtaken();
    }
    return new Written(put(name, text));
  }

  Page put(String name, String text) {
    String kept =
        switch (flaw) {
          case CUTS_TEXTS -> text.substring(0, Math.min(text.length(), CUT_AT));
          case STRIPS_TEXTS -> text.strip();
          default -> text;
        };
    Page page = new Page(kept, ++lastVersion);
    pages.put(key(name), page);
    return page;
  }

  void termIsOver() {
    if (flaw == Flaw.FORGETS_LEDGERS_WITH_THE_TERM) {
      pages.clear();
    }
  }

  boolean isBlank() {
    return pages.isEmpty();
  }

  private String key(String name) {
    return flaw == Flaw.HAS_ONE_LEDGER_OF_ALL_NAMES ? "" : name;
  }
}
