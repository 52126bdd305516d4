package org.obverse.engine.weights;

import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * Where a reader is, for messages.
 *
 * @param file what the file is called
 * @param part of it, such as {@code data.pkl}; empty for the file itself
 */
record Place(String file, String part) {
    private static final String WHOLE = "give a whole, unchanged file";

    static Place of(String file) {
        return new Place(file, "");
    }

    /** A part whose bytes are counted from its own beginning. */
    Place in(String inner) {
        return new Place(file, inner);
    }

    InvalidConfigurationException refused(String message) {
        return refused(message, WHOLE);
    }

    InvalidConfigurationException refused(String message, String wayOut) {
        return new InvalidConfigurationException(
                new Problem(file, part.isEmpty() ? message : "in " + part + ": " + message, wayOut));
    }

    InvalidConfigurationException refusedAt(long offset, String message) {
        return refusedAt(offset, message, WHOLE);
    }

    InvalidConfigurationException refusedAt(long offset, String message, String wayOut) {
        String where = "at byte " + offset;
        return refused(where + ": " + message, wayOut);
    }

    /** Text from a file, made fit for a message. */
    static String shown(String text) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return clean.length() > 100 ? clean.substring(0, 100) + "…" : clean;
    }
}
