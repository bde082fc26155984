package ballot.cli;

import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import ballot.cli.wrong.Verdicts;
import ballot.cli.wrong.WrongFiles;
import ballot.cli.wrong.WrongLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Wrong files of settings and wrong command lines by the thousand: each is used or refused in one
 * line. What would run a command or stand for services is a recorder, so that nothing starts; what
 * was refused here is then started for real, and has to be refused there too.
 *
 * <p>Input number I of seed S hangs on the two alone.
 */
final class WrongInput {

  private static final long HANGS_AFTER_MILLIS = 20_000;
  private static final String MARKER = "has-started";
  private static final List<String> COMMAND = List.of("touch", MARKER);

  private final Path folder;
  private final long seed;
  private final Trial trial;
  private final WrongFiles files;
  private final Verdicts verdicts = new Verdicts();
  private volatile String current = "nothing";
  private volatile long began = System.nanoTime();

  /**
   * Wrong input.
   *
   * @param file where the bytes go, below the folder of the trial; nothing goes where it is empty
   */
  private record Input(String what, String file, byte[] bytes, List<String> line) {}

  /**
   * In a folder of its own.
   *
   * @param root of the checkout, whose configurations go wrong
   */
  WrongInput(Path folder, Path root, long seed) throws IOException {
    this.folder = folder;
    this.seed = seed;
    this.trial =
        new Trial(Main::run, folder)
            .with("PATH", System.getenv("PATH"))
            .with("HOST", "host-7")
            .with("NOMAD_ALLOC_ID", "4711");
    List<String> good = new ArrayList<>();
    for (String name : List.of("once.yaml", "zookeeper.yaml", "development/ballot.yaml")) {
      good.add(Files.readString(root.resolve("configs").resolve(name)));
    }
    good.add(SucceededSystemsTest.NCODE);
    good.add(SucceededSystemsTest.SCALITY);
    this.files = new WrongFiles(good);
    trial.file("work/good.yaml", SucceededSystemsTest.NCODE);
  }

  Verdicts verdicts() {
    return verdicts;
  }

  /** Runs so many in this JVM. */
  void inOneProcess(int inputs) {
    Thread watch = Thread.ofPlatform().daemon().name("hang-watch").start(this::watch);
    for (int i = 0; i < inputs; i++) {
      tryOut(draw(i));
    }
    watch.interrupt();
    verdicts.expect(!hasStarted(), "all", "a command was started");
    verdicts.expect(
        ProcessHandle.current().children().findAny().isEmpty(), "all", "a process was started");
  }

  private Outcome tryOut(Input input) {
    current = input.what() + " " + input.line();
    began = System.nanoTime();
    if (!input.file().isEmpty()) {
      trial.file(input.file(), input.bytes());
    }
    Outcome outcome = trial.run(input.line());
    verdicts.judge(current, outcome, (System.nanoTime() - began) / 1_000_000);
    clear(input);
    return outcome;
  }

  /** The next one is not to find it. */
  private void clear(Input input) {
    try {
      if (!input.file().isEmpty()) {
        Files.delete(folder.resolve(input.file()));
      }
    } catch (IOException gone) {
      verdicts.expect(false, current, "its file cannot be removed: " + gone);
    }
  }

  private Input draw(int number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    String what = "seed " + seed + ", input " + number;
    if (random.nextBoolean()) {
      return new Input(what, "", new byte[0], WrongLines.draw(random, COMMAND));
    }
    byte[] bytes = files.draw(random);
    String name = random.nextInt(8) == 0 ? "b.json" : "b.yaml";
    List<String> line = new ArrayList<>();
    switch (random.nextInt(6)) {
      case 0 -> line.addAll(List.of("run", "--config", name));
      case 1 -> line.addAll(List.of("run", "cron", "--schedule=@hourly", "--config", name, "--"));
      case 2 -> line.addAll(List.of("plugins", "--config", name));
      case 3 -> line.addAll(List.of("run", "once", "--backend", "notebook", "--"));
      default -> line.addAll(List.of("run", "once", "--config", name, "--"));
    }
    boolean isFound = !line.contains("--config");
    if (line.contains("--")) {
      line.addAll(COMMAND);
    }
    return new Input(what, isFound ? "home/.ballot.yaml" : "work/" + name, bytes, line);
  }

  private void watch() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(1);
        if ((System.nanoTime() - began) / 1_000_000 > HANGS_AFTER_MILLIS) {
          System.err.println("hangs: " + current);
          Runtime.getRuntime().halt(3);
        }
      }
    } catch (InterruptedException allDone) {
      // all are done
    }
  }

  private boolean hasStarted() {
    return Files.exists(folder.resolve("work").resolve(MARKER))
        || Files.exists(folder.resolve("work/F"));
  }

  /**
   * Starts the program so many times with input that was refused in this JVM.
   *
   * @param program the words that start it
   */
  void inProcessesOfTheirOwn(int starts, List<String> program) throws Exception {
    int left = starts;
    for (int i = 0; left > 0; i++) {
      Input input = draw(-1 - i);
      if (isWord(input) && isRefused(tryOut(input))) {
        start(input, program);
        left--;
      }
    }
  }

  private static boolean isRefused(Outcome outcome) {
    return outcome.status() == 64 || outcome.status() == 78;
  }

  /** What can be a word of a command line everywhere, whatever the locale is. */
  private static boolean isWord(Input input) {
    return input.line().stream().allMatch(word -> word.chars().allMatch(c -> c > 0 && c < 128));
  }

  private void start(Input input, List<String> program) throws Exception {
    if (!input.file().isEmpty()) {
      trial.file(input.file(), input.bytes());
    }
    List<String> line = new ArrayList<>(program);
    line.addAll(input.line());
    Path output = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.resolve("work").toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BALLOT_"));
    builder.environment().put("HOME", folder.resolve("home").toString());
    String what = "started: " + input.what() + " " + input.line();
    long before = System.nanoTime();
    Process process = builder.start();
    if (!process.waitFor(HANGS_AFTER_MILLIS, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      verdicts.expect(false, what, "hangs");
    }
    int status = process.exitValue();
    verdicts.judge(
        what, status, Files.readString(output), (System.nanoTime() - before) / 1_000_000);
    verdicts.expect(status == 64 || status == 78, what, "was not refused: " + status);
    verdicts.expect(!hasStarted(), what, "it has started something");
    clear(input);
  }

  /** {@code INPUTS STARTS FOLDER ROOT [SEED]}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    int inputs = Integer.parseInt(arguments[0]);
    int starts = Integer.parseInt(arguments[1]);
    Path root = Path.of(arguments[3]);
    long seed = arguments.length > 4 ? Long.parseLong(arguments[4]) : 1;
    WrongInput wrong = new WrongInput(Path.of(arguments[2]), root, seed);
    long before = System.nanoTime();
    wrong.inOneProcess(inputs);
    System.out.printf(
        "%d inputs in one process in %d s (seed %d), by exit status: %s%n",
        inputs, (System.nanoTime() - before) / 1_000_000_000, seed, wrong.verdicts().statuses());
    wrong.inProcessesOfTheirOwn(starts, List.of(root.resolve("ballot").toString()));
    System.out.printf("%d starts of the program, all refused unless told below%n", starts);
    System.out.println("slowest: " + wrong.verdicts().slowest());
    List<String> complaints = wrong.verdicts().complaints();
    System.out.println(complaints.size() + " findings");
    complaints.stream().limit(50).forEach(System.out::println);
    System.exit(complaints.isEmpty() ? 0 : 1);
  }
}
