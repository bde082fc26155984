package ballot.consul;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.HttpEntity;
import org.apache.http.entity.HttpEntityWrapper;

/** The body of an answer that is read up to a size, so that none fills the memory. */
final class CappedEntity extends HttpEntityWrapper {

  /** A listing of a thousand elections with several candidates each has about half of it. */
  static final int MOST_BYTES = 8 * 1024 * 1024;

  CappedEntity(HttpEntity body) {
    super(body);
  }

  /** There is more to read than anything of ours can have. */
  static final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLargeException(String what) {
      super("the answer is too large: " + what);
    }
  }

  /** Nobody is to make room ahead for what may not be there. */
  @Override
  public long getContentLength() {
    return Math.min(super.getContentLength(), MOST_BYTES);
  }

  @Override
  public InputStream getContent() throws IOException {
    if (super.getContentLength() > MOST_BYTES) {
      throw tooLarge();
    }
    return new Capped(super.getContent());
  }

  private static TooLargeException tooLarge() {
    return new TooLargeException("more than " + MOST_BYTES / 1024 / 1024 + " MiB");
  }

  private static final class Capped extends FilterInputStream {

    private long left = MOST_BYTES;

    Capped(InputStream whole) {
      super(whole);
    }

    @Override
    public int read() throws IOException {
      int letter = super.read();
      count(letter < 0 ? 0 : 1);
      return letter;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      count(count);
      return count;
    }

    private void count(int read) throws IOException {
      left -= Math.max(read, 0);
      if (left < 0) {
        throw tooLarge();
      }
    }

    /** The rest is not read: the connection is given up instead. */
    @Override
    public void close() throws IOException {
      if (left >= 0) {
        super.close();
      }
    }
  }
}
