package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

  @Test
  void a_list_of_servers_may_name_ports_and_a_path_behind_the_last() {
    assertThat(Hosts.parse(List.of("zk1", "zk2:2182", "[::1]:2183/app/x")))
        .contains(new Hosts(List.of("zk1:2181", "zk2:2182", "[::1]:2183"), "/app/x"));
    assertThat(Hosts.parse(List.of("zk1,zk2", "10.0.0.3")).map(Hosts::connectString))
        .contains("zk1:2181,zk2:2181,10.0.0.3:2181");
    assertThat(Hosts.parse(List.of("zk1/")).map(Hosts::chroot)).contains("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a,,b", "a:0", "a:65536", "a:b", "a b", "a/x,b", "a//x", "a/x/", "u:p@a"})
  void a_list_of_servers_is_not_something_else(String text) {
    assertThat(Hosts.parse(List.of(text))).isEmpty();
  }

  @Test
  void rights_are_a_word_or_a_list() {
    assertThat(Acls.parse(List.of("open"))).contains(ZooDefs.Ids.OPEN_ACL_UNSAFE);
    assertThat(Acls.parse(List.of("Creator"))).contains(ZooDefs.Ids.CREATOR_ALL_ACL);
    assertThat(Acls.parse(List.of("digest:ops:x1y2=:cdrwa", "ip:10.0.0.0/8:r")))
        .contains(
            List.of(
                new ACL(ZooDefs.Perms.ALL, new Id("digest", "ops:x1y2=")),
                new ACL(ZooDefs.Perms.READ, new Id("ip", "10.0.0.0/8"))));
  }

  @Test
  void every_right_has_its_letter() {
    assertThat(permissions("w")).contains(ZooDefs.Perms.WRITE);
    assertThat(permissions("c")).contains(ZooDefs.Perms.CREATE);
    assertThat(permissions("d")).contains(ZooDefs.Perms.DELETE);
    assertThat(permissions("a")).contains(ZooDefs.Perms.ADMIN);
  }

  private static Optional<Integer> permissions(String letters) {
    return Acls.parse(List.of("world:anyone:" + letters)).map(acl -> acl.getFirst().getPerms());
  }

  @ParameterizedTest
  @ValueSource(strings = {"everybody", "world:r", "world:anyone:", "world:anyone:x", ":a:r"})
  void rights_are_not_something_else(String text) {
    assertThat(Acls.parse(List.of(text))).isEmpty();
  }
}
