package org.obverse.engine.study;

import ai.djl.engine.EngineException;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.obverse.api.event.Progress;
import org.obverse.api.event.UnitName;
import org.obverse.api.place.Answer;
import org.obverse.api.place.Order;
import org.obverse.api.place.PlaceContext.Word;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.StoredJson;
import org.obverse.engine.graph.CancelledException;
import org.obverse.engine.plugin.PluginFailedException;

/** What a run and its workers write to each other: one JSON object per line. */
final class WorkerLines {
    private WorkerLines() {}

    /** What a worker is told. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Told.Perform.class, name = "perform"),
        @JsonSubTypes.Type(value = Told.Forget.class, name = "forget"),
        @JsonSubTypes.Type(value = Told.Cancel.class, name = "cancel")
    })
    sealed interface Told {
        record Perform(Order order) implements Told {}

        record Forget(UnitName unit) implements Told {}

        record Cancel() implements Told {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "says")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Said.Alive.class, name = "alive"),
        @JsonSubTypes.Type(value = Said.Underway.class, name = "underway"),
        @JsonSubTypes.Type(value = Said.Made.class, name = "made"),
        @JsonSubTypes.Type(value = Said.Threw.class, name = "threw")
    })
    private sealed interface Said {
        record Alive() implements Said {}

        record Underway(Progress.OfUnit progress) implements Said {}

        record Made(Answer.Made answer) implements Said {}

        record Threw(UnitName unit, Failure failure) implements Said {}
    }

    /** Whose failure it is, which decides how the run ends. */
    private enum Cause {
        CANCELLED,
        UNIT,
        DEVICE,
        OTHER
    }

    /**
     * A failure without its stack trace, which stays on the worker's error stream.
     *
     * @param sources plugins that are to blame, for {@link Cause#UNIT}
     * @param problems of a file or a part that turned out unfit
     */
    private record Failure(Cause cause, String message, List<String> sources, List<Problem> problems) {}

    static String write(Told told) {
        return StoredJson.text(told);
    }

    static String write(Word word) {
        return StoredJson.text(said(word));
    }

    /**
     * @throws IllegalArgumentException if it is no such line
     */
    static Told told(String line) {
        return parse(line, Told.class);
    }

    /**
     * @throws IllegalArgumentException if it is no such line
     */
    static Word said(String line) {
        Said said = parse(line, Said.class);
        if (said instanceof Said.Underway underway) {
            return new Word.Underway(underway.progress());
        } else if (said instanceof Said.Made made) {
            return new Word.Answered(made.answer());
        } else if (said instanceof Said.Threw threw) {
            return new Word.Answered(new Answer.Threw(threw.unit(), failure(threw)));
        }
        return new Word.Alive();
    }

    private static <T> T parse(String line, Class<T> type) {
        try {
            return StoredJson.read(line, type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no line of a worker: " + e.getMessage(), e);
        }
    }

    private static Said said(Word word) {
        if (word instanceof Word.Underway underway && underway.progress() instanceof Progress.OfUnit progress) {
            return new Said.Underway(progress);
        } else if (word instanceof Word.Answered answered && answered.answer() instanceof Answer.Made made) {
            return new Said.Made(made);
        } else if (word instanceof Word.Answered answered && answered.answer() instanceof Answer.Threw threw) {
            return new Said.Threw(threw.unit(), failure(threw.failure()));
        }
        return new Said.Alive();
    }

    private static Failure failure(Throwable failure) {
        if (failure instanceof CancelledException) {
            return new Failure(Cause.CANCELLED, "", List.of(), List.of());
        }
        if (failure instanceof UnitFailedException unit) {
            List<Problem> problems =
                    unit.getCause() instanceof InvalidConfigurationException invalid ? invalid.problems() : List.of();
            return new Failure(Cause.UNIT, String.valueOf(unit.getMessage()), unit.sources(), problems);
        }
        boolean device = failure instanceof EngineException;
        String message = device ? String.valueOf(failure.getMessage()) : PluginFailedException.words(failure);
        return new Failure(device ? Cause.DEVICE : Cause.OTHER, message, List.of(), List.of());
    }

    private static Throwable failure(Said.Threw threw) {
        Failure failure = threw.failure();
        return switch (failure.cause()) {
            case CANCELLED -> new CancelledException();
            case DEVICE -> new EngineException(failure.message());
            case UNIT ->
                new UnitFailedException(
                        threw.unit(),
                        failure.message(),
                        failure.sources(),
                        failure.problems().isEmpty()
                                ? new WorkerFailedException(failure.message())
                                : new InvalidConfigurationException(failure.problems()));
            case OTHER -> new WorkerFailedException(failure.message());
        };
    }
}
