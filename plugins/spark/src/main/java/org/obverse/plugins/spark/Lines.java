package org.obverse.plugins.spark;

import java.util.Optional;

/**
 * What a place and its application write to each other, a line each, in fields that a tab separates. A place writes orders only; the
 * end of its output ends the application and all its tasks.
 */
final class Lines {
    /** Of what an application tells: others may write to the same output. */
    private static final String MARK = "obverse";

    private Lines() {}

    /**
     * What a place asks for.
     *
     * @param number of the order, which no other of the run has
     * @param unit for people
     * @param line the order, for a worker
     */
    record Asked(long number, String unit, String line) {}

    /** What an application tells of an order. */
    sealed interface Told {
        long number();

        /**
         * Its worker is at work.
         *
         * @param line what it said last
         */
        record Said(long number, String line) implements Told {}

        /**
         * Its worker ended, as it should.
         *
         * @param line what it said last
         */
        record Ended(long number, String line) implements Told {}

        /**
         * Its task failed.
         *
         * @param reason for people
         */
        record Failed(long number, String reason) implements Told {}
    }

    static String write(Asked asked) {
        return asked.number() + "\t" + oneLine(asked.unit()) + "\t" + asked.line();
    }

    /**
     * @throws IllegalArgumentException if it is no such line
     */
    static Asked asked(String line) {
        String[] fields = line.split("\t", 3);
        if (fields.length < 3) {
            throw new IllegalArgumentException("no order: " + line);
        }
        return new Asked(Long.parseLong(fields[0]), fields[1], fields[2]);
    }

    static String write(Told told) {
        String what;
        String text;
        if (told instanceof Told.Said said) {
            what = "said";
            text = said.line();
        } else if (told instanceof Told.Ended ended) {
            what = "ended";
            text = ended.line();
        } else {
            what = "failed";
            text = ((Told.Failed) told).reason();
        }
        return String.join("\t", MARK, what, String.valueOf(told.number()), oneLine(text));
    }

    /** Nothing if it is no such line. */
    static Optional<Told> told(String line) {
        String[] fields = line.split("\t", 4);
        if (fields.length < 4 || !fields[0].equals(MARK) || !fields[2].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(fields[2]);
        return switch (fields[1]) {
            case "said" -> Optional.of(new Told.Said(number, fields[3]));
            case "ended" -> Optional.of(new Told.Ended(number, fields[3]));
            case "failed" -> Optional.of(new Told.Failed(number, fields[3]));
            default -> Optional.empty();
        };
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n]+", " ");
    }
}
