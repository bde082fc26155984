package ballot.cli.settings.file;

import ballot.cli.process.ExitCode;
import ballot.cli.process.OneLine;
import ballot.cli.process.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A file of settings as it was read.
 *
 * @param path where it is
 * @param entries its values, in their order
 */
public record SettingsFile(Path path, List<FileEntry> entries) {

  private static final int LARGEST = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  /** Copies the entries. */
  public SettingsFile {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file; one without any value is a file with no settings.
   *
   * @param missing the status to end with when it cannot be opened
   * @param why how the file came to be read, as an addition to errors
   * @throws Refusal naming the file, the line and what is wrong there
   */
  static SettingsFile read(Path path, ExitCode missing, String why) {
    String text = decode(path, bytes(path, missing, why));
    boolean json = path.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    try {
      List<FileEntry> entries =
          text.isBlank()
              ? List.of()
              : TreeReader.read(text, json).map(FileEntry::of).orElse(List.of());
      return new SettingsFile(path, entries);
    } catch (FileFault fault) {
      throw refusal(path, fault.line(), fault.message());
    }
  }

  /** An error about a place in a file. */
  public static Refusal refusal(Path path, int line, String what) {
    String place = line > 0 ? ", line " + line + ": " : ": ";
    return Refusal.configuration(OneLine.of(path + place + what));
  }

  private static byte[] bytes(Path path, ExitCode missing, String why) {
    if (Files.isDirectory(path)) {
      throw new Refusal(missing, path + why + " is a folder; name a YAML or JSON file");
    }
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] bytes = stream.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw refusal(path, 0, "is larger than 1 MiB, which no file of settings is");
      }
      return bytes;
    } catch (NoSuchFileException absent) {
      throw new Refusal(missing, path + why + " does not exist");
    } catch (AccessDeniedException denied) {
      throw new Refusal(missing, path + why + " cannot be read: permission denied");
    } catch (IOException unreadable) {
      throw new Refusal(missing, path + why + " cannot be read: " + unreadable.getMessage());
    }
  }

  private static String decode(Path path, byte[] bytes) {
    if (bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xfe + 0xff) {
      throw refusal(path, 1, "is written in UTF-16; save it as UTF-8");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException wrong) {
      throw refusal(path, 0, "is not written in UTF-8");
    }
  }
}
