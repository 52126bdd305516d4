package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.study.PlanText.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.event.RunFact.Outcome;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.product.Network;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.record.Score;

/** Evaluations that prove nothing, each wrong in one way, and one that is right. */
final class GateTest {
    private static final String STRONG = "{ epochs: 60, batch: 8, learning-rate: 0.05 }";
    private static final String PLAN = """
            data: { use: crowd }
            target: { classifier: { use: linear }, training: { epochs: 2, batch: 5 } }
            evaluation: { judge: { classifier: { use: linear }, seed: 2, training: %s } }
            generator: { use: plane }
            attack: { use: tiny }
            metrics: [ { use: count }, { use: judged } ]
            """.formatted(STRONG);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(new TinyPlugin(), new CrowdPlugin())), folder);
    }

    @Test
    void a_strong_judge_of_its_own_is_let_pass_and_says_how_good_it_is() {
        RunRecord record = run(PLAN, "right");

        assertEquals(List.of(), refused(record));
        assertEquals(List.of(), record.accepted());
        Map<String, Double> judge = record.figures().getOrDefault("evaluation/0", Map.of());
        assertTrue(judge.getOrDefault(Network.TEST_ACCURACY, 0.0) >= 0.9, judge::toString);
        assertTrue(judge.getOrDefault(Network.TEST_CALIBRATION, 1.0) <= 0.25, judge::toString);
    }

    @Test
    void a_judge_that_errs_too_often_is_refused_and_the_rest_is_measured() {
        RunRecord record = run(with(PLAN, STRONG, "{ epochs: 1 }"), "weak");

        assertInstanceOf(Score.Measured.class, record.scores().get(0));
        String reason = refused(record).get(0);
        assertTrue(
                reason.matches(
                        "refused as weak-judge: judge: [0-9.]+ % of its own test images, less than 90 %; train it"
                                + " longer or on more images, or choose a stronger one, or accept it by name: accept: \\["
                                + " weak-judge ]"),
                reason);
    }

    @Test
    void what_is_accepted_by_name_is_measured_and_kept_with_the_figures() {
        RunRecord record = run(with(PLAN, STRONG, "{ epochs: 1 }") + "accept: [ weak-judge ]\n", "accepted");

        assertEquals(List.of(), refused(record));
        assertTrue(
                record.accepted()
                        .get(0)
                        .matches("weak-judge \\(judge: [0-9.]+ % of its own test images, less than 90 %\\)"),
                () -> record.accepted().toString());
        assertTrue(record.plan().contains("accept:"), record::plan);
    }

    @Test
    void a_judge_whose_confidence_is_far_off_is_refused_by_whom_it_tells_its_confidence() {
        String unsure = with(PLAN, "learning-rate: 0.05", "learning-rate: 0.05, smoothing: 0.6");
        RunRecord record = run(with(unsure, "{ use: judged }", "{ use: judged }, { use: spread }"), "unsure");

        assertEquals(1, refused(record).size());
        String reason = refused(record).get(0);
        assertTrue(
                reason.startsWith("refused as uncalibrated-judge: judge: a calibration error of 0.")
                        && reason.contains(" on its own test images, more than 0.25; "),
                reason);
    }

    @Test
    void a_judge_that_lends_its_crop_alone_may_be_as_weak_as_it_is() {
        String plan = with(with(PLAN, STRONG, "{ epochs: 1 }"), "{ use: judged }", "{ use: cropped }");

        assertEquals(List.of(), refused(run(plan, "cropped")));
        assertEquals(
                List.of("line 7, accept: nothing in this plan can be refused as weak-judge; drop it: what is accepted"
                        + " stands below every table"),
                problems(plan + "accept: [ weak-judge ]\n"));
    }

    @Test
    void confidence_is_no_ground_where_no_metric_reads_it() {
        String plan = with(PLAN, "{ use: judged }", "{ use: spread }");

        assertEquals(
                List.of("line 7, accept: nothing in this plan can be refused as uncalibrated-judge; drop it: what is"
                        + " accepted stands below every table"),
                problems(plan + "accept: [ uncalibrated-judge ]\n"));
    }

    @Test
    void a_judge_with_the_weights_of_the_target_is_refused_before_anything_runs() throws IOException {
        Files.write(folder.resolve("a"), LinearWeights.of(4, 1));
        Files.write(folder.resolve("b"), LinearWeights.of(4, 1));
        Files.write(folder.resolve("c"), LinearWeights.of(4, 2));
        String plan = with(
                with(PLAN, "training: { epochs: 2, batch: 5 }", "weights: a"),
                "seed: 2, training: " + STRONG,
                "weights: b");

        assertEquals(
                List.of(
                        "line 3, evaluation.judge: judge has the weights of target; judge by a model with other weights, or"
                                + " accept it by name: accept: [ judge-is-target ]"),
                problems(plan));
        assertEquals(List.of(), problems(with(plan, "weights: b", "weights: c")));
        assertEquals(List.of(), problems(plan + "accept: [ judge-is-target ]\n"));
    }

    @Test
    void a_judge_loaded_with_the_weights_that_the_target_is_trained_to_is_refused_when_that_is_seen()
            throws IOException {
        run(PLAN, "first");
        export("target/0", "copied");
        String loaded = with(PLAN, "seed: 2, training: " + STRONG, "weights: copied");

        RunRecord record = run(loaded, "second");

        assertTrue(
                refused(record).get(0).contains("refused as judge-is-target: judge has the weights of target; "),
                refused(record)::toString);
    }

    @Test
    void a_judge_trained_as_the_target_is_with_its_seed_is_refused() {
        String alike = with(PLAN, "seed: 2, training: " + STRONG, "training: { epochs: 2, batch: 5 }");

        assertEquals(
                List.of(
                        "line 3, evaluation.judge: judge has the classifier, the training and the seed of target; give it"
                                + " another classifier, other weights to start from or a seed of its own, or accept it by name:"
                                + " accept: [ judge-trained-alike ]"),
                problems(alike));
        assertEquals(List.of(), problems(with(alike, "judge: {", "judge: { seed: 5,")));
    }

    @Test
    void a_judge_that_begins_with_the_values_of_the_target_is_refused() {
        String seeded = PLAN.replace("use: linear", "use: seeded");

        assertEquals(
                List.of(
                        "line 3, evaluation.judge: judge begins its training with the weights of target; give it another"
                                + " classifier, other weights to start from or a seed of its own, or accept it by name: accept:"
                                + " [ judge-trained-alike ]"),
                problems(seeded));
        assertEquals(
                List.of(),
                problems(with(
                        seeded, "judge: { classifier: { use: seeded", "judge: { classifier: { use: seeded, seed: 2")));
    }

    @Test
    void a_judge_that_a_run_trained_on_another_split_is_refused() throws IOException {
        run(PLAN, "first");
        export("evaluation/0", "judge");
        String loaded = with(PLAN, "seed: 2, training: " + STRONG, "weights: judge");

        assertEquals(List.of(), refused(run(loaded, "same")));
        String reason = refused(run("seeds: { split: 2 }\n" + loaded, "other")).get(0);
        assertTrue(
                reason.startsWith(
                        "refused as judge-of-another-split: judge: its weights are of a run with other test images"
                                + " than this plan's data have; train it in this plan"),
                reason);
    }

    @Test
    void public_images_that_are_private_are_refused_where_the_attack_reads_them() {
        String leaking = with(PLAN, "use: crowd", "use: crowd, leaked: 5");
        String reading = with(leaking, "use: tiny", "use: tiny, stages: { sample: { use: reader } }");

        assertEquals(List.of(), refused(run(leaking, "unread")));
        List<String> reasons = refused(run(reading, "read"));
        assertEquals(2, reasons.size());
        assertTrue(
                reasons.get(0)
                        .startsWith(
                                "refused as private-in-public: the attacker has private images among the public ones"
                                        + " (training 0 = public 0; training 1 = public 1; training 2 = public 2; and 2 more), which"
                                        + " reader reads; take these images out of the public part, or accept it by name:"),
                reasons::toString);
        assertEquals(List.of(), refused(run(with(reading, ", leaked: 5", ""), "clean")));
    }

    @Test
    void public_images_of_the_pool_alone_are_private_too() {
        String reading = with(PLAN, "use: tiny", "use: tiny, stages: { sample: { use: reader } }");

        List<String> reasons = refused(run(with(reading, "use: crowd", "use: crowd, pooled: 2"), "pooled"));

        assertTrue(
                reasons.get(0).contains("(pool 40 = public 0; pool 41 = public 1), which reader reads"),
                reasons::toString);
    }

    @Test
    void public_files_that_are_private_are_a_problem_of_the_plan() {
        String reading = with(PLAN, "use: tiny", "use: tiny, stages: { sample: { use: reader } }");
        String leaking = with(reading, "use: crowd", "use: crowd, files: true, leaked: 1");

        assertEquals(
                List.of(
                        "line 1, data: the attacker has private images among the public ones (training private/0 = public"
                                + " PUBLIC/0), which reader reads; take these images out of the public part, or accept it by name:"
                                + " accept: [ private-in-public ]"),
                problems(leaking));
        assertEquals(List.of(), problems(with(leaking, "leaked: 1", "leaked: 0")));
        assertEquals(List.of(), problems(with(reading, "use: crowd", "use: crowd, files: true")));
    }

    @Test
    void too_few_private_images_are_a_problem_of_the_plan() {
        String plan = with(PLAN, "{ use: judged }", "{ use: tested, least: 41 }");

        assertEquals(
                List.of(
                        "line 6, metrics.1: tested has 40 test images and needs 41: fewer say nothing; attack more classes,"
                                + " keep more candidates of each, or use data with more images, or accept it by name: accept: ["
                                + " too-few-samples ]"),
                problems(plan));
        assertEquals(List.of(), problems(with(plan, "41", "40")));
        RunRecord record = run(plan + "accept: [ too-few-samples ]\n", "few");
        assertEquals(
                List.of("too-few-samples (tested has 40 test images and needs 41: fewer say nothing)"),
                record.accepted());
    }

    @Test
    void too_few_reconstructions_are_refused_when_they_are_counted() {
        String plan = with(PLAN, "{ use: judged }", "{ use: spread }");
        String few = with(plan, "use: tiny", "use: tiny, classes: [ 0 ]");

        assertEquals(List.of(), refused(run(plan, "many")));
        assertEquals(
                List.of(
                        "refused as too-few-samples: spread has 2 reconstructions and needs 3: a covariance is singular;"
                                + " attack more classes, keep more candidates of each, or use data with more images, or accept it"
                                + " by name: accept: [ too-few-samples ]"),
                refused(run(few, "few")));
    }

    @Test
    void a_study_whose_repetitions_have_other_splits_and_other_attacks_is_refused() {
        String study = PLAN + "study:\n  axes:\n    seeds.attack: [ 1, 2 ]\n    seeds.split: [ 1, 2 ]\n";
        String together = PLAN + "study:\n  axes:\n    seeds: [ { split: 1, attack: 1 }, { split: 2, attack: 2 } ]\n";
        String reason =
                ": repetitions of the attack are on other splits of the data (seeds.split 1 with seeds.attack 1, and"
                        + " 2 with 2), so that their spread is of both; vary one of both seeds, and make a study of its own for the"
                        + " other, or accept it by name: accept: [ split-by-attack-seed ]";

        assertEquals(List.of("line 10, study.axes.seeds.split" + reason), problems(study));
        assertEquals(List.of("line 9, study.axes.seeds" + reason), problems(together));
        assertEquals(List.of(), problems(with(study, "    seeds.attack: [ 1, 2 ]\n", "")));
        assertEquals(List.of(), problems(with(study, "    seeds.split: [ 1, 2 ]\n", "")));
        RunRecord record = run(together + "accept: [ split-by-attack-seed ]\n", "both");
        assertTrue(
                record.accepted()
                        .get(0)
                        .startsWith("split-by-attack-seed (repetitions of the attack are on other splits"),
                () -> record.accepted().toString());
    }

    @Test
    void what_is_no_ground_and_what_cannot_be_one_here_is_not_accepted() {
        assertTrue(
                problems(PLAN + "accept: [ weak-juge ]\n").get(0).startsWith("line 7, accept.0: "),
                () -> problems(PLAN + "accept: [ weak-juge ]\n").toString());
        assertEquals(
                List.of(
                        "line 7, accept: nothing in this plan can be refused as private-in-public; drop it: what is accepted"
                                + " stands below every table"),
                problems(PLAN + "accept: [ private-in-public ]\n"));
        assertEquals(
                List.of("line 7, accept.1: weak-judge is accepted already; name it once"),
                problems(PLAN + "accept: [ weak-judge, weak-judge ]\n"));
    }

    private RunRecord run(String plan, String name) {
        runner.told().clear();
        assertEquals(Outcome.DONE, runner.run(plan, name, "runs").outcome());
        String cell = runner.study(plan, name).cells().get(0).name();
        return runner.record(name, cell, "runs");
    }

    private void export(String unit, String file) throws IOException {
        String artifact = String.valueOf(runner.artifacts().get(unit));
        Files.copy(folder.resolve("runs/objects").resolve(artifact), folder.resolve(file));
    }

    private static List<String> refused(RunRecord record) {
        List<String> reasons = new ArrayList<>();
        record.scores().forEach(score -> {
            if (score instanceof Score.Undefined undefined) {
                reasons.add(undefined.reason());
            }
        });
        return reasons;
    }

    private List<String> problems(String plan) {
        try {
            runner.runs()
                    .rehearse(
                            runner.study(plan, "plan"), runner.setting("runs"), runner.audience(), new AtomicBoolean());
            return List.of();
        } catch (InvalidConfigurationException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }
}
