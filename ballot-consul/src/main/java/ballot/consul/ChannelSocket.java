package ballot.consul;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/**
 * A connected channel as a socket: what TLS and the HTTP parser ask for.
 *
 * <p>A channel, unlike a socket, is closed when the thread that blocks on it is interrupted, and it
 * also comes as a unix socket. Timeouts are not supported: who waits too long closes the channel.
 */
final class ChannelSocket extends Socket {

  private final SocketChannel channel;
  private final InputStream input;
  private final OutputStream output;

  ChannelSocket(SocketChannel channel) {
    this.channel = channel;
    this.input = Channels.newInputStream(channel);
    this.output = Channels.newOutputStream(channel);
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public OutputStream getOutputStream() {
    return output;
  }

  @Override
  public SocketChannel getChannel() {
    return channel;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public void setSoTimeout(int timeout) {
    // see above
  }

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // set on the channel
  }

  @Override
  public void setSoLinger(boolean on, int linger) {
    // nothing is left to send when a connection is closed
  }

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
