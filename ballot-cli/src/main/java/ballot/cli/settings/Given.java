package ballot.cli.settings;

/**
 * A value as a person wrote it.
 *
 * @param text not blank; entries of a list are joined by commas
 * @param origin where it was written
 */
public record Given(String text, Origin origin) {}
