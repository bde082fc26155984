package ballot.zookeeper;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Requests to ZooKeeper, each sent once and never repeated. None of them blocks; the replies come
 * on the client's own thread, in the order in which the server gave them, watches' news included.
 */
final class Wire {

  private Wire() {}

  /** What a request in several steps did. */
  record Done(List<OpResult> steps) {

    /** The state of the znode that the step wrote. */
    Stat written(int step) {
      return ((OpResult.SetDataResult) steps.get(step)).getStat();
    }

    /** The step because of which nothing was done; below zero where all was. */
    int failed() {
      for (int step = 0; step < steps.size(); step++) {
        if (steps.get(step) instanceof OpResult.ErrorResult error && error.getErr() != 0) {
          return step;
        }
      }
      return -1;
    }
  }

  static CompletableFuture<Reply<Znode>> read(
      ZooKeeper handle, String path, @Nullable Watcher watcher) {
    CompletableFuture<Reply<Znode>> reply = new CompletableFuture<>();
    AsyncCallback.DataCallback callback =
        (code, where, context, data, stat) ->
            reply.complete(
                Reply.of(
                    code,
                    stat == null ? null : new Znode(data == null ? new byte[0] : data, stat)));
    if (watcher == null) {
      handle.getData(path, false, callback, null);
    } else {
      handle.getData(path, watcher, callback, null);
    }
    return reply;
  }

  static CompletableFuture<Reply<Stat>> exists(
      ZooKeeper handle, String path, @Nullable Watcher watcher) {
    CompletableFuture<Reply<Stat>> reply = new CompletableFuture<>();
    AsyncCallback.StatCallback callback =
        (code, where, context, stat) -> reply.complete(Reply.of(code, stat));
    if (watcher == null) {
      handle.exists(path, false, callback, null);
    } else {
      handle.exists(path, watcher, callback, null);
    }
    return reply;
  }

  static CompletableFuture<Reply<List<String>>> children(
      ZooKeeper handle, String path, @Nullable Watcher watcher) {
    CompletableFuture<Reply<List<String>>> reply = new CompletableFuture<>();
    AsyncCallback.ChildrenCallback callback =
        (code, where, context, children) -> reply.complete(Reply.of(code, children));
    if (watcher == null) {
      handle.getChildren(path, false, callback, null);
    } else {
      handle.getChildren(path, watcher, callback, null);
    }
    return reply;
  }

  /** The znodes of this session whose paths begin so. */
  static CompletableFuture<Reply<List<String>>> ephemerals(ZooKeeper handle, String prefix) {
    CompletableFuture<Reply<List<String>>> reply = new CompletableFuture<>();
    handle.getEphemerals(
        prefix, (code, context, paths) -> reply.complete(Reply.of(code, paths)), null);
    return reply;
  }

  /** The path of the new znode. */
  static CompletableFuture<Reply<String>> create(
      ZooKeeper handle, String path, byte[] data, List<ACL> acl, CreateMode mode) {
    CompletableFuture<Reply<String>> reply = new CompletableFuture<>();
    AsyncCallback.StringCallback callback =
        (code, where, context, name) -> reply.complete(Reply.of(code, name));
    handle.create(path, data, acl, mode, callback, null);
    return reply;
  }

  /** A new place in line, whose name begins so. */
  static CompletableFuture<Reply<Place>> stand(
      Session session, String prefix, byte[] data, List<ACL> acl) {
    CompletableFuture<Reply<Place>> reply = new CompletableFuture<>();
    AsyncCallback.Create2Callback callback =
        (code, where, context, name, stat) ->
            reply.complete(
                Reply.of(
                    code, stat == null ? null : new Place(name, session.id(), stat.getCzxid())));
    session.handle().create(prefix, data, acl, CreateMode.EPHEMERAL_SEQUENTIAL, callback, null);
    return reply;
  }

  static CompletableFuture<Reply<Done>> all(ZooKeeper handle, Op... steps) {
    CompletableFuture<Reply<Done>> reply = new CompletableFuture<>();
    handle.multi(
        List.of(steps),
        (code, path, context, results) ->
            reply.complete(Reply.of(code, results == null ? null : new Done(results))),
        null);
    return reply;
  }

  static CompletableFuture<Reply<Boolean>> delete(ZooKeeper handle, String path) {
    CompletableFuture<Reply<Boolean>> reply = new CompletableFuture<>();
    handle.delete(path, -1, (code, where, context) -> reply.complete(Reply.of(code, true)), null);
    return reply;
  }

  /** What is read after this is at least as new as what any request before it did. */
  static CompletableFuture<Reply<Boolean>> sync(ZooKeeper handle, String path) {
    CompletableFuture<Reply<Boolean>> reply = new CompletableFuture<>();
    handle.sync(path, (code, where, context) -> reply.complete(Reply.of(code, true)), null);
    return reply;
  }
}
