package org.obverse.api.plugin;

/**
 * One thing that is wrong with a plan, as a value: all of them are collected and shown together.
 *
 * @param path the key, dotted, such as {@code attack.stages.optimize.steps}; relative while a record reports on itself
 * @param line of the plan file, from 1; 0 where none is known
 * @param message names the subject and the rule
 * @param wayOut what to write instead, or what exists
 */
public record Problem(String path, int line, String message, String wayOut) {
    /** A problem of the key {@code path} of the record that reports it. */
    public Problem(String path, String message, String wayOut) {
        this(path, 0, message, wayOut);
    }

    /** The same problem seen from a record further out, whose key {@code parent} holds the reporter. */
    public Problem under(String parent) {
        return new Problem(path.isEmpty() ? parent : parent + "." + path, line, message, wayOut);
    }

    /** The same problem, found at a line. */
    public Problem at(int foundLine) {
        return new Problem(path, foundLine, message, wayOut);
    }

    @Override
    public String toString() {
        String place = line > 0 ? "line " + line + ", " : "";
        return place + path + ": " + message + (wayOut.isEmpty() ? "" : "; " + wayOut);
    }
}
