package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.obverse.engine.plan.PlanFixture.ATTACK;
import static org.obverse.engine.plan.PlanFixture.DATA;
import static org.obverse.engine.plan.PlanFixture.GENERATOR;
import static org.obverse.engine.plan.PlanFixture.PLAN;
import static org.obverse.engine.plan.PlanFixture.TARGET;
import static org.obverse.engine.plan.PlanFixture.texts;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.defense.Defense;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.FixtureNetworks.Blobs;
import org.obverse.engine.plan.FixtureNetworks.DrawnBlobs;
import org.obverse.engine.plan.FixtureNetworks.Linear;
import org.obverse.engine.plan.FixtureNetworks.Plain;
import org.obverse.engine.plan.FixtureNetworks.Squares;
import org.obverse.engine.plan.FixtureNetworks.Styled;

class PlanChecksTest {
    private static final String WALKING = "attack: { use: climb, stages: { optimize: { use: walk } } }\n";

    private final PlanFixture fixture = new PlanFixture();

    private PlanChecks checks(String text) {
        return new PlanChecks(fixture.cell(text), fixture.registry());
    }

    private static String target(String keys) {
        return "target: { classifier: { use: linear }, " + keys + " }\n";
    }

    private List<String> defenses(String keys) {
        return defenses(DATA + target(keys) + GENERATOR + WALKING, "target");
    }

    private List<String> defenses(String text, String name) {
        TargetPlan target = fixture.plan(text).target(name);
        return texts(checks(text).defenses(target, parts(target)));
    }

    private static List<PlacedPart> parts(TargetPlan target) {
        List<PlacedPart> parts = new ArrayList<>();
        for (int i = 0; i < target.defense().size(); i++) {
            PlannedComponent<Defense> defense = target.defense().get(i);
            String path = target.path() + ".defense." + i;
            defense.create(new NoResources("a test"))
                    .parts()
                    .forEach(part -> parts.add(new PlacedPart(path, defense, part)));
        }
        return parts;
    }

    private List<String> frozen(String keys, String... weights) {
        String text = DATA + target(keys) + GENERATOR + WALKING;
        TargetPlan target = fixture.plan(text).target("target");
        return texts(checks(text).frozen(target, parts(target), Set.of(weights)));
    }

    @Test
    void what_transfers_is_refused_where_training_starts_from_random_values() {
        String transferring = "defense: [ { use: transferring } ]";

        assertEquals(
                List.of(
                        "line 2, target.defense.0: 'transferring' keeps what a network has learned elsewhere, and 'linear' starts"
                                + " from random values: there is nothing to transfer; choose a classifier that has the key"
                                + " 'pretrained', such as small-resnet"),
                defenses(transferring));
        String residual =
                DATA + "target: { classifier: { use: residual%s }, " + transferring + " }\n" + GENERATOR + WALKING;
        assertEquals(
                List.of(
                        "line 2, target.defense.0: 'transferring' keeps what a network has learned elsewhere, and 'residual'"
                                + " starts from random values: there is nothing to transfer; name a weights file with"
                                + " target.classifier.pretrained"),
                defenses(residual.formatted(""), "target"));
        assertEquals(List.of(), defenses(residual.formatted(", pretrained: file.pth"), "target"));
        assertEquals(List.of(), defenses("weights: mine.pth, " + transferring));
    }

    @Test
    void a_training_in_which_nothing_learns_is_refused_with_the_weights_that_exist() {
        assertEquals(
                List.of(
                        "line 2, target.defense.0: nothing of 'linear' is trained in epoch 1: every weight is frozen; let some"
                                + " of them train: conv.weight, head.weight"),
                frozen("defense: [ { use: transferring } ]", "head.weight", "conv.weight"));
        assertEquals(List.of(), frozen("defense: [ { use: transferring } ]", "fc.weight", "conv.weight"));
        assertEquals(
                List.of(
                        "line 2, target.defense.1: nothing of 'linear' is trained in epoch 1: every weight is frozen; let some"
                                + " of them train: conv.weight, fc.weight"),
                frozen(
                        "defense: [ { use: transferring }, { use: transferring, tap: conv } ]",
                        "fc.weight",
                        "conv.weight"));
    }

    @Test
    void what_a_policy_says_of_the_network_stands_under_its_key() {
        assertEquals(
                List.of("line 2, target.defense.0.tap: unknown; name [fc.weight]"),
                frozen("defense: [ { use: transferring, tap: unknown } ]", "fc.weight"));
    }

    private StagePlan<?> stage(String text, Stage stage) {
        return fixture.plan(text).attack().get(0).stages().stream()
                .filter(plan -> plan.stage() == stage)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_stage_that_needs_more_access_than_granted_is_refused_with_those_that_would_work() {
        assertEquals(
                List.of("line 4, attack.stages.optimize: 'adam' needs white-box access, but the plan grants scores;"
                        + " optimizers that work from scores: guess, walk; or grant more with target.access"),
                fixture.refused(DATA + target("access: scores") + GENERATOR + ATTACK));
    }

    @Test
    void where_nothing_would_work_that_is_said() {
        assertEquals(
                List.of(
                        "line 3, attack.stages.sample: 'pool' needs scores access, but the plan grants none;"
                                + " no sampler works from none; or grant more with target.access",
                        "line 3, attack.stages.optimize: 'walk' needs scores access, but the plan grants none;"
                                + " no optimizer works from none; or grant more with target.access",
                        "line 3, attack.stages.select: 'robust' needs scores access, but the plan grants none;"
                                + " no selector works from none; or grant more with target.access"),
                fixture.refused(DATA + target("access: none") + WALKING + GENERATOR));
    }

    @Test
    void a_stage_that_needs_a_generator_is_refused_without_one() {
        assertEquals(
                List.of(
                        "line 3, attack.stages.sample: 'pool' needs a generator (Generator), but the plan has none;"
                                + " add generator: { use: NAME }, or attack.stages.prepare: { use: NAME } with one of invent",
                        "line 3, attack.stages.optimize: 'adam' needs a generator (Mapped), but the plan has none;"
                                + " add generator: { use: NAME }, or attack.stages.prepare: { use: NAME } with one of invent"),
                fixture.refused(DATA + TARGET + ATTACK));
    }

    @Test
    void an_attack_without_any_generator_is_refused_with_the_preparers_that_make_one() {
        assertEquals(
                List.of("line 3, attack.stages.sample: 'pool' needs a generator (Generator), but the plan has none;"
                        + " add generator: { use: NAME }, or attack.stages.prepare: { use: NAME } with one of invent"),
                fixture.refused(DATA + TARGET + WALKING));
    }

    @Test
    void a_preparer_that_makes_the_generator_needs_none_in_the_plan() {
        fixture.plan(DATA + TARGET + "attack: { use: climb, stages: { prepare: { use: invent } } }\n");
        assertEquals(
                List.of("line 3, attack.stages.prepare: 'distill' needs a generator (Generator), but the plan has none;"
                        + " add generator: { use: NAME }"),
                fixture.refused(DATA + TARGET + "attack: { use: climb, stages: { prepare: { use: distill } } }\n"));
    }

    @Test
    void a_budget_for_preparing_is_refused_because_nothing_half_made_can_be_used() {
        assertEquals(
                List.of("line 2, target.budget.prepare: what is prepared cannot be used half-made, so a budget would"
                        + " only end the run; drop the key, and limit what 'invent' asks with its settings,"
                        + " attack.stages.prepare"),
                fixture.refused(DATA
                        + target("budget: { prepare: 5 }")
                        + "attack: { use: climb, stages: { prepare: { use: invent } } }\n"));
    }

    @Test
    void a_budget_for_a_stage_that_the_attack_lacks_is_refused() {
        assertEquals(
                List.of("line 2, target.budget.prepare: the attack has no stage 'prepare';"
                        + " it has sample, optimize, select"),
                fixture.refused(DATA + target("budget: { prepare: 5 }") + GENERATOR + WALKING));
        assertEquals(
                List.of("line 2, target.budget.sampel: there is no stage 'sampel';"
                        + " did you mean 'sample'? stages: optimize, prepare, sample, select"),
                fixture.refused(DATA + target("budget: { sampel: 5 }") + GENERATOR + WALKING));
    }

    @Test
    void a_metric_of_candidates_needs_an_attack() {
        assertEquals(
                List.of("line 3, metrics.1: 'leak' judges the candidates of an attack, but the plan has none;"
                        + " add attack: { use: NAME }, or drop the metric"),
                texts(checks(DATA + TARGET + "metrics: [ { use: health }, { use: leak } ]")
                        .withoutAttack(1)));
    }

    @Test
    void a_component_inside_a_configuration_is_checked_like_any_other() {
        assertEquals(
                List.of(
                        "line 5, metrics.0.student.use: there is no classifier 'liner'; did you mean 'linear'?"
                                + " components of this kind: linear, residual, sealed; another one comes with its plugin's jar, in a folder that --plugins names"),
                fixture.refused(PLAN + "metrics: [ { use: leak, student: { use: liner } } ]"));
        assertEquals(
                List.of("line 7, metrics.0.student.wdith: there is no key 'wdith' here;"
                        + " did you mean 'width'? known keys: use, width"),
                fixture.refused(PLAN + "metrics:\n  - use: leak\n    student: { wdith: 3 }\n"));
    }

    @Test
    void a_class_that_does_not_exist_is_refused() {
        String attack = "attack:\n  use: climb\n  classes: [3, 50, 60]\n";
        assertEquals(
                List.of(
                        "line 6, attack.classes.1: class 50 does not exist; the data set 'squares' has 50 classes;"
                                + " use 0 to 49",
                        "line 6, attack.classes.2: class 60 does not exist; the data set 'squares' has 50 classes;"
                                + " use 0 to 49"),
                texts(checks(DATA + TARGET + GENERATOR + attack).data(new Squares(50))));
    }

    @Test
    void classes_are_named_as_the_data_set_names_them_or_by_number() {
        String attack = DATA + TARGET + GENERATOR + "attack:\n  use: climb\n  classes: ";
        Dataset people = new Named(List.of("anna", "\u00c9va", "17", "bob"));

        assertEquals(
                List.of(3, 0, 1, 2),
                fixture.plan(attack + "[ bob, anna, E\u0301va, \"17\" ]\n")
                        .attack()
                        .get(0)
                        .classes()
                        .of(people.classNames(), 1));
        assertEquals(
                List.of(
                        "line 6, attack.classes.0: class ana does not exist; the data set 'squares' has 4 classes; did you mean"
                                + " 'anna'? classes: 17, anna, bob, \u00c9va",
                        "line 6, attack.classes.1: class 17 does not exist; the data set 'squares' has 4 classes; use 0 to 3",
                        "line 6, attack.classes.3: class anna is listed twice, by its number 0 and by its name; list it once"),
                texts(checks(attack + "[ ana, 17, 0, anna ]\n").data(people)));
    }

    @Test
    void more_random_classes_than_there_are_are_refused() {
        Dataset people = new Named(List.of("anna", "bob"));

        assertEquals(
                List.of("line 4, attack.classes.random: asks for 3 classes, and the data set 'squares' has 2;"
                        + " ask for at most 2, or write classes: all"),
                texts(checks(DATA + TARGET + GENERATOR + "attack: { use: climb, classes: { random: 3 } }\n")
                        .data(people)));
    }

    @Test
    void of_data_without_classes_no_number_is_advised() {
        String attack = DATA + TARGET + GENERATOR + "attack:\n  use: climb\n  classes: [ 1 ]\n";

        assertEquals(
                List.of(
                        "line 6, attack.classes.0: class 1 does not exist; the data set 'squares' has 0 classes; give data that"
                                + " have classes"),
                texts(checks(attack).data(new Named(List.of()))).stream()
                        .filter(text -> text.contains("attack.classes"))
                        .toList());
    }

    @Test
    void a_finished_target_says_all_classes_in_its_own_order_and_each_once() {
        String target = "target: { classifier: { use: linear }, weights: a.safetensors, class-order: ";
        Dataset people = new Named(List.of("0", "1", "10"));

        assertEquals(List.of(), texts(checks(DATA + target + "[ 0, 2, 1 ] }\n").data(people)));
        assertEquals(
                List.of(
                        "line 2, target.class-order: lists 2 classes, and the data set 'squares' has 3; list each once"),
                texts(checks(DATA + target + "[ 0, \"10\" ] }\n").data(people)));
        assertEquals(
                List.of(
                        "line 2, target.class-order: the target is trained here, in the data's own order; drop it, or give"
                                + " weights"),
                fixture.refused(DATA + target.replace("weights: a.safetensors, ", "") + "[ 0, 2, 1 ] }\n"));
    }

    private record Named(List<String> classNames) implements Dataset {
        @Override
        public int classes() {
            return classNames.size();
        }

        @Override
        public Shape shape() {
            return new Squares(classes()).shape();
        }

        @Override
        public Set<Part> parts() {
            return new Squares(classes()).parts();
        }

        @Override
        public Images images(Part part) {
            return new Squares(classes()).images(part);
        }
    }

    @Test
    void a_part_that_the_data_set_lacks_is_refused() {
        String attack = "attack: { use: climb, stages: { prepare: { use: distill } } }\n";
        assertEquals(
                List.of("line 4, attack.stages.prepare: 'distill' reads the part public,"
                        + " which the data set 'squares' does not have; it has training, pool, test"),
                texts(checks(DATA + TARGET + GENERATOR + attack).data(new Squares(50))));
        assertEquals(List.of(), checks(PLAN).data(new Squares(50)));
    }

    @Test
    void a_generator_that_is_trained_learns_from_public_images() {
        PlanChecks checks = checks(DATA + "generator: { use: blobs, weights: '' }");
        assertEquals(
                List.of(
                        "line 2, generator: training 'blobs' reads the part public, which the data set 'squares' does not"
                                + " have; it has training, pool, test"),
                texts(checks.generatorOrigin(new DrawnBlobs(""), new Squares(2))));
        assertEquals(List.of(), checks.generatorOrigin(new DrawnBlobs("x"), new Squares(2)));
    }

    @Test
    void a_generator_may_have_no_weights_at_all() {
        PlanChecks checks = checks(DATA + "generator: { use: blobs, weights: '' }");
        assertEquals(List.of(), checks.generatorOrigin(new Blobs(""), new Squares(2)));
    }

    @Test
    void a_generator_must_have_the_facets_that_a_stage_needs() {
        StagePlan<?> optimize = stage(PLAN, Stage.OPTIMIZE);
        assertEquals(
                List.of("line 4, attack.stages.optimize: 'adam' needs a generator that is Mapped, which the generator"
                        + " 'blobs' is not; choose another generator or another component for this stage"),
                texts(checks(PLAN).generator(optimize, new Plain(), new Styled().image())));
        assertEquals(List.of(), checks(PLAN).generator(optimize, new Styled(), new Styled().image()));
        assertEquals(
                List.of("line 3, generator: it makes images of 3 channels, and those of the data have 1; choose another"
                        + " generator, or read the data with as many channels"),
                texts(checks(PLAN).generator(optimize, new Styled(), new Shape(1, 8, 8))));
        assertEquals(List.of(), checks(PLAN).generator(stage(PLAN, Stage.SAMPLE), new Plain(), new Styled().image()));
    }

    @Test
    void a_prepared_generator_is_called_so() {
        String text = DATA + TARGET + "attack: { use: climb, stages: { prepare: { use: invent } } }\n";
        assertEquals(
                List.of("line 3, attack.stages.optimize: 'adam' needs a generator that is Mapped, which the prepared"
                        + " generator is not; choose another generator or another component for this stage"),
                texts(checks(text).prepared(stage(text, Stage.OPTIMIZE), new Plain())));
        assertEquals(List.of(), checks(text).prepared(stage(text, Stage.OPTIMIZE), new Styled()));
    }

    @Test
    void a_crop_larger_than_the_image_is_refused() {
        String text = PLAN + "evaluation:\n  judge: { classifier: { use: linear }, crop: 25 }\n";
        EvaluationPlan judge = fixture.plan(text).judge("judge");
        assertEquals(
                List.of("line 6, evaluation.judge.crop: a crop of 25 pixels is larger than the image, which has 24;"
                        + " use at most 24, or 0 to crop nothing"),
                texts(checks(text).crop(judge, new Shape(3, 24, 32))));
        assertEquals(List.of(), checks(text).crop(judge, new Shape(3, 25, 25)));
    }

    @Test
    void a_problem_of_a_key_that_was_taken_over_has_the_line_where_it_is_written() {
        String text = PLAN + """
                evaluation:
                  judge:
                    classifier: { use: linear }
                    crop: 25
                  second: { like: judge }
                """;
        EvaluationPlan second = fixture.plan(text).judge("second");
        assertEquals(
                List.of("line 8, evaluation.second.crop: a crop of 25 pixels is larger than the image, which has 24;"
                        + " use at most 24, or 0 to crop nothing"),
                texts(checks(text).crop(second, new Shape(3, 24, 24))));
    }

    @Test
    void two_label_encoders_are_one_too_many() {
        assertEquals(
                List.of("line 2, target.defense.1: 'smoothing' brings a second label encoder beside 'smoothing';"
                        + " a target has at most one; drop one of the two defenses"),
                defenses("defense: [ { use: smoothing, from: 0 }, { use: smoothing, from: 0 } ]"));
    }

    @Test
    void a_smoothing_that_a_defense_would_replace_is_refused() {
        assertEquals(
                List.of(
                        "line 2, target.training.smoothing: the labels are encoded by 'smoothing', so a smoothing of 0.1"
                                + " would change nothing; set it to 0, or drop the defense"),
                defenses("defense: [ { use: smoothing, from: 0 } ], training: { smoothing: 0.1 }"));
    }

    @Test
    void two_losses_in_place_of_the_cross_entropy_are_one_too_many() {
        assertEquals(
                List.of(
                        "line 2, target.defense.1: 'replacing' brings a second loss in place of the cross-entropy beside"
                                + " 'replacing'; a target has at most one; drop one of the two defenses"),
                defenses("defense: [ { use: replacing }, { use: replacing } ]"));
        assertEquals(List.of(), defenses("defense: [ { use: replacing }, { use: replacing, weight: 0 } ]"));
    }

    @Test
    void a_loss_in_place_of_the_cross_entropy_beside_soft_labels_is_refused() {
        String rule = "'replacing' takes the place of the cross-entropy, which goes with labels of one class only, and";
        assertEquals(
                List.of(
                        "line 2, target.defense.0: " + rule
                                + " 'smoothing' softens them; drop one of the two defenses, or give 'smoothing' the strength 0"),
                defenses("defense: [ { use: replacing }, { use: smoothing, alpha: 0.1, from: 0 } ]"));
        assertEquals(
                List.of("line 2, target.training.smoothing: " + rule
                        + " a smoothing of 0.1 softens them; set it to 0, or drop the defense"),
                defenses("defense: [ { use: replacing } ], training: { smoothing: 0.1 }"));
        assertEquals(List.of(), defenses("defense: [ { use: replacing }, { use: smoothing, alpha: 0, from: 0 } ]"));
        assertEquals(
                List.of(),
                defenses("defense: [ { use: replacing, weight: 0 }, { use: smoothing, alpha: 0.1, from: 0 } ]"));
    }

    @Test
    void what_lets_samples_act_on_each_other_is_refused_beside_a_policy_that_bounds_each() {
        String rule =
                " lets the samples of a batch act on each other, and 'bounding' bounds what each of them contributes;"
                        + " drop one of the two defenses";
        assertEquals(
                List.of("line 2, target.defense.0: 'mixing'" + rule),
                defenses("defense: [ { use: mixing }, { use: bounding } ]"));
        assertEquals(
                List.of("line 2, target.defense.1: 'coupling'" + rule),
                defenses("defense: [ { use: bounding }, { use: coupling } ]"));
        assertEquals(
                List.of(),
                defenses("defense: [ { use: bounding }, { use: coupling, weight: 0 }, { use: mixing, weight: 0 } ]"));
        assertEquals(List.of(), defenses("defense: [ { use: mixing }, { use: coupling } ]"));
    }

    @Test
    void an_epoch_that_is_chosen_by_private_samples_is_refused_beside_a_policy_that_bounds_each() {
        assertEquals(
                List.of(
                        "line 2, target.defense.1: 'choosing' chooses the epoch by private samples, which the guarantee of"
                                + " 'bounding' does not cover; drop it and choose the number of epochs beforehand"
                                + " (training.epochs), or drop 'bounding'"),
                defenses("defense: [ { use: bounding }, { use: choosing } ]"));
    }

    @Test
    void a_second_companion_is_refused() {
        assertEquals(
                List.of(
                        "line 2, target.defense.1: 'appending' brings a second companion beside 'appending'; a target has at"
                                + " most one; drop one of the two defenses"),
                defenses("defense: [ { use: appending }, { use: appending } ]"));
    }

    @Test
    void a_policy_that_bounds_samples_is_refused_beside_a_companion_that_learns_from_whole_batches() {
        assertEquals(
                List.of("line 2, target.defense.1: 'appending' learns from whole batches of private samples, which the"
                        + " guarantee of 'bounding' does not cover; drop one of the two defenses"),
                defenses("defense: [ { use: bounding }, { use: appending } ]"));
        assertEquals(List.of(), defenses("defense: [ { use: bounding }, { use: appending, weight: 0 } ]"));
    }

    @Test
    void mixed_samples_are_refused_beside_a_companion_and_terms_of_the_batch_are_not() {
        assertEquals(
                List.of("line 2, target.defense.0: 'mixing' mixes the samples of a batch, and would mix those that"
                        + " 'appending' appends, so that none is what it was made as; drop one of the two defenses"),
                defenses("defense: [ { use: mixing }, { use: appending } ]"));
        assertEquals(
                List.of(),
                defenses(
                        "defense: [ { use: coupling }, { use: replacing }, { use: appending }, { use: mixing, weight: 0 } ]"));
    }

    @Test
    void a_schedule_that_does_not_arrive_is_refused() {
        assertEquals(
                List.of("line 2, target.defense.0: the schedule of 'smoothing' is meant to end at -0.05, but the last"
                        + " of 30 epochs has 0.0; train for more epochs (target.training.epochs), or let"
                        + " it rise earlier (schedule: fraction, ramp)"),
                defenses("defense: [ { use: smoothing, alpha: -0.05 } ], training: { epochs: 30 }"));
        assertEquals(List.of(), defenses("defense: [ { use: smoothing, alpha: -0.05 } ], training: { epochs: 76 }"));
        assertEquals(
                1,
                defenses("defense: [ { use: smoothing, alpha: -0.05 } ], training: { epochs: 75 }")
                        .size());
    }

    @Test
    void a_schedule_does_not_matter_for_loaded_weights() {
        assertEquals(List.of(), defenses("defense: [ { use: smoothing, alpha: -0.05 } ], weights: x.safetensors"));
    }

    @Test
    void more_access_than_an_output_filter_lets_through_is_refused() {
        for (String access : List.of("scores", "white-box")) {
            assertEquals(
                    List.of(
                            "line 2, target.access: the defense 'rounding' lets no more than labels through, and the plan"
                                    + " grants " + access + "; write access: labels, or drop the defense"),
                    defenses("defense: [ { use: rounding } ], access: " + access));
        }
    }

    @Test
    void a_defense_is_checked_with_the_target_that_it_belongs_to() {
        String text = DATA + """
                targets:
                  plain: { classifier: { use: linear } }
                  masked: { like: plain, defense: [ { use: rounding } ], access: scores }
                  softened:
                    like: plain
                    defense: [ { use: smoothing, alpha: -0.05 } ]
                    training: { epochs: 30 }
                attack: { use: climb, target: plain, stages: { optimize: { use: walk, target: masked } } }
                """ + GENERATOR;

        assertEquals(List.of(), defenses(text, "plain"));
        assertEquals(
                List.of(
                        "line 4, targets.masked.access: the defense 'rounding' lets no more than labels through, and the plan"
                                + " grants scores; write access: labels, or drop the defense"),
                defenses(text, "masked"));
        assertEquals(
                List.of("line 7, targets.softened.defense.0: the schedule of 'smoothing' is meant to end at -0.05, but"
                        + " the last of 30 epochs has 0.0; train for more epochs (targets.softened.training.epochs), or"
                        + " let it rise earlier (schedule: fraction, ramp)"),
                defenses(text, "softened"));
    }

    @Test
    void loss_terms_and_stages_need_activations_that_the_target_offers() {
        String text = DATA
                + target("defense: [ { use: tapping, tap: erly } ]")
                + "attack: { use: climb, stages: { optimize: { use: guess } } }\n"
                + GENERATOR;
        TargetPlan target = fixture.plan(text).target("target");
        Set<String> offered = new Linear(50).taps().stream().map(Tap::name).collect(Collectors.toSet());
        assertEquals(
                List.of("line 2, target.defense.0: 'tapping' reads the activation 'erly', which the target does not"
                        + " offer; did you mean 'early'? activations: early, penultimate"),
                texts(checks(text).lossTaps(target, parts(target), offered)));
        assertEquals(
                List.of("line 3, attack.stages.optimize: 'guess' reads the activation 'middle', which the target does"
                        + " not offer; activations: early, penultimate"),
                texts(checks(text).taps(stage(text, Stage.OPTIMIZE), offered)));
        assertEquals(List.of(), checks(text).taps(stage(text, Stage.SAMPLE), offered));
    }

    @Test
    void each_stage_needs_access_to_the_model_that_it_asks() {
        String targets = """
                targets:
                  open: { classifier: { use: linear } }
                  shut: { like: open, access: scores }
                """;
        fixture.plan(DATA + GENERATOR + targets
                + "attack: { use: climb, target: shut, stages: { optimize: { target: open } } }\n");
        assertEquals(
                List.of("line 6, attack.stages.optimize: 'adam' needs white-box access, but the plan grants scores;"
                        + " optimizers that work from scores: guess, walk; or grant more with targets.shut.access"),
                fixture.refused(DATA + GENERATOR + targets
                        + "attack: { use: climb, target: open, stages: { optimize: { target: shut } } }\n"));
    }

    @Test
    void what_a_factory_refuses_gets_path_and_line() {
        PlanChecks checks = checks(DATA + TARGET + "generator:\n  use: blobs\n  weights: none\n" + ATTACK);
        assertEquals(
                List.of("line 5, generator.weights: no such file; name one"),
                texts(checks.refused(
                        "generator",
                        new InvalidConfigurationException(new Problem("weights", "no such file", "name one")))));
    }

    @Test
    void what_a_stage_says_before_the_run_gets_path_and_line() {
        PlanChecks checks =
                checks(DATA + TARGET + GENERATOR + "attack:\n  use: climb\n  stages:\n    optimize:\n      steps: 3\n");
        Preflight picky = setting ->
                List.of(new Problem("steps", "too few for " + setting.input().get(0) + " channels", "use more"));
        assertEquals(
                List.of("line 8, attack.stages.optimize.steps: too few for 3 channels; use more"),
                texts(checks.preflight(
                        stage(PLAN, Stage.OPTIMIZE),
                        picky,
                        new Preflight.Setting(new Styled(), new Shape(3, 32, 32), List.of(1), 10))));
    }
}
