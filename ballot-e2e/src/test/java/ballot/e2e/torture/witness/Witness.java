package ballot.e2e.torture.witness;

import ballot.api.BootClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hears from every run of every command through a connection that all of its processes hold: the
 * kernel closes it with the last of them, be it killed, and not while one is merely stopped.
 */
public final class Witness implements AutoCloseable {

  private final Path folder;
  private final Listener listener;
  private final Selector selector = Selector.open();
  private final ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  private final List<Run> runs = new CopyOnWriteArrayList<>();
  private final Thread thread;

  /** Hears what happens, on the witness's thread; must be quick. */
  public interface Listener {

    /** A run has begun. */
    void began(Run run);

    /** Nothing of a run is left. */
    void ended(Run run);
  }

  /** Opens the door. */
  public Witness(Path folder, Listener listener) throws IOException {
    this.folder = folder;
    this.listener = listener;
    try (InputStream script =
        Objects.requireNonNull(Witness.class.getResourceAsStream("command"))) {
      Files.copy(script, command());
    }
    command().toFile().setExecutable(true);
    door.bind(UnixDomainSocketAddress.of(folder.resolve("witness")), 256);
    door.configureBlocking(false);
    door.register(selector, SelectionKey.OP_ACCEPT);
    this.thread = Thread.ofPlatform().daemon(true).name("torture-witness").unstarted(this::listen);
    thread.setPriority(Thread.MAX_PRIORITY);
    thread.start();
  }

  private Path command() {
    return folder.resolve("command");
  }

  /** The command of one start of a candidate. */
  public List<String> command(long seed, String election, String candidate, int incarnation) {
    return List.of(
        command().toString(),
        folder.toString(),
        Long.toString(seed),
        election,
        candidate,
        Integer.toString(incarnation));
  }

  /** The same, of one of these kinds. */
  public List<String> command(
      long seed, String election, String candidate, int incarnation, String kinds) {
    List<String> words = new ArrayList<>(command(seed, election, candidate, incarnation));
    words.add(kinds);
    return words;
  }

  /** All runs, in the order in which they were heard of. */
  public List<Run> runs() {
    return runs;
  }

  /** The runs of an election that are alive. */
  public List<Run> alive(String election) {
    return runs.stream()
        .filter(run -> run.start().election().equals(election) && run.isAlive())
        .toList();
  }

  /** The run of its leader, if there is one. */
  public Optional<Run> leader(String election) {
    return alive(election).stream().filter(run -> run.start().leads()).findFirst();
  }

  /** The run of an election that began last. */
  public Optional<Run> latest(String election) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).start().election().equals(election)) {
        return Optional.of(runs.get(i));
      }
    }
    return Optional.empty();
  }

  private void listen() {
    try {
      while (true) {
        selector.select();
        long now = BootClock.nanos();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isAcceptable()) {
            accept();
          } else {
            read(key, now);
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (java.nio.channels.ClosedSelectorException closing) {
      // nothing is left to do
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void accept() throws IOException {
    SocketChannel line = door.accept();
    if (line != null) {
      line.configureBlocking(false);
      line.register(selector, SelectionKey.OP_READ, new Line());
    }
  }

  private void read(SelectionKey key, long now) throws IOException {
    Line line = (Line) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    int count;
    try {
      count = channel.read(line.bytes);
    } catch (IOException reset) {
      count = -1;
    }
    line.take(now);
    if (count < 0) {
      channel.close();
      line.end(now);
    }
  }

  /** What one run says. */
  private final class Line {

    private final ByteBuffer bytes = ByteBuffer.allocate(4_096);
    private Optional<Run> run = Optional.empty();

    void take(long now) {
      bytes.flip();
      String text = StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
      int whole = text.lastIndexOf('\n') + 1;
      text.substring(0, whole).lines().forEach(words -> heard(words.split(" "), now));
      bytes.position(bytes.position() + whole);
      bytes.compact();
    }

    private void heard(String[] words, long now) {
      if (!words[0].equals("start")) {
        run.ifPresent(known -> known.heard(words));
        return;
      }
      Run begun = new Run(Run.Start.parse(words), now);
      run = Optional.of(begun);
      runs.add(begun);
      listener.began(begun);
    }

    void end(long now) {
      run.ifPresent(
          known -> {
            known.ended(now);
            listener.ended(known);
          });
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    selector.close();
    door.close();
    thread.join();
  }
}
