package ballot.consul;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.apache.http.HttpException;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.MessageConstraintException;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.DefaultBHttpClientConnection;
import org.apache.http.impl.DefaultConnectionReuseStrategy;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.jspecify.annotations.Nullable;

/** One connection to the agent, used by one thread at a time; closed by any. */
final class Connection implements Closeable {

  private static final int BUFFER_BYTES = 4096;
  private static final MessageConstraints HEADS =
      MessageConstraints.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(200).build();
  private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

  private final SocketChannel channel;
  private final DefaultBHttpClientConnection http;
  private boolean reusable = true;
  private Turns.@Nullable Turn turn;

  /**
   * @param channel connected, and blocking
   * @param socket what to talk through: the channel itself, or TLS over it
   */
  Connection(SocketChannel channel, Socket socket) throws IOException {
    this.channel = channel;
    this.http = new DefaultBHttpClientConnection(BUFFER_BYTES, null, null, HEADS);
    http.bind(socket);
  }

  /** Remembers in whose turn it is used. */
  void usedIn(Turns.Turn present) {
    turn = present;
  }

  Turns.Turn turn() {
    return Objects.requireNonNull(turn);
  }

  /** Sends a request and reads the head of the response; its body has still to be read. */
  HttpResponse exchange(HttpRequest request) throws IOException {
    HttpContext context = HttpCoreContext.create();
    reusable = false;
    try {
      HttpResponse response = EXECUTOR.execute(request, http, context);
      reusable = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(response, context);
      return response;
    } catch (MessageConstraintException endless) {
      throw new CappedEntity.TooLargeException("its head has no end");
    } catch (HttpException garbled) {
      throw new IOException("not HTTP: " + garbled.getMessage(), garbled);
    }
  }

  /** Whether the last response left the connection fit for another request. */
  boolean isReusable() {
    return reusable && channel.isOpen();
  }

  /**
   * Whether the other side still holds the connection open, and has sent nothing: a look that never
   * waits. An agent that was restarted has closed all of them.
   */
  boolean isFresh() {
    try {
      channel.configureBlocking(false);
      boolean fresh = channel.read(ByteBuffer.allocate(1)) == 0;
      channel.configureBlocking(true);
      return fresh;
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
