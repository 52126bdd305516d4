package org.obverse.cli.report.defense;

/**
 * A sign that attacks failed at something else than the defense.
 *
 * @param name in a few words
 * @param figures those that raise it
 * @param meaning what it says about the result, as a sentence
 */
public record Flag(String name, String figures, String meaning) {
    /** In one line. */
    public String text() {
        return name + " (" + figures + "): " + meaning;
    }
}
