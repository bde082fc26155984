package ballot.consul;

import ballot.api.Threads;
import ballot.api.UnavailableException;
import com.ecwid.consul.transport.HttpRequest;
import com.ecwid.consul.transport.HttpResponse;
import com.ecwid.consul.transport.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.http.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Calls the agent: each call within a budget that includes connecting, ended at once by
 * interruption or by {@link Patience#end}. Safe for use by many threads.
 *
 * <p>The one place that knows the client library. A call without an answer is {@link
 * UnavailableException}; every answer, good or bad, is handed back.
 */
final class ConsulHttp implements Asker, AutoCloseable {

  private final Endpoint endpoint;
  private final Access access;
  private final Connections connections;
  private final ScheduledThreadPoolExecutor clock;

  ConsulHttp(Endpoint endpoint, @Nullable Tls tls, Access access) {
    this.endpoint = endpoint;
    this.access = access;
    this.connections = new Connections(new Connector(endpoint, tls));
    this.clock = Threads.scheduler("ballot-consul-clock");
  }

  private ConsulHttp(ConsulHttp root, Access access) {
    this.endpoint = root.endpoint;
    this.access = access;
    this.connections = root.connections;
    this.clock = root.clock;
  }

  /** The same connections, used by somebody else; closed with this one. */
  ConsulHttp as(Access other) {
    return new ConsulHttp(this, other);
  }

  Access access() {
    return access;
  }

  @Override
  public Answer ask(Call call, Connections.Lane lane, Patience patience)
      throws UnavailableException {
    long begun = System.nanoTime();
    String attempt = "could not " + call.purpose() + " at " + endpoint;
    if (Thread.currentThread().isInterrupted()) {
      throw new UnavailableException(attempt + ": interrupted");
    }
    try {
      HttpResponse response = exchange(call, lane, patience);
      return answer(attempt, response);
    } catch (IOException failure) {
      throw silence(attempt, failure, begun, patience);
    } catch (TransportException wrapped) {
      Throwable cause = wrapped.getCause();
      IOException failure =
          cause instanceof IOException known
              ? known
              : new IOException(String.valueOf(cause), cause);
      throw silence(attempt, failure, begun, patience);
    } catch (ParseException | IllegalArgumentException garbled) {
      throw new UnavailableException(attempt + ": the answer is garbled", garbled);
    }
  }

  private Answer answer(String attempt, HttpResponse response) {
    int status = response.getStatusCode();
    String body = response.getContent() == null ? "" : response.getContent();
    Long index = response.getConsulIndex();
    return new Answer(
        attempt, status, status < 300 ? body : access.redact(body), index == null ? 0 : index);
  }

  private HttpResponse exchange(Call call, Connections.Lane lane, Patience patience)
      throws IOException {
    Future<?> alarm = alarm(patience);
    Connection connection = null;
    try {
      connection = connections.take(lane, patience);
      patience.engage(connection);
      return send(call, connection);
    } finally {
      alarm.cancel(false);
      patience.disengage();
      if (connection != null) {
        connections.giveBack(lane, connection);
      }
    }
  }

  private Future<?> alarm(Patience patience) throws IOException {
    try {
      return clock.schedule(
          patience::closeEngaged, Math.max(patience.nanosLeft(), 0), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      throw new IOException("closed", closed);
    }
  }

  private HttpResponse send(Call call, Connection connection) {
    Map<String, String> headers = access.headers(endpoint);
    RawTransport transport = new RawTransport(connection, headers);
    HttpRequest.Builder request =
        HttpRequest.Builder.newBuilder().setUrl(endpoint.base() + access.scoped(call).target());
    if (call.method().equals("GET")) {
      return transport.makeGetRequest(request.build());
    }
    return transport.makePutRequest(
        request.setContent(call.body() == null ? "" : call.body()).build());
  }

  private UnavailableException silence(
      String attempt, IOException failure, long begun, Patience patience) {
    return new UnavailableException(attempt + ": " + reason(failure, begun, patience), failure);
  }

  private static String reason(IOException failure, long begun, Patience patience) {
    if (Thread.currentThread().isInterrupted()) {
      return "interrupted";
    }
    if (patience.wasEnded()) {
      return "closed";
    }
    if (patience.isOver()) {
      long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      return "no answer within " + millis + " ms";
    }
    if (failure instanceof ConnectException) {
      return "connection refused: is a Consul agent running there? --consul-address or"
          + " CONSUL_HTTP_ADDR says where it is";
    }
    String message = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return "what listens there does not speak TLS; consul.tls or https:// in the address asks"
          + " for it";
    }
    return failure instanceof SSLException ? "TLS failed: " + message : message;
  }

  /** Does something short after a while, unless closed by then. */
  void later(Duration delay, Runnable task) {
    try {
      var unused = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // then there is nobody left to do it for
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  int connectionCount() {
    return connections.count();
  }

  /** Ends every call that is under way. */
  @Override
  public void close() {
    clock.shutdownNow();
    connections.close();
  }
}
