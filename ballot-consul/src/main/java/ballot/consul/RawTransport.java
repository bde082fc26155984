package ballot.consul;

import com.ecwid.consul.transport.AbstractHttpTransport;
import java.io.IOException;
import java.util.Map;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.HttpClient;
import org.apache.http.client.ResponseHandler;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.protocol.HTTP;
import org.apache.http.protocol.HttpContext;

/**
 * The raw client of consul-api on one of our connections.
 *
 * <p>Its own client is not used: it takes six times as long to start, knows neither deadlines nor
 * unix sockets, and can be made to log headers. Ours are put on after anything that could log them.
 */
final class RawTransport extends AbstractHttpTransport {

  private final HttpClient client;

  RawTransport(Connection connection, Map<String, String> headers) {
    this.client = new OneConnection(connection, headers);
  }

  @Override
  protected HttpClient getHttpClient() {
    return client;
  }

  /** As much of an HTTP client as the transport asks for. */
  private record OneConnection(Connection connection, Map<String, String> headers)
      implements HttpClient {

    @Override
    public <T> T execute(HttpUriRequest request, ResponseHandler<? extends T> handler)
        throws IOException {
      headers.forEach(request::setHeader);
      if (request instanceof HttpEntityEnclosingRequest enclosing) {
        request.setHeader(
            HTTP.CONTENT_LEN, Long.toString(enclosing.getEntity().getContentLength()));
      }
      HttpResponse response = connection.exchange(request);
      if (response.getEntity() != null) {
        response.setEntity(new CappedEntity(response.getEntity()));
      }
      try {
        return handler.handleResponse(response);
      } catch (IOException unread) {
        // What is left of the body must not be taken for the next answer.
        Connector.closeQuietly(connection);
        throw unread;
      }
    }

    @Override
    public HttpResponse execute(HttpUriRequest request) {
      throw unused();
    }

    @Override
    public HttpResponse execute(HttpUriRequest request, HttpContext context) {
      throw unused();
    }

    @Override
    public HttpResponse execute(HttpHost target, HttpRequest request) {
      throw unused();
    }

    @Override
    public HttpResponse execute(HttpHost target, HttpRequest request, HttpContext context) {
      throw unused();
    }

    @Override
    public <T> T execute(
        HttpUriRequest request, ResponseHandler<? extends T> handler, HttpContext context) {
      throw unused();
    }

    @Override
    public <T> T execute(
        HttpHost target, HttpRequest request, ResponseHandler<? extends T> handler) {
      throw unused();
    }

    @Override
    public <T> T execute(
        HttpHost target,
        HttpRequest request,
        ResponseHandler<? extends T> handler,
        HttpContext context) {
      throw unused();
    }

    @Override
    @Deprecated
    public org.apache.http.params.HttpParams getParams() {
      throw unused();
    }

    @Override
    @Deprecated
    public org.apache.http.conn.ClientConnectionManager getConnectionManager() {
      throw unused();
    }

    private static UnsupportedOperationException unused() {
      return new UnsupportedOperationException("the transport has no use for this");
    }
  }
}
