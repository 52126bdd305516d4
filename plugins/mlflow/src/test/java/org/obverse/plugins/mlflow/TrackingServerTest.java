package org.obverse.plugins.mlflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.plugins.mlflow.TrackingServer.Mood;
import org.obverse.plugins.mlflow.TrackingServer.Told;

/** A run, and a tracking server that holds every request against MLflow's description of its interface. */
@Timeout(120)
final class TrackingServerTest {
    private static final Patience LONG = new Patience(Duration.ofMillis(1), Duration.ofSeconds(60), 10_000);

    private final TrackingServer server = new TrackingServer();
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @AfterEach
    void stop() {
        server.close();
        assertEquals(List.of(), server.violations);
    }

    private MlflowListener listener(Patience patience, String... credentials) {
        return new MlflowListener(
                new ServerStore(new Server(server.address(), List.of(credentials), Duration.ofSeconds(20))),
                patience,
                words::add);
    }

    private MlflowListener hasty(Patience patience) {
        return new MlflowListener(
                new ServerStore(new Server(server.address(), List.of(), Duration.ofSeconds(1))), patience, words::add);
    }

    private Course course() {
        return new Course(folder);
    }

    @Test
    void a_study_is_an_experiment_and_a_cell_a_run_with_its_plan_figures_and_curves() {
        course().run(listener(LONG));

        assertEquals(Set.of("study"), server.experiments.keySet());
        assertEquals(2, server.runs.size());
        Told run = server.run("cell=1");
        assertEquals("FINISHED", run.status);
        assertTrue(run.ended > 0);
        assertEquals("cell=1", run.tags.get("mlflow.runName"));
        assertEquals(
                Map.of(
                        "name", "study",
                        "target.training.epochs", "2",
                        "target.training.milestones", "[]",
                        "target.weights", "\"\"",
                        "metrics.0.use", "attack-accuracy",
                        "metrics.0.judge", "none",
                        "classes", "[1,2]"),
                run.params);
        assertEquals(List.of(0.5), run.values("metric/attack-accuracy/Acc_1"));
        assertEquals(List.of(Double.POSITIVE_INFINITY), run.values("metric/attack-accuracy/_/odd/_"));
        assertEquals(List.of(40.0), run.values("metric/attack-accuracy/queries/labels"));
        assertEquals(List.of(0.75), run.values("target/test accuracy"));
        assertEquals(List.of(Double.NaN, 1.0), run.values("target/epoch/loss"));
        assertEquals(List.of(1L, 2L), run.steps("target/epoch/loss"));
        assertEquals(List.of(1.0, 0.5), run.values("target/progress/loss"));
        assertEquals(List.of(), List.copyOf(words));
    }

    @Test
    void report_pictures_and_plan_are_artifacts() throws IOException {
        Files.writeString(folder.resolve("report.html"), "<html>");
        byte[] picture = {1, 2, 3};
        Files.write(folder.resolve("pictures.png"), picture);
        byte[] beside = besideTheReport();

        course().run(listener(LONG));

        Told run = server.run("cell=0");
        assertEquals(
                Set.of("plan.yaml", "report.html", "pictures.png", "report-pictures/0a.png"), run.artifacts.keySet());
        assertArrayEquals(picture, run.artifacts.get("pictures.png"));
        assertArrayEquals(beside, run.artifacts.get("report-pictures/0a.png"));
        assertArrayEquals(Course.PLAN.getBytes(StandardCharsets.UTF_8), run.artifacts.get("plan.yaml"));
    }

    /** A picture of a large report. */
    private byte[] besideTheReport() throws IOException {
        byte[] picture = {4, 5};
        Files.write(Files.createDirectories(folder.resolve("report-pictures")).resolve("0a.png"), picture);
        return picture;
    }

    @Test
    void artifacts_that_only_mlflows_client_can_write_stay_behind_and_it_says_so_once() {
        server.artifactRoot = "s3://bucket/";

        course().run(listener(LONG));

        assertEquals(
                2,
                words.stream()
                        .filter(word -> word.contains("s3://bucket/1/") && word.contains("stay behind"))
                        .count(),
                words.toString());
        assertEquals("FINISHED", server.run("cell=0").status);
    }

    @Test
    void artifacts_of_a_server_on_this_machine_are_written_into_its_folder() throws IOException {
        server.artifactRoot = folder.resolve("kept here").toUri() + "/";
        Files.createDirectories(folder.resolve("kept here"));
        byte[] beside = besideTheReport();

        course().run(listener(LONG));

        Path kept = folder.resolve("kept here/1/" + server.run("cell=0").id + "/artifacts");
        assertEquals(Course.PLAN, Files.readString(kept.resolve("plan.yaml")), words.toString());
        assertArrayEquals(beside, Files.readAllBytes(kept.resolve("report-pictures/0a.png")), words.toString());
    }

    @Test
    void a_resumed_run_goes_on_with_its_runs_and_doubles_nothing() {
        MlflowListener first = listener(LONG);
        course().plan(first);
        course().progress(first, 1, 3);
        course().trained(first, 2);
        course().end(first, Outcome.INTERRUPTED);
        assertEquals("KILLED", server.run("cell=0").status);
        server.pageSize = 1;

        MlflowListener resumed = listener(LONG);
        course().plan(resumed);
        course().trained(resumed, 2);
        course().progress(resumed, 2, 5);
        course().measured(resumed, 0);
        course().measured(resumed, 1);
        course().end(resumed, Outcome.DONE);

        assertEquals(2, server.runs.size());
        Told run = server.run("cell=0");
        assertEquals("FINISHED", run.status);
        assertEquals(List.of(1L, 2L), run.steps("target/epoch/loss"));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), run.steps("target/progress/loss"));
        assertEquals(List.of(0.75), run.values("target/test accuracy"));
        assertEquals(List.of(0.25), run.values("metric/attack-accuracy/Acc_1"));
    }

    @Test
    void another_plan_of_the_same_name_is_another_run() {
        course().run(listener(LONG));
        new Course("study", folder, Course.PLAN + "seeds: { attack: 2 }\n").run(listener(LONG));

        assertEquals(4, server.runs.size());
        assertEquals(1, server.experiments.size());
    }

    @Test
    void many_values_and_long_ones_are_told_within_the_limits() {
        String keys = IntStream.range(0, 250)
                .mapToObj(i -> "key%d: \"%s\"\n".formatted(i, "é".repeat(i == 7 ? 7000 : 100)))
                .collect(Collectors.joining());
        Course course = new Course("study 'of' one", folder, keys);
        MlflowListener listener = listener(LONG);
        course.plan(listener);
        course.trained(listener, 2500);
        listener.failed(new RunFact.Failed(Course.METRICS.get(0), "x".repeat(9000)), course);
        course.end(listener, Outcome.FAILED);

        Told run = server.run("cell=0");
        assertEquals(250, run.params.size());
        assertEquals(6000, run.params.getOrDefault("key7", "").length());
        assertEquals(LongStream.rangeClosed(1, 2500).boxed().toList(), run.steps("target/epoch/loss"));
        assertEquals("FAILED", run.status);
        assertEquals(5000, run.tags.getOrDefault("obverse.failed", "").length());
        assertEquals(List.of(), List.copyOf(words));
    }

    @ParameterizedTest
    @EnumSource(value = Mood.class, names = "ANSWERS", mode = EnumSource.Mode.EXCLUDE)
    void a_server_in_trouble_neither_fails_nor_delays_a_run(Mood mood) throws InterruptedException {
        server.mood = mood;
        MlflowListener listener = hasty(new Patience(Duration.ofMillis(1), Duration.ofMillis(100), 10_000));
        course().plan(listener);
        server.troubled.await();

        course().trained(listener, 2);
        course().measured(listener, 0);
        course().end(listener, Outcome.DONE);

        assertTrue(words.stream().anyMatch(word -> word.contains("was not told all of the run")), words.toString());
    }

    @ParameterizedTest
    @EnumSource(value = Mood.class, names = "ANSWERS", mode = EnumSource.Mode.EXCLUDE)
    void a_server_that_recovers_is_told_what_it_missed(Mood mood) throws InterruptedException {
        server.mood = mood;
        MlflowListener listener = hasty(LONG);
        course().plan(listener);
        server.troubled.await();
        course().trained(listener, 2);
        assertTrue(words.take().contains("cannot be reached"));

        server.mood = Mood.ANSWERS;
        course().measured(listener, 0);
        course().measured(listener, 1);
        course().end(listener, Outcome.DONE);

        assertEquals(List.of(1L, 2L), server.run("cell=1").steps("target/epoch/loss"));
        assertEquals("FINISHED", server.run("cell=1").status);
        assertTrue(words.take().contains("is there again"));
    }

    @Test
    void what_a_server_kept_though_it_failed_is_not_told_twice() {
        server.hearsAndFails = true;

        course().run(listener(LONG));

        assertEquals(List.of(1L, 2L), server.run("cell=0").steps("target/epoch/loss"));
        assertEquals(List.of(1L, 2L), server.run("cell=1").steps("target/epoch/loss"));
        assertTrue(words.stream().anyMatch(word -> word.contains("is there again")), words::toString);
    }

    @Test
    void a_server_that_dies_in_the_middle_and_comes_back_has_all_in_the_end() throws InterruptedException {
        MlflowListener listener = listener(LONG);
        course().plan(listener);
        course().progress(listener, 1, 1);
        server.die();
        course().trained(listener, 2);
        assertTrue(words.take().contains("cannot be reached"));

        server.comeBack();
        course().measured(listener, 0);
        course().measured(listener, 1);
        course().end(listener, Outcome.DONE);

        assertEquals(List.of(1L, 2L), server.run("cell=0").steps("target/epoch/loss"));
        assertEquals(List.of(1L), server.run("cell=0").steps("target/progress/loss"));
        assertEquals("FINISHED", server.run("cell=1").status);
    }

    @Test
    void what_does_not_fit_while_a_server_is_away_is_left_out_counted_and_said() throws InterruptedException {
        server.mood = Mood.FAILS;
        MlflowListener listener = listener(new Patience(Duration.ofMillis(1), Duration.ofSeconds(60), 8));
        course().plan(listener);
        server.troubled.await();
        course().progress(listener, 1, 1000);
        course().trained(listener, 2);

        server.mood = Mood.ANSWERS;
        course().end(listener, Outcome.FAILED);

        assertEquals(List.of(1L, 2L, 3L, 4L), server.run("cell=0").steps("target/progress/loss"));
        assertEquals(List.of(1L, 2L), server.run("cell=0").steps("target/epoch/loss"), "facts fit");
        assertTrue(
                words.stream().anyMatch(word -> word.contains("996 messages of the run were left out")),
                words::toString);
    }

    @Test
    void a_token_is_sent_and_a_wrong_one_is_said_once() {
        server.authorization = "Bearer secret";
        course().run(listener(LONG, "secret"));
        assertEquals(2, server.runs.size());
        assertEquals(List.of(), List.copyOf(words));

        course().run(listener(LONG, "wrong"));
        assertEquals(1, words.stream().filter(word -> word.contains("HTTP 401")).count(), words.toString());
        assertTrue(words.stream().noneMatch(word -> word.contains("wrong") || word.contains("secret")));
    }

    @Test
    void a_name_and_a_password_are_sent_as_basic_authentication() {
        server.authorization = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="; // RFC 7617, section 2

        course().run(listener(LONG, "Aladdin", "open sesame"));

        assertEquals(2, server.runs.size());
    }

    @Test
    void a_cell_that_is_whole_is_finished_though_the_run_failed() {
        MlflowListener listener = listener(LONG);
        course().plan(listener);
        course().trained(listener, 1);
        course().measured(listener, 1);
        course().end(listener, Outcome.FAILED);

        assertEquals("FAILED", server.run("cell=0").status);
        assertEquals("FINISHED", server.run("cell=1").status);
        assertEquals(Collections.emptyList(), List.copyOf(words));
    }
}
