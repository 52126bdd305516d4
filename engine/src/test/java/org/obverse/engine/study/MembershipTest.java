package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.Study;
import org.obverse.engine.plan.TargetPlan;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.Score;
import org.obverse.engine.training.HeldOutImages;
import org.obverse.engine.unit.Equipment;

/** Attacks that say of samples whether a target was trained on them. */
final class MembershipTest {
    private static final String PLAN = """
            data: { use: numbers }
            target: { classifier: { use: linear }, training: { epochs: 1, batch: 5 } }
            membership:
              samples: 10
              known: 4
              references: 4
              attacks: [ { use: first-pixel }, { use: trained-on } ]
            metrics: [ { use: means } ]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(new TinyPlugin(), new GuessingPlugin())), folder);
    }

    private Map<String, Double> figures(String name) {
        Map<String, Double> figures = new TreeMap<>();
        for (Score score : runner.record(name, name, "runs").scores()) {
            ((Score.Measured) score).figures().forEach(figure -> figures.put(figure.name(), figure.value()));
        }
        return figures;
    }

    private static double of(Map<String, Double> figures, String name) {
        return Objects.requireNonNull(figures.get(name), () -> name + " is none of " + figures);
    }

    @Test
    void training_images_are_members_and_test_images_are_not() {
        runner.run(PLAN, "judged", "runs");

        Map<String, Double> figures = figures("judged");
        assertTrue(of(figures, "first-pixel members") > 0, figures.toString());
        assertTrue(of(figures, "first-pixel others") < 0, figures.toString());
    }

    @Test
    void each_sample_is_in_the_training_of_the_same_number_of_reference_models() {
        runner.run(PLAN, "halves", "runs");
        runner.told().clear();
        runner.run(PlanText.with(PLAN, "references: 4", "references: 5\n  training-share: 0.2"), "fifths", "runs");

        assertEquals(5, runner.made("reference").size());
        assertEquals(2, of(figures("halves"), "trained-on members"));
        assertEquals(2, of(figures("halves"), "trained-on others"));
        assertEquals(1, of(figures("fifths"), "trained-on members"));
    }

    @Test
    void cells_share_the_game_and_the_reference_models_of_a_target() {
        runner.run(
                PlanText.with(PLAN, "{ use: first-pixel }, ", "") + "study: { axes: { seeds.attack: [1, 2] } }",
                "attacked",
                "runs");

        assertEquals(1, runner.made("game").size());
        assertEquals(4, runner.made("reference").size());
        assertEquals(2, runner.made("membership").size());
    }

    @Test
    void attacks_without_reference_models_train_none() {
        runner.run(PlanText.with(PLAN, ", { use: trained-on }", ""), "alone", "runs");

        assertEquals(0, runner.made("reference").size());
    }

    @Test
    void what_the_target_is_asked_is_counted_and_known_samples_are_not_judged() {
        runner.run(PLAN, "counted", "runs");

        assertEquals(
                Map.of("labels", 20L),
                Objects.requireNonNull(runner.made().get("membership/0"))
                        .summary()
                        .queries());
    }

    @Test
    void a_plan_is_written_as_it_is_read() {
        Study study = runner.study(PLAN, "written");
        String written = PlanWriter.yaml(study.cells().get(0).plan());

        assertEquals(
                written,
                PlanWriter.yaml(runner.study(written, "written").cells().get(0).plan()));
        assertTrue(written.contains("training-share: 0.5"), written);
    }

    @Test
    void two_attacks_of_a_name_get_numbers() {
        runner.run(PlanText.with(PLAN, "{ use: trained-on }", "{ use: first-pixel }"), "twice", "runs");

        assertEquals(of(figures("twice"), "first-pixel members"), of(figures("twice"), "first-pixel/2 members"));
    }

    /** Why the only unit failed that did. */
    private Throwable failed(String plan) {
        List<Throwable> reasons = runner.run(plan, "failed", "runs").reasons();
        assertEquals(1, reasons.size(), reasons.toString());
        return assertInstanceOf(UnitFailedException.class, reasons.get(0));
    }

    private static void assertSays(Throwable failure, String words) {
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(words), message);
    }

    private List<String> refused(String plan) {
        return assertThrows(InvalidConfigurationException.class, () -> runner.run(plan, "refused", "runs"))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void more_samples_than_the_smaller_part_has_are_refused_with_how_many_there_could_be() {
        assertEquals(
                List.of(
                        "line 4, membership.samples: asks for 13 members and 13 others beside 4 known of either, and the data set"
                                + " 'numbers' has 20 training and 16 test images; use at most 12, or a smaller membership.known"),
                refused(PlanText.with(PLAN, "samples: 10", "samples: 13")));
    }

    @Test
    void a_member_that_is_also_no_member_is_refused() {
        Throwable refused = failed(PlanText.with(PLAN, "use: numbers", "use: numbers, training: 16, shared: 16")
                .replace("samples: 10", "samples: 12"));

        assertInstanceOf(InvalidConfigurationException.class, refused.getCause());
        assertSays(refused, "so that it is a member and is not; take it out of one of both parts");
    }

    @Test
    void a_finished_target_has_no_models_that_are_trained_like_it() throws Exception {
        Files.write(folder.resolve("weights"), LinearWeights.of(2, 1));

        assertEquals(
                List.of(
                        "line 7, membership.attacks.1: 'trained-on' trains models like the target, which is a finished network or learns from"
                                + " one, so that the plan does not say how that was trained; attack a target that the plan trains, or use"
                                + " another attack"),
                refused(PlanText.with(PLAN, "training: { epochs: 1, batch: 5 }", "weights: weights")));
    }

    private static final String HOLDING =
            PlanText.with(PLAN, "use: linear }", "use: linear }, defense: [ { use: holding-out } ]");

    /** Rows of the training images that the target of the plan holds out. */
    private List<Integer> heldOut() {
        TargetPlan target =
                runner.study(HOLDING, "seeded").cells().get(0).plan().target("target");
        return new HeldOutImages(0.1, target.seed(), "target").rows(20);
    }

    private Map<String, String> networks(String plan, String name) {
        runner.told().clear();
        runner.run(plan, name, "runs");
        Map<String, String> networks = new TreeMap<>(runner.artifacts());
        networks.keySet().removeIf(unit -> !unit.startsWith("target") && !unit.startsWith("reference"));
        return networks;
    }

    @Test
    void what_the_target_holds_out_trains_neither_it_nor_a_reference_model() {
        List<Integer> held = heldOut();
        int learned = IntStream.range(0, 20)
                .filter(row -> !held.contains(row))
                .findFirst()
                .orElseThrow();
        Map<String, String> usual = networks(HOLDING, "usual");

        assertEquals(5, usual.size());
        for (int row : held) {
            assertEquals(
                    usual, networks(PlanText.with(HOLDING, "use: numbers", "use: numbers, other: " + row), "r" + row));
        }
        assertNotEquals(
                usual.get("target/0"),
                networks(PlanText.with(HOLDING, "use: numbers", "use: numbers, other: " + learned), "learned")
                        .get("target/0"));
    }

    @Test
    void what_the_target_holds_out_is_neither_member_nor_other() {
        // Two of 20 are held out and four of the other 18 known, so that 14 are judged: all that is left, of 18 test
        // images.
        runner.run(
                PlanText.with(HOLDING, "use: numbers", "use: numbers, test: 18").replace("samples: 10", "samples: 14"),
                "held",
                "runs");

        List<Integer> held = heldOut();
        List<Integer> drawn = IntStream.of(
                        Equipment.stream(1, "game").child("members").permutation(20))
                .boxed()
                .filter(row -> !held.contains(row))
                .toList();
        double expected = drawn.subList(4, 18).stream()
                .mapToDouble(row -> (row + 1) / 100.0)
                .average()
                .orElseThrow();
        assertEquals(expected, of(figures("held"), "first-pixel members"), 1e-6);
        assertEquals(2, of(figures("held"), "trained-on members"));
        assertEquals(2, of(figures("held"), "trained-on others"));
    }

    @Test
    void more_members_than_the_target_was_trained_on_are_refused_with_how_many_there_could_be() {
        assertEquals(
                List.of(
                        "line 4, membership.samples: asks for 15 members beside 4 known ones, and of 20 training images the target"
                                + " 'target' holds 2 out of its training, which are neither members nor others; use at most 14, or a"
                                + " smaller membership.known"),
                refused(PlanText.with(HOLDING, "use: numbers", "use: numbers, test: 30")
                        .replace("samples: 10", "samples: 15")));
    }

    @Test
    void too_few_reference_models_for_an_attack_are_refused_before_one_is_trained() {
        assertEquals(
                List.of("line 6, membership.references: leaves one model alone, beside 1; use more"),
                refused(PlanText.with(PLAN, "references: 4", "references: 2")));
        runner.run(
                PlanText.with(PLAN, "references: 4", "references: 2").replace(", { use: trained-on }", ""),
                "unread",
                "runs");
    }

    @Test
    void how_many_samples_are_judged_makes_no_new_reference_models() {
        runner.run(PLAN, "ten", "runs");
        runner.told().clear();

        runner.run(PlanText.with(PLAN, "samples: 10", "samples: 8"), "eight", "runs");

        assertEquals(0, runner.made("reference").size());
        assertEquals(1, runner.made("game").size());
    }

    @Test
    void a_metric_of_membership_attacks_is_after_no_other_target() {
        String plan = PlanText.with(PLAN, "target: { classifier", "targets:\n  one: { classifier")
                .replace("membership:\n", "  two: { like: one, seed: 2 }\nmembership:\n  target: one\n")
                .replace("use: means", "use: means, target: two");

        assertEquals(
                List.of(
                        "line 11, metrics.0.target: 'means' judges membership attacks, which are after 'one'; drop the key, or write"
                                + " membership: { target: … }"),
                refused(plan));
    }

    @Test
    void attacks_of_a_name_are_told_apart_by_their_settings() {
        runner.run(
                PlanText.with(
                        PLAN, "{ use: trained-on }", "{ use: first-pixel, sign: -1 }, { use: first-pixel, sign: -1 }"),
                "signed",
                "runs");

        Map<String, Double> figures = figures("signed");
        assertEquals(of(figures, "first-pixel members"), -of(figures, "first-pixel -1 members"));
        assertEquals(of(figures, "first-pixel -1 members"), of(figures, "first-pixel -1/2 members"));
    }

    @Test
    void an_attack_that_wants_more_than_the_plan_grants_is_refused() {
        assertEquals(
                List.of(
                        "line 7, membership.attacks.0: 'first-pixel' needs labels access, but the plan grants none; membership-attacks that"
                                + " work from none: as-taught, trained-on, undeclared; or grant more with target.access"),
                refused(PlanText.with(PLAN, "use: linear }", "use: linear }, access: none")));
    }

    @Test
    void a_metric_of_membership_attacks_needs_some() {
        String plan = PLAN.replaceAll("(?s)membership:.*metrics", "metrics");

        assertEquals(
                List.of(
                        "line 3, metrics.0: 'means' judges membership attacks, but the plan has none; add membership: { attacks: ["
                                + " { use: NAME } ] }, or drop the metric"),
                refused(plan));
    }

    @Test
    void a_share_that_leaves_no_models_on_a_side_is_refused() {
        assertTrue(refused(PlanText.with(PLAN, "references: 4", "references: 4\n  training-share: 0.05"))
                .get(0)
                .contains("of 4 reference models, 0 would be trained on each sample"));
    }

    @Test
    void a_section_without_attacks_is_refused() {
        assertTrue(refused(PlanText.with(PLAN, "attacks: [ { use: first-pixel }, { use: trained-on } ]", "attacks: []"))
                .get(0)
                .contains("membership.attacks: no attack is named; write attacks: [ { use: average-loss } ]"));
    }

    @Test
    void a_budget_that_does_not_suffice_ends_the_attack_with_the_way_out() {
        Throwable refused = failed(PlanText.with(PLAN, "known: 4", "known: 4\n  budget: 19"));

        assertSays(refused, "wanted to ask about more than 19 images");
        runner.run(PlanText.with(PLAN, "known: 4", "known: 4\n  budget: 20"), "rich", "runs");
    }

    @Test
    void reference_models_are_lent_to_those_that_declare_them() {
        assertSays(
                failed(PlanText.with(PLAN, "use: trained-on", "use: undeclared")),
                "did not declare that it reads reference models");
    }
}
