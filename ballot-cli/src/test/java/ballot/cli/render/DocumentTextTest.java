package ballot.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What is printed as YAML or JSON is read back by others as what it was. */
final class DocumentTextTest {

  private static final List<String> NASTY =
      List.of(
          "",
          " ",
          "~",
          "null",
          "Null",
          "yes",
          "No",
          "on",
          "y",
          "TRUE",
          "1",
          "007",
          "1.5",
          "1e5",
          ".5",
          "0x1F",
          "0o17",
          "1_000",
          "12:30:45",
          "2022-01-07",
          "2022-01-07 13:40:17",
          ".inf",
          "-.inf",
          ".nan",
          "+1",
          "-",
          "- x",
          "?",
          "? x",
          ":",
          ": x",
          "a: b",
          "a:",
          "a #b",
          "#a",
          "*x",
          "&x",
          "!x",
          "%x",
          "@x",
          "`x",
          "'x'",
          "\"x\"",
          "{a}",
          "[a]",
          "a,b",
          "<<",
          "=",
          "|",
          ">",
          "---",
          "...",
          " leading",
          "trailing ",
          "two  blanks",
          "line\nline",
          "cr\rx",
          "tab\tx",
          "\u0000",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\ufeff",
          "ü☃",
          "\ud83d\ude00",
          "10s",
          "1m30s",
          "1.5s",
          "5m",
          "2022-01-07 13:40:17.537208 -0800 PST",
          "2022-01-07 13:40:17 +0000 UTC",
          "/a/b-0001",
          "is leader",
          "it's",
          "a@host-7",
          "null and void",
          "n",
          "off",
          "1d",
          "1.2.3.4",
          "0b1",
          "10.s");

  private static final String ALPHABET =
      " :#-?*&!|>%@`'\"{}[],\\\n\t.~yesnot0123456789ax_=<+/\u0085é\u2028";

  private static Map<String, @Nullable Object> documentOf(List<String> texts) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("texts", texts);
    document.put("nothing", null);
    document.put("empty list", List.of());
    document.put("empty map", Map.of());
    document.put("number", 31785L);
    document.put("truth", true);
    document.put("maps", List.of(Map.of("a", "x"), Map.of("b", List.of("y", "z"))));
    document.put("nested", Map.of("deep", Map.of("deeper", texts)));
    for (String text : texts) {
      document.put("key " + text, text);
    }
    return document;
  }

  private static void readBack(Map<String, @Nullable Object> document, String of)
      throws IOException {
    String json = JsonText.of(document);
    String yaml = YamlText.of(document);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode expected = mapper.readTree(mapper.writeValueAsString(document));
    assertThat(mapper.readTree(json)).as(of).isEqualTo(expected);
    assertThat(new ObjectMapper(new YAMLFactory()).readTree(yaml))
        .as(of + yaml)
        .isEqualTo(expected);
    Object read = new Yaml().load(yaml);
    assertThat(mapper.readTree(mapper.writeValueAsString(read))).as(of + yaml).isEqualTo(expected);
  }

  @Test
  void texts_that_look_like_something_else_stay_texts() throws IOException {
    readBack(documentOf(NASTY), "the nasty list: ");
    for (String text : NASTY) {
      Object read = ((Map<?, ?>) new Yaml().load(YamlText.of(Map.of("x", text)))).get("x");
      assertThat(read).as(text).isEqualTo(text).isInstanceOf(String.class);
    }
  }

  @Test
  void texts_drawn_at_random_stay_what_they_are() throws IOException {
    for (int seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int length = random.nextInt(12);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < length; k++) {
          text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        texts.add(text.toString());
      }
      readBack(documentOf(texts), "seed " + seed + ": ");
    }
  }

  @Test
  void yaml_is_written_as_people_write_it() {
    Map<String, @Nullable Object> leader = new LinkedHashMap<>();
    leader.put("id", "candidate-5");
    leader.put("pid", "25048");
    leader.put("proposalTime", "2022-01-07 13:40:17.537208 -0800 PST");
    leader.put("sessionTimeout", "10s");
    leader.put("notes", Arrays.asList("is leader", "last heartbeat 2.242563s ago"));
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("leader", leader);
    document.put("allCandidates", List.of(Map.of("id", "x"), Map.of("notes", List.of())));
    document.put("none", null);
    assertThat(YamlText.of(document))
        .isEqualTo(
            """
            leader:
              id: candidate-5
              pid: "25048"
              proposalTime: 2022-01-07 13:40:17.537208 -0800 PST
              sessionTimeout: 10s
              notes:
                - is leader
                - last heartbeat 2.242563s ago
            allCandidates:
              - id: x
              - notes: []
            none: null
            """);
  }
}
