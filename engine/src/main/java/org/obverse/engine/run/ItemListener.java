package org.obverse.engine.run;

/** Hears how work on many items gets on, such as the files of a folder: transient, never journalled, called from any thread. */
@FunctionalInterface
public interface ItemListener {
    /**
     * @param task what is done to the items, such as {@code decoding faces}
     * @param done of {@code total} items; never falls
     */
    void worked(String task, long done, long total);
}
