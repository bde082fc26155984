package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LineTest {

  private static final String A = "proposal-0000000009";
  private static final String B = "proposal-0000000010";
  private static final String C = "proposal-0000000011";
  private static final String D = "proposal-0000000012";

  @Test
  void is_those_before_in_order_and_none_that_is_no_candidate() {
    List<String> children = List.of(D, "ledger", B, "_c_x-proposal-0000000001", A, C, "proposal-1");

    assertThat(Line.of(children, C)).contains(new Line(List.of(A, B)));
    assertThat(Line.of(children, A).orElseThrow().isFirst()).isTrue();
    assertThat(Line.of(children, B).orElseThrow().isNear()).isTrue();
    assertThat(Line.of(children, C).orElseThrow().isNear()).isFalse();
  }

  @Test
  void is_none_of_one_who_is_not_listed() {
    assertThat(Line.of(List.of(A, C), B)).isEmpty();
  }

  @Test
  void has_two_to_watch_however_long_it_is() {
    assertThat(new Line(List.of(A, B, C)).neighbours()).containsExactly(B, C);
    assertThat(new Line(List.of(A)).neighbours()).containsExactly(A);
    assertThat(new Line(List.of()).neighbours()).isEmpty();
  }

  @Test
  void gets_shorter_wherever_somebody_leaves() {
    assertThat(new Line(List.of(A, B, C)).without(B)).isEqualTo(new Line(List.of(A, C)));
    assertThat(new Line(List.of(A)).without(D)).isEqualTo(new Line(List.of(A)));
  }

  @Test
  void is_followed_by_the_first_of_the_other_candidates() {
    assertThat(Line.next(List.of(D, "zoo", B, C), B)).contains(C);
    assertThat(Line.next(List.of(D, "a-stranger", A, C), D)).contains(A);
    assertThat(Line.next(List.of(B, "zoo"), B)).isEmpty();
  }
}
