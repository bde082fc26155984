package ballot.testkit;

import ballot.api.SettingValues;

/**
 * Settings that cannot work.
 *
 * @param what is wrong with them, for the test's name
 * @param values all settings, the bad one among them
 * @param blamed the dotted name of the setting that has to be named
 */
public record BadSettings(String what, SettingValues values, String blamed) {}
