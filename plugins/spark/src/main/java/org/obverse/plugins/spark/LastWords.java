package org.obverse.plugins.spark;

import org.apache.spark.util.AccumulatorV2;

/**
 * What a worker said last, a line each: comes to the application with an executor's heartbeats. That it is alive hides nothing, as there
 * are the last two lines that differ.
 */
final class LastWords extends AccumulatorV2<String, String> {
    private volatile String words = "";

    @Override
    public boolean isZero() {
        return words.isEmpty();
    }

    @Override
    public AccumulatorV2<String, String> copy() {
        LastWords copy = new LastWords();
        copy.words = words;
        return copy;
    }

    @Override
    public void reset() {
        words = "";
    }

    @Override
    public void add(String next) {
        String last = words.substring(words.lastIndexOf('\n') + 1);
        if (!last.equals(next)) {
            words = last.isEmpty() ? next : last + "\n" + next;
        }
    }

    @Override
    public void merge(AccumulatorV2<String, String> other) {
        words = other.value();
    }

    @Override
    public String value() {
        return words;
    }
}
