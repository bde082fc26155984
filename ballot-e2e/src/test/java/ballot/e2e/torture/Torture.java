package ballot.e2e.torture;

import ballot.e2e.torture.report.Account;
import ballot.e2e.torture.report.JsonReport;
import ballot.e2e.torture.report.TextReport;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The torture run: worlds one after the other, and a report. */
public final class Torture {

  private Torture() {}

  static List<Account> run(Wishes wishes, PrintStream out) throws Exception {
    List<Account> accounts = new ArrayList<>();
    for (String world : wishes.worlds()) {
      out.printf("torture of %s for %s, seed %d%n", world, wishes.length(), wishes.seed());
      accounts.add(new Trial(world, wishes, new Progress(out, wishes.seed())).run());
    }
    return accounts;
  }

  /** {@code FOLDER OPTION…}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    Wishes wishes;
    try {
      wishes = Wishes.parse(Arrays.asList(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println("torture: " + wrong.getMessage() + "\nUsage: " + Wishes.USAGE);
      System.exit(64);
      return;
    }
    List<Account> accounts = run(wishes, System.out);
    Path text = wishes.report().orElse(wishes.folder().resolve("report.txt"));
    Files.writeString(text, TextReport.of(accounts));
    Files.writeString(text.resolveSibling(text.getFileName() + ".json"), JsonReport.of(accounts));
    System.out.print(TextReport.of(accounts));
    System.out.println("report: " + text);
    System.exit(accounts.stream().allMatch(each -> each.violations().isEmpty()) ? 0 : 1);
  }
}
