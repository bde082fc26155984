package ballot.exec.hooks;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.config.MessageConstraints;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.DefaultBHttpClientConnection;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.protocol.HttpCoreContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over a connection of its own. Nothing is tried again, followed or
 * remembered. Called by one thread; closed by any, which ends it wherever it is, but for a look-up
 * of a name, which the JDK cannot break off: then it ends when that does.
 */
final class Exchange implements Callable<Answer>, Closeable {

  private static final int BUFFER_BYTES = 8192;
  private static final int SHOWN_BYTES = 4096;
  private static final int SHOWN_LINES = 20;
  private static final int READ_BYTES = 65536;
  private static final MessageConstraints CONSTRAINTS =
      MessageConstraints.custom().setMaxHeaderCount(200).setMaxLineLength(32768).build();

  private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

  private final Target target;
  private final @Nullable SSLSocketFactory tls;
  private final byte[] body;
  private final long deadline;

  // guarded by this
  private boolean isClosed;
  private @Nullable Socket socket;

  /**
   * Prepares one.
   *
   * @param tls for a target that is secure
   * @param deadline on the clock of System.nanoTime
   */
  Exchange(Target target, @Nullable SSLSocketFactory tls, byte[] body, long deadline) {
    this.target = target;
    this.tls = tls;
    this.body = body;
    this.deadline = deadline;
  }

  /** Loads what an exchange takes, so that the first is as fast as the others. */
  static void getReady(Target target) {
    Exchange example = new Exchange(target, null, new byte[0], System.nanoTime());
    example.request();
    connection();
    HttpCoreContext.create();
  }

  @Override
  public Answer call() throws IOException {
    try (Socket connected = secured(connect())) {
      DefaultBHttpClientConnection connection = connection();
      connection.bind(connected);
      return answer(EXECUTOR.execute(request(), connection, HttpCoreContext.create()));
    } catch (HttpException garbled) {
      throw new IOException("it does not speak HTTP", garbled);
    } finally {
      close();
    }
  }

  private static DefaultBHttpClientConnection connection() {
    return new DefaultBHttpClientConnection(BUFFER_BYTES, null, null, CONSTRAINTS);
  }

  /** Tries each address of the host, and keeps time for those that are left. */
  private Socket connect() throws IOException {
    InetAddress[] addresses = addresses();
    @Nullable IOException failure = null;
    for (int i = 0; i < addresses.length; i++) {
      Socket next = engage(new Socket());
      try {
        next.setTcpNoDelay(true);
        next.connect(
            new InetSocketAddress(addresses[i], target.port()), share(addresses.length - i));
        return next;
      } catch (IOException unreachable) {
        next.close();
        failure = unreachable;
      }
    }
    throw failure == null ? new UnknownHostException(target.host()) : failure;
  }

  private InetAddress[] addresses() throws IOException {
    try {
      return InetAddress.getAllByName(target.host());
    } catch (UnknownHostException inOtherWords) {
      throw new IOException("no such host");
    }
  }

  /** Milliseconds for the next of so many tries; 0 would be for ever. */
  private int share(int tries) {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) / tries;
    return (int) Math.clamp(left, 1, Integer.MAX_VALUE);
  }

  private synchronized Socket engage(Socket next) throws IOException {
    if (isClosed) {
      next.close();
      throw new SocketException("closed");
    }
    socket = next;
    return next;
  }

  private Socket secured(Socket plain) throws IOException {
    if (tls == null) {
      return plain;
    }
    SSLSocket secure =
        (SSLSocket) tls.createSocket(plain, target.host(), target.port(), /* autoClose= */ true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private BasicHttpEntityEnclosingRequest request() {
    BasicHttpEntityEnclosingRequest request =
        new BasicHttpEntityEnclosingRequest("POST", target.path(), HttpVersion.HTTP_1_1);
    request.setHeader(HttpHeaders.HOST, target.hostHeader());
    request.setHeader(HttpHeaders.USER_AGENT, "ballot");
    request.setHeader(HttpHeaders.ACCEPT, "*/*");
    request.setHeader(HttpHeaders.CONNECTION, "close");
    request.setHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    request.setHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    if (target.authorization() != null) {
      request.setHeader(HttpHeaders.AUTHORIZATION, target.authorization());
    }
    request.setEntity(new ByteArrayEntity(body));
    return request;
  }

  private Answer answer(HttpResponse response) throws IOException {
    int status = response.getStatusLine().getStatusCode();
    String phrase =
        response.getStatusLine().getReasonPhrase() == null
            ? ""
            : target.withoutSecrets(response.getStatusLine().getReasonPhrase());
    Answer answer = new Answer(status, phrase, List.of());
    HttpEntity entity = response.getEntity();
    if (entity == null || answer.isSuccess()) {
      return answer;
    }
    return new Answer(status, phrase, lines(entity));
  }

  /**
   * The beginning of a body, also of one that breaks off. Its stream is not closed: that would read
   * the rest of it, and it may have no end.
   */
  private List<String> lines(HttpEntity entity) {
    byte[] bytes = new byte[READ_BYTES];
    int length = 0;
    try {
      InputStream in = entity.getContent();
      int count = 0;
      while (count >= 0 && length < bytes.length) {
        length += count;
        count = in.read(bytes, length, bytes.length - length);
      }
    } catch (IOException brokenOff) {
      // What there is says more than that it broke off.
    }
    return shown(bytes, length);
  }

  private List<String> shown(byte[] bytes, int length) {
    String text = new String(bytes, 0, Math.min(length, SHOWN_BYTES), StandardCharsets.UTF_8);
    List<String> all = target.withoutSecrets(text).lines().filter(line -> !line.isBlank()).toList();
    return all.subList(0, Math.min(all.size(), SHOWN_LINES));
  }

  @Override
  public void close() {
    Socket open;
    synchronized (this) {
      isClosed = true;
      open = socket;
    }
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException alreadyGone) {
      // closing is all that was wanted
    }
  }
}
