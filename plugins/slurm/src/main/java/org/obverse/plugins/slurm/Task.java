package org.obverse.plugins.slurm;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.obverse.api.place.Answer;
import org.obverse.api.place.PlaceContext;
import org.obverse.api.place.PlaceContext.Word;

/**
 * One job of an array, which performs one order. Its files begin with its index: {@code .order}, {@code .try} with how often Slurm had
 * to start it again (after a node died, say), and for each of these {@code .TRY.said} with the worker's lines, {@code .TRY.log} with what it told people, and, once it is
 * over, {@code .TRY.end} with its exit code.
 */
final class Task {
    /** How long a folder of another node may hide what a job wrote last. */
    private static final Duration HIDDEN = Duration.ofSeconds(45);
    /** Of a process that TERM ended. */
    private static final String TERMINATED = "143";
    /** Of what a job wrote, in messages. */
    private static final int SHOWN = 80;

    private final Path array;
    private final int index;
    private final String line;
    private String job = "";
    private int attempt;
    private long heard;
    private String strange = "";
    private Optional<Answer> answer = Optional.empty();
    private Optional<Long> missed = Optional.empty();
    private boolean lost;

    /**
     * @param array the folder of its files
     * @param line the order, for a worker
     */
    Task(Path array, int index, String line) {
        this.array = array;
        this.index = index;
        this.line = line;
    }

    int index() {
        return index;
    }

    String line() {
        return line;
    }

    void write() throws IOException {
        Files.writeString(array.resolve(index + ".order"), line + "\n");
    }

    /** Whether a worker's process ended, however. */
    boolean isOver() throws IOException {
        Path latest = array.resolve(index + ".try");
        String number = Files.exists(latest) ? Files.readString(latest).strip() : "";
        if (!number.isEmpty() && Integer.parseInt(number) != attempt) {
            attempt = Integer.parseInt(number);
            heard = 0;
            strange = "";
            answer = Optional.empty();
        }
        return Files.exists(file("end", attempt));
    }

    /** Whether TERM ended it before it had made anything. As long as the queue has it, the cluster begins it again. */
    boolean wasTerminated() throws IOException {
        return code().equals(TERMINATED)
                && answer.filter(Answer.Made.class::isInstance).isEmpty();
    }

    private String code() throws IOException {
        Path end = file("end", attempt);
        return Files.exists(end) ? Files.readString(end).strip() : "";
    }

    /** The queue has it, under this number. */
    void listed(String number) {
        job = number;
        missed = Optional.empty();
    }

    /** The queue does not have it; says whether that has been so for longer than a file can be hidden. */
    boolean isMissing(boolean cancelled) {
        if (missed.isEmpty()) {
            missed = Optional.of(System.nanoTime());
        }
        return cancelled || System.nanoTime() - missed.get() > HIDDEN.toNanos();
    }

    /**
     * How it ended, once {@link #isOver} or {@link #isMissing}.
     *
     * @param ear who asked for it
     * @param cancelled whether the run told it to end
     */
    Answer end(Ear ear, PlaceContext context, boolean cancelled) throws IOException {
        hear(ear, context);
        String code = code();
        boolean outside = code.equals(TERMINATED) && !cancelled;
        if (answer.isPresent() && (answer.get() instanceof Answer.Made || !outside)) {
            return answer.get();
        }
        lost = true;
        String how;
        if (outside) {
            how = "was ended from outside, as a limit of time does it";
        } else if (!strange.isEmpty()) {
            how = "wrote what no worker writes ('" + strange.substring(0, Math.min(SHOWN, strange.length())) + "')";
        } else {
            how = code.isEmpty() ? "is gone from the queue without a word" : "ended with exit code " + code;
        }
        return new Answer.Lost(
                ear.order().unit(),
                "its job" + (job.isEmpty() ? "" : " " + job) + " " + how + "; see " + file("log", attempt)
                        + (job.isEmpty() ? "" : " and sacct -j " + job));
    }

    /** Whether it ended without an answer. */
    boolean wasLost() {
        return lost;
    }

    /** Tells what the worker said since the last time. */
    void hear(Ear ear, PlaceContext context) throws IOException {
        Path said = file("said", attempt);
        if (!Files.exists(said)) {
            return;
        }
        byte[] bytes;
        try (RandomAccessFile file = new RandomAccessFile(said.toFile(), "r")) {
            file.seek(heard);
            bytes = new byte[(int) Math.min(file.length() - heard, Integer.MAX_VALUE - 8)];
            file.readFully(bytes);
        }
        int whole = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                String next = new String(bytes, whole, i - whole, StandardCharsets.UTF_8);
                whole = i + 1;
                hear(next, ear, context);
            }
        }
        heard += whole;
    }

    private void hear(String words, Ear ear, PlaceContext context) {
        try {
            Word word = context.read(words);
            if (word instanceof Word.Underway underway) {
                ear.progress().accept(underway.progress());
            } else if (word instanceof Word.Answered answered
                    && answered.answer().unit().equals(ear.order().unit())) {
                answer = Optional.of(answered.answer());
            }
        } catch (IllegalArgumentException e) {
            strange = strange.isEmpty() ? words : strange;
        }
    }

    private Path file(String what, int start) {
        return array.resolve(index + "." + start + "." + what);
    }
}
