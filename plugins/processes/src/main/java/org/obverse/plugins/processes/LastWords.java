package org.obverse.plugins.processes;

/**
 * What a Java runtime writes to the standard output before it ends: when native code crashes it, lines that begin with {@code #}; when its
 * memory is full, one line.
 */
final class LastWords {
    private static final String REPORT_FOLLOWS = "saved as:";
    private static final String FULL = "Terminating due to java.lang.OutOfMemoryError: ";

    private String cause = "";
    private String report = "";
    private String full = "";
    private boolean reportFollows;

    /** Whether the line is one of these. */
    boolean hear(String line) {
        if (line.startsWith(FULL)) {
            full = line.substring(FULL.length());
            return true;
        }
        if (!line.startsWith("#")) {
            return false;
        }
        if (reportFollows) {
            report = line.substring(1).strip();
        } else if (cause.isEmpty() && line.startsWith("#  ")) {
            cause = line.substring(1).strip().replaceFirst(", pid=.*", "");
        }
        reportFollows = line.endsWith(REPORT_FOLLOWS);
        return true;
    }

    /** Why the process is lost; nothing if it did not say. */
    String reason() {
        if (!full.isEmpty()) {
            return "its process ran out of memory (" + full + "); OBVERSE_HEAP=4g gives each process more";
        }
        if (cause.isEmpty()) {
            return "";
        }
        return "native code crashed its process (" + cause + ")"
                + (report.isEmpty() ? "" : "; the Java runtime's report is " + report);
    }
}
