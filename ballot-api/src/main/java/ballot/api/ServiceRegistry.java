package ballot.api;

/**
 * What a store offers beside elections when it knows services: finding the own instance of one, its
 * health, its tags. An {@link ElectionStore} says that it does by implementing this too.
 */
public interface ServiceRegistry {

  /**
   * Prepares to stand with an instance of a service. Nothing is asked and nothing written until the
   * first call.
   *
   * @param signal called, on any thread, when {@link ServiceInstance#look} may say something new:
   *     the instance came, went, changed its health or its tags; late, doubled or without a cause,
   *     and sometimes not at all
   * @throws RejectedException when what is asked for cannot work, naming the setting
   */
  ServiceInstance attend(ServiceSpec spec, ChangeSignal signal) throws RejectedException;
}
