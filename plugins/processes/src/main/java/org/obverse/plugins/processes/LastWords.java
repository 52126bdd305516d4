package org.obverse.plugins.processes;

/** What a Java runtime writes to the standard output when native code crashes it: lines that begin with {@code #}. */
final class LastWords {
    private static final String REPORT_FOLLOWS = "saved as:";

    private String cause = "";
    private String report = "";
    private boolean reportFollows;

    /** Whether the line is one of these. */
    boolean hear(String line) {
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
        if (cause.isEmpty()) {
            return "";
        }
        return "native code crashed its process (" + cause + ")"
                + (report.isEmpty() ? "" : "; the Java runtime's report is " + report);
    }
}
