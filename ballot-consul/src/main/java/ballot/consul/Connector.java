package ballot.consul;

import ballot.api.Threads;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** Opens connections to one endpoint. Safe for use by many threads. */
final class Connector {

  /** A peer that vanished without a word is noticed after about this long of silence. */
  private static final int KEEP_ALIVE_SECONDS = 15;

  private final Endpoint endpoint;
  private final @Nullable Tls tls;

  Connector(Endpoint endpoint, @Nullable Tls tls) {
    this.endpoint = endpoint;
    this.tls = tls;
  }

  /** Connects, TLS included. */
  Connection connect(Patience patience) throws IOException {
    if (endpoint.unixPath() != null) {
      SocketAddress address = UnixDomainSocketAddress.of(endpoint.unixPath());
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      return connect(channel, address, patience);
    }
    IOException failure = new UnknownHostException(endpoint.host());
    for (InetAddress address : resolve(patience)) {
      try {
        SocketChannel channel = SocketChannel.open();
        prepare(channel);
        return connect(channel, new InetSocketAddress(address, endpoint.port()), patience);
      } catch (IOException unreachable) {
        failure = unreachable;
        if (patience.isOver() || Thread.currentThread().isInterrupted()) {
          break;
        }
      }
    }
    throw failure;
  }

  private static void prepare(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    setIfKnown(channel, ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS / 3);
    setIfKnown(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS / 3);
    setIfKnown(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, 2);
  }

  private static <T> void setIfKnown(SocketChannel channel, SocketOption<T> option, T value)
      throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, value);
    }
  }

  private Connection connect(SocketChannel channel, SocketAddress address, Patience patience)
      throws IOException {
    boolean connected = false;
    try {
      patience.engage(channel);
      channel.connect(address);
      Socket plain = new ChannelSocket(channel);
      Connection connection =
          new Connection(channel, tls == null ? plain : tls.over(plain, endpoint));
      connected = true;
      return connection;
    } finally {
      patience.disengage();
      if (!connected) {
        closeQuietly(channel);
      }
    }
  }

  /**
   * Looks the name up; the resolver knows neither budget nor interruption, so it may be left
   * behind.
   */
  private List<InetAddress> resolve(Patience patience) throws IOException {
    String host = endpoint.bareHost();
    if (host.matches("[0-9.]+|.*:.*")) {
      return List.of(InetAddress.getByName(host));
    }
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> InetAddress.getAllByName(host));
    Threads.daemon("ballot-consul-resolver", lookup).start();
    patience.engage(() -> lookup.cancel(false));
    try {
      return Arrays.asList(lookup.get(Math.max(patience.nanosLeft(), 0), TimeUnit.NANOSECONDS));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException unknown
          ? unknown
          : new IOException("could not look up " + host, failed);
    } catch (TimeoutException | CancellationException slow) {
      throw new InterruptedIOException("the name " + host + " was not resolved in time");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      patience.disengage();
    }
  }

  static void closeQuietly(Closeable resource) {
    try {
      resource.close();
    } catch (IOException alreadyGone) {
      // closing is all that was wanted
    }
  }
}
