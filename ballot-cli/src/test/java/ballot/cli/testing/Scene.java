package ballot.cli.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an onlooker finds in the notebook. */
enum Scene {
  EMPTY,
  LED,
  FOREIGN,
  NASTY,
  UNAVAILABLE,
  REJECTED,
  BROKEN;

  static List<String> words() {
    return Arrays.stream(values()).map(scene -> scene.name().toLowerCase(Locale.ROOT)).toList();
  }

  static Scene of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
