package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EstimateTest {
    private static final String KINDS =
            "data synthetic-faces, target small-resnet, pool synthetic-faces, evaluation small-inception, generator"
                    + " stylegan2, sample ranked-pool, optimize latent-adam, select robust-confidence, attack-accuracy, gallery ppa";

    @TempDir
    private Path folder = Path.of("");

    private Path plan = Path.of("");
    private Path runs = Path.of("");

    @BeforeEach
    void a_plan_and_a_folder_of_runs() {
        plan = Invocation.tinyPlan(folder);
        runs = folder.resolve("runs");
    }

    @Test
    void every_kind_of_unit_has_its_time_memory_and_disk_and_nothing_is_left_behind() throws IOException {
        Set<Path> before = temporary();

        Invocation estimate = Invocation.of("estimate", plan, "--runs", runs);

        assertEquals(0, estimate.code(), estimate.err());
        String first = answer(estimate);
        assertTrue(
                first.matches(
                        "'tiny' would take about 0:\\d\\d with 1 worker, \\d+\\.\\d [MG]B of memory and 2\\.\\d MB on the disk"),
                estimate.out());
        assertEquals(
                List.of(KINDS.split(", ")),
                kinds(estimate).stream().map(Kind::name).toList());
        kinds(estimate).forEach(kind -> assertTrue(kind.memory() > 50, kind.toString()));
        assertTrue(
                estimate.out()
                        .contains(
                                "95 % interval of a cell's Acc@1, 4 classes with a sample each, at a rate of one half: ± 50.0 points"),
                estimate.out());
        assertFalse(Files.exists(runs));
        assertEquals(before, temporary());
    }

    @Test
    void the_limits_of_slurms_jobs_can_be_copied_into_the_plan() {
        Invocation estimate =
                Invocation.of("estimate", plan, "--runs", runs, "-o", "~execution.workers", "-o", jobs("gpus: 0"));

        assertEquals(0, estimate.code(), estimate.err());
        String limits = estimate.out()
                .lines()
                .filter(line -> line.startsWith("limits: "))
                .findFirst()
                .orElse("");
        assertEquals(
                List.of(
                        "data",
                        "target",
                        "pool",
                        "evaluation",
                        "generator",
                        "sample",
                        "optimize",
                        "select",
                        "metric",
                        "gallery"),
                Pattern.compile("slot: (\\w+), memory: \\d+M, time: \"\\d:\\d\\d:00\"")
                        .matcher(limits)
                        .results()
                        .map(found -> found.group(1))
                        .toList(),
                estimate.out());
        Invocation dry =
                Invocation.of("run", plan, "--dry-run", "--runs", runs, "-o", "~execution.workers", "-o", jobs(limits));
        assertEquals(0, dry.code(), dry.err());
        assertFalse(Invocation.of("estimate", plan, "--runs", runs).out().contains("limits: "));
    }

    private static String jobs(String keys) {
        return "execution.places=[ { use: slurm, " + keys + " } ]";
    }

    @Test
    void the_disk_is_what_a_run_takes() throws IOException {
        Invocation estimate = Invocation.of("estimate", plan, "--runs", runs);
        Invocation run = Invocation.of("run", plan, "--runs", runs);

        assertEquals(0, run.code(), run.err());
        long taken = 0;
        try (Stream<Path> files = Files.walk(runs.resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                taken += Files.size(file);
            }
        }
        assertEquals(
                taken / 1e6,
                kinds(estimate).stream().mapToDouble(Kind::megabytes).sum(),
                taken / 1e6 / 20);
    }

    @Test
    void what_is_finished_costs_nothing() {
        Invocation run = Invocation.of("run", plan, "--runs", runs);
        Invocation estimate = Invocation.of(
                "estimate", plan, "--runs", runs, "--name", "tiny2", "-o", "attack.stages.select.iterations=3");

        assertEquals(0, run.code(), run.err());
        assertEquals(
                Set.of("select robust-confidence", "attack-accuracy", "gallery ppa"),
                kinds(estimate).stream()
                        .filter(kind -> kind.toDo() > 0)
                        .map(Kind::name)
                        .collect(Collectors.toSet()));
        assertEquals(List.of(1, 0), counts(estimate, "target small-resnet"));
    }

    @Test
    void units_that_differ_in_seeds_count_each() {
        Invocation estimate = Invocation.of("estimate", plan, "--runs", runs, "--axis", "seeds.training=1,2,3");

        assertEquals(List.of(0, 3), counts(estimate, "target small-resnet"));
        assertEquals(List.of(0, 1), counts(estimate, "data synthetic-faces"));
        assertEquals(List.of(0, 6), counts(estimate, "optimize latent-adam"));
    }

    /** A million epochs of two steps. */
    @Test
    void an_attack_is_timed_without_the_training_that_it_waits_for() {
        Invocation estimate = Invocation.of("estimate", plan, "--runs", runs, "-o", "target.training.epochs=1000000");

        assertEquals(0, estimate.code(), estimate.err());
        assertTrue(answer(estimate).matches("'tiny' would take about \\d+:\\d\\d:\\d\\d with .*"), estimate.out());
        Kind optimize = kind(estimate, "optimize latent-adam");
        assertTrue(optimize.together().endsWith(" s"), optimize.toString());
        assertTrue(kind(estimate, "target small-resnet").together().matches("\\d+:\\d\\d:\\d\\d"), estimate.out());
    }

    /** Ten million steps are not tried to their end, so nobody knows what as many questions take. */
    @Test
    void what_asks_as_much_as_an_attack_that_was_cut_short_is_not_timed() {
        Invocation estimate = Invocation.of(
                "estimate",
                plan,
                "--runs",
                runs,
                "-o",
                "controls=[ best-of-n ]",
                "-o",
                "attack.stages.optimize.steps=10000000");

        assertEquals(0, estimate.code(), estimate.err());
        assertTrue(estimate.out().contains("best-of-n, as it asks as many questions as the attack"), estimate.out());
    }

    @Test
    void what_cannot_be_timed_is_said_with_the_reason() {
        Invocation estimate =
                Invocation.of("estimate", plan, "--runs", runs, "-o", "attack.stages.optimize.learning-rate=1e38");

        assertEquals(0, estimate.code(), estimate.err());
        assertTrue(answer(estimate).startsWith("'tiny' would take more than 0:"), estimate.out());
        assertTrue(estimate.out().contains("Not timed: optimize latent-adam, as "), estimate.out());
        assertTrue(
                estimate.out().contains("Not timed: select robust-confidence, as it reads optimize/"), estimate.out());
        assertTrue(
                estimate.out().contains("4 classes, at a rate of one half: no wider than ± 50.0 points"),
                estimate.out());
    }

    @Test
    void a_plan_with_a_problem_is_refused_as_by_a_dry_run() {
        for (String wrong : List.of("attack.stages.optimize.loss=nonsense", "target.weights=nowhere.safetensors")) {
            Invocation estimate =
                    Invocation.of("estimate", plan, "--runs", runs, "-o", wrong, "-o", "~target.training");
            Invocation run = Invocation.of("run", plan, "--runs", runs, "-o", wrong, "-o", "~target.training");

            assertEquals(2, estimate.code(), estimate.out());
            assertEquals(run.err(), estimate.err());
        }
        assertFalse(Files.exists(runs));
    }

    @Test
    void it_can_be_interrupted() throws IOException, InterruptedException {
        Set<Path> before = temporary();
        Child child = Child.of("estimate", plan, "--runs", runs);
        child.await("timing ");

        child.signal("INT");

        assertEquals(130, child.code());
        assertTrue(child.err().contains("Interrupted."));
        assertFalse(Files.exists(runs));
        assertEquals(before, temporary());
    }

    private record Kind(String name, int toDo, int reused, String together, double memory, double megabytes) {}

    private static final Pattern ROW = Pattern.compile(
            "  (\\S.*?) +(\\d+) +(\\d+)(?: +\\S+(?: s)? +(\\S+(?: s)?) +(\\d+\\.\\d) ([MG])B +(\\S+)(?: (kB|MB))?)?");

    private static List<Kind> kinds(Invocation estimate) {
        return estimate.out()
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Kind(
                        row.group(1),
                        Integer.parseInt(row.group(2)),
                        Integer.parseInt(row.group(3)),
                        String.valueOf(row.group(4)),
                        row.group(5) == null
                                ? 0
                                : Double.parseDouble(row.group(5))
                                        * (row.group(6).equals("G") ? 1000 : 1),
                        row.group(7) == null
                                ? 0
                                : Double.parseDouble(row.group(7))
                                        / (row.group(8).equals("kB") ? 1000 : 1)))
                .toList();
    }

    private static Kind kind(Invocation estimate, String name) {
        return kinds(estimate).stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Reused and to do. */
    private static List<Integer> counts(Invocation estimate, String name) {
        return List.of(kind(estimate, name).reused(), kind(estimate, name).toDo());
    }

    private static String answer(Invocation estimate) {
        return estimate.out()
                .lines()
                .filter(line -> line.startsWith("'tiny'"))
                .findFirst()
                .orElse("");
    }

    private static Set<Path> temporary() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("obverse-trial"))
                    .collect(Collectors.toSet());
        }
    }
}
