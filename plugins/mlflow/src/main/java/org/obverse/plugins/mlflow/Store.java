package org.obverse.plugins.mlflow;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where MLflow keeps experiments and runs. Every call may be repeated: what is there already stays as it is. An {@link IOException}
 * says that the store cannot be reached now, a {@link RefusedException} that it will not take this.
 */
interface Store {
    /** For people. */
    String name();

    /** Whether it does at all, while it fails to do something. */
    boolean answers() throws InterruptedException;

    /** The id of the active experiment of that name, which is made if there is none. */
    String experiment(String name, long time) throws IOException, InterruptedException;

    /** The active runs of an experiment with that value of a tag. */
    List<Run> runs(String experiment, String tag, String value) throws IOException, InterruptedException;

    /** Begins a run with its tags. */
    Run create(String experiment, String name, Map<String, String> tags, long time)
            throws IOException, InterruptedException;

    /** A run as the store has it now. */
    Run known(Run run) throws IOException, InterruptedException;

    void update(Run run, Status status, long time) throws IOException, InterruptedException;

    /** Within the limits of {@link Limits}. */
    void log(Run run, List<Metric> metrics, Map<String, String> params, Map<String, String> tags)
            throws IOException, InterruptedException;

    /**
     * Writes a file of a run's artifacts.
     *
     * @throws RefusedException if they lie where only MLflow's own client can write
     */
    void attach(Run run, String name, byte[] content) throws IOException, InterruptedException;

    /** How a run stands; the numbers are those of the file store. */
    enum Status {
        RUNNING(1),
        FINISHED(3),
        FAILED(4),
        KILLED(5);

        final int number;

        Status(int number) {
            this.number = number;
        }
    }

    /**
     * A value of a run.
     *
     * @param time in milliseconds since 1970
     */
    record Metric(String key, double value, long time, long step) {}

    /**
     * A run, and what it was told.
     *
     * @param artifacts the address of its artifacts
     * @param params those it has
     * @param steps the last step of each metric
     */
    record Run(
            String id,
            String experiment,
            String name,
            String artifacts,
            Map<String, String> tags,
            Set<String> params,
            Map<String, Long> steps) {
        public Run {
            params = new HashSet<>(params);
            steps = new HashMap<>(steps);
        }
    }

    /** The store does not take something, now or later. */
    class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }
}
