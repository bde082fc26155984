package ballot.exec;

import java.util.concurrent.atomic.AtomicLong;

/** Prints how many lines a second are carried from a command to a sink. Argument: lines. */
final class OutputBench {

  private static final int ROUNDS = 5;

  private OutputBench() {}

  public static void main(String[] args) throws Exception {
    long lines = args.length == 0 ? 2_000_000 : Long.parseLong(args[0]);
    try (Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {})) {
      for (int i = 0; i < ROUNDS; i++) {
        round(commands, lines);
      }
    }
  }

  private static void round(Commands commands, long lines) throws Exception {
    AtomicLong taken = new AtomicLong();
    AtomicLong dropped = new AtomicLong();
    LineSink sink =
        new LineSink() {
          @Override
          public void line(Stream stream, String text, boolean continued) {
            taken.incrementAndGet();
          }

          @Override
          public void dropped(Stream stream, long missing) {
            dropped.addAndGet(missing);
          }
        };
    Recorder recorder = new Recorder();
    long start = System.nanoTime();
    commands.start(
        CommandSpec.of(
            new CommandOutput.Relayed(sink),
            "sh",
            "-c",
            "yes 'a line of a usual log, 50 letters long, more or less' | head -n " + lines),
        Deadline.NEVER,
        recorder);
    recorder.exited();
    Await.until("all are accounted for", () -> taken.get() + dropped.get() == lines);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%,.0f lines a second, %,d taken, %,d dropped%n",
        lines / seconds, taken.get(), dropped.get());
  }
}
