package org.obverse.cli.progress;

import java.util.Locale;

/**
 * Work on many items, such as the files of a folder.
 *
 * @param task what is done to them
 * @param began in nanoseconds
 */
record Items(String task, long began, long done, long total) {
    Items at(long reached) {
        return new Items(task, began, reached, total);
    }

    /** Such as {@code decoding data/faces: 12,000 of 43,147, 1:29 left}. */
    String text(long now) {
        String text = String.format(Locale.ROOT, "%s: %,d of %,d", task, done, total);
        for (String left : Figures.left((now - began) / 1e9, (double) done / total)) {
            text += ", " + left;
        }
        return text;
    }
}
