package org.obverse.plugins.spark;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.obverse.plugins.spark.Lines.Asked;
import org.obverse.plugins.spark.Lines.Told;

/** Orders as jobs of Spark, of one task each. An application that Spark ends is of no use any more, and its process ends, too. */
final class Jobs implements Conversation.Cluster {
    private static final String GROUP = "obverse";
    /** What tasks need at most to end their workers. */
    private static final long FAREWELL_SECONDS = 25;

    /** Who lost a task, and how. */
    private static final Pattern CAUSE = Pattern.compile(
            ".*most recent failure: Lost task [^(]*\\(TID \\d+\\) \\(([^)]*)\\): (java\\.io\\.IOException: )?(.*)");

    private final Worker worker;
    private final LastWords words = new LastWords();
    private final AtWork atWork;
    private final CompletableFuture<JavaSparkContext> context = new CompletableFuture<>();

    /**
     * Begins the application, which takes a while, on another thread.
     *
     * @param told hears what workers say
     */
    Jobs(Worker worker, Consumer<Told> told) {
        this.worker = worker;
        this.atWork = new AtWork(words, told, () -> System.exit(1));
        Thread beginning = new Thread(this::begin, "application");
        beginning.setDaemon(true);
        beginning.start();
    }

    private void begin() {
        try {
            JavaSparkContext begun = new JavaSparkContext(new SparkConf());
            begun.sc().addSparkListener(atWork);
            begun.sc().register(words);
            context.complete(begun);
        } catch (Exception | LinkageError e) {
            context.completeExceptionally(e);
            throw new IllegalStateException("Spark cannot begin an application", e);
        }
    }

    @Override
    public String perform(Asked asked) throws Exception {
        JavaSparkContext spark;
        try {
            spark = context.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("Spark cannot begin an application: " + e.getCause(), e);
        }
        try {
            // Of this thread: what people see of the job, and that its task is told by an interrupt.
            spark.setJobGroup(GROUP, asked.unit(), true);
            return spark.parallelize(List.of(asked.line()), 1)
                    .map(new Task(worker, asked.number(), words))
                    .collect()
                    .get(0);
        } catch (Exception e) {
            // Spark's exceptions are checked ones that its methods do not declare.
            throw new IllegalStateException(reason(String.valueOf(e.getMessage())), e);
        }
    }

    /** What Spark says of a job that failed, without its numbers of the task, and without the stack. */
    static String reason(String message) {
        String first = message.lines().findFirst().orElse("");
        Matcher cause = CAUSE.matcher(first);
        return cause.matches()
                ? "its task failed on " + cause.group(1) + ": " + cause.group(3)
                : "its task failed: " + first;
    }

    @Override
    public void close() {
        atWork.farewell();
        if (context.isDone() && !context.isCompletedExceptionally()) {
            JavaSparkContext spark = context.join();
            spark.cancelAllJobs();
            atWork.awaitNone(FAREWELL_SECONDS, TimeUnit.SECONDS);
            spark.stop();
        }
    }
}
