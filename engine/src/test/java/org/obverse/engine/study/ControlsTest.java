package org.obverse.engine.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.CenterCropped;
import org.obverse.api.attack.FixedImages;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Part;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.Granularity;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.record.MeasuredControl;
import org.obverse.engine.record.RunRecord;
import org.obverse.engine.record.Score.Measured;

/** What is judged beside an attack. */
class ControlsTest {
    private static final String PLAN = """
            data: { use: dots }
            target: { classifier: { use: linear }, training: { epochs: 1, batch: 5 } }
            generator: { use: plane }
            attack: { use: tiny }
            controls: [ one-each, { use: as-delivered, shift: 2 } ]
            metrics: [ { use: count }, { use: count, of: sample } ]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Runner runner;

    private final ControlPlugin controls = new ControlPlugin();

    @BeforeEach
    void load() {
        runner = new Runner(Registry.of(List.of(new TinyPlugin(), new PreparingPlugin(), controls)), folder);
    }

    /** Controls of points in the plane. */
    private static final class ControlPlugin implements Plugin {
        private final AtomicInteger asked = new AtomicInteger();
        private final List<Long> questions = Collections.synchronizedList(new ArrayList<>());

        record Nothing() {}

        private final List<Integer> views = Collections.synchronizedList(new ArrayList<>());

        record Cropping(@Meaning("side") int centerCrop) implements CenterCropped {}

        record Shift(@Meaning("added to every point") double shift) {}

        @Override
        public String id() {
            return "tiny-controls";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            return List.of(
                    control("one-each", Requirements.none(), Control.Role.CEILING, context -> points(context, 1)),
                    new Component<>(
                            Kind.CONTROL,
                            "as-delivered",
                            "",
                            new Shift(0),
                            shift -> Requirements.none().reads(Reading.CANDIDATES),
                            (shift, resources) -> of(Control.Role.NULL, context -> moved(context, shift.shift()))),
                    control(
                            "spender",
                            Requirements.none()
                                    .access(ScoreOracle.class)
                                    .reads(Reading.QUERIES)
                                    .reads(Reading.DELIVERED),
                            Control.Role.NULL,
                            context -> {
                                questions.add(context.questions());
                                Candidates all = points(context, context.delivered(0));
                                context.target(ScoreOracle.class)
                                        .logScores(
                                                all.representation().variables().head());
                                return all;
                            }),
                    new Component<>(
                            Kind.SAMPLER,
                            "cropping",
                            "",
                            new Cropping(5),
                            cropping -> Requirements.none().granularity(Granularity.ALL_CLASSES),
                            (cropping, resources) -> (Sampler) ControlPlugin::latents),
                    control("viewer", Requirements.none().reads(Reading.VIEW), Control.Role.NULL, context -> {
                        views.add(context.centerCrop());
                        return points(context, 1);
                    }),
                    control("curious", Requirements.none(), Control.Role.NULL, context -> {
                        views.add(context.centerCrop());
                        return points(context, 1);
                    }),
                    control("private", Requirements.none().data(Part.TEST), Control.Role.CEILING, context -> {
                        assertEquals(20, context.data().images(Part.TEST).size());
                        return points(context, 1);
                    }),
                    control(
                            "public",
                            Requirements.none().data(Part.PUBLIC),
                            Control.Role.NULL,
                            context -> points(context, 1)),
                    control(
                            "forgetful",
                            Requirements.none(),
                            Control.Role.NULL,
                            context -> points(context, 1).rows(0)));
        }

        private Component<?, ?> control(
                String name, Requirements needs, Control.Role role, Function<ControlContext, Candidates> making) {
            return new Component<>(
                    Kind.CONTROL, name, "", new Nothing(), nothing -> needs, (nothing, resources) -> of(role, making));
        }

        private Control of(Control.Role own, Function<ControlContext, Candidates> making) {
            return new Control() {
                @Override
                public Role role() {
                    return own;
                }

                @Override
                public Candidates candidates(ControlContext context) {
                    asked.incrementAndGet();
                    return making.apply(context);
                }
            };
        }

        private static Candidates points(ControlContext context, int each) {
            List<Integer> classes = context.classes().stream()
                    .flatMap(c -> Collections.nCopies(each, c).stream())
                    .toList();
            NDArray points = context.manager().ones(new Shape(classes.size(), 2));
            return new Candidates(
                    new FixedImages(points), classes, Collections.nCopies(classes.size(), Double.NaN), List.of());
        }

        private static Candidates latents(StageContext context) {
            NDArray points = context.manager().zeros(new Shape(context.classes().size(), 2));
            return new Candidates(
                    new LatentPoints(context.generator(), points),
                    context.classes(),
                    Collections.nCopies(context.classes().size(), 0.0),
                    List.of());
        }

        private static Candidates moved(ControlContext context, double shift) {
            Candidates attacked = context.attacked();
            return new Candidates(
                    new FixedImages(attacked.representation().variables().head().add(shift)),
                    attacked.classes(),
                    attacked.scores(),
                    List.of());
        }
    }

    @Test
    void a_control_that_declares_it_sees_how_the_attack_looks() {
        String seen = PlanText.with(PLAN, "[ one-each, { use: as-delivered, shift: 2 } ]", "[ viewer ]");
        run(PlanText.with(seen, "use: tiny", "use: tiny, stages: { sample: { use: cropping, center-crop: 7 } }"));

        assertEquals(List.of(7), controls.views);
    }

    @Test
    void an_attack_that_states_no_crop_shows_whole_images_and_who_does_not_declare_it_is_not_told() {
        run(PlanText.with(PLAN, "[ one-each, { use: as-delivered, shift: 2 } ]", "[ viewer, curious ]"));

        assertEquals(List.of(0), controls.views);
    }

    private RunRecord run(String plan) {
        runner.run(plan, "controlled", "runs");
        return runner.record("controlled", "controlled", "runs");
    }

    private static Map<String, Double> figures(RunRecord run) {
        Map<String, Double> figures = new TreeMap<>();
        run.scores()
                .forEach(score -> ((Measured) score)
                        .figures()
                        .forEach(figure -> figures.put(score.metric() + " " + figure.name(), figure.value())));
        return figures;
    }

    @Test
    void a_control_is_a_row_of_its_own_and_leaves_the_attacks_figures_as_they_are() {
        RunRecord run = run(PLAN);

        assertEquals(Map.of("count candidates", 8.0, "count/2 sampled candidates", 8.0), figures(run));
        assertEquals(
                List.of("ceiling: one-each", "null: as-delivered"),
                run.controls().stream().map(MeasuredControl::label).toList());
        assertEquals(
                List.of(4.0, 8.0),
                run.controls().stream()
                        .map(control -> control.figure("count", "candidates").orElseThrow())
                        .toList());
    }

    @Test
    void what_an_earlier_stage_found_has_no_counterpart_and_names_stay_those_of_the_attack() {
        RunRecord run = run(PlanText.with(
                PLAN,
                "[ { use: count }, { use: count, of: sample } ]",
                "[ { use: count, of: sample }, { use: count } ]"));

        assertEquals(Map.of("count sampled candidates", 8.0, "count/2 candidates", 8.0), figures(run));
        assertEquals(
                List.of("count/2"),
                run.controls().get(0).scores().stream()
                        .map(score -> score.metric())
                        .toList());
    }

    /** The sampler asks nothing; the optimizer asks once about each of two candidates of four classes. */
    @Test
    void what_the_attack_asked_is_told_and_what_a_control_asks_is_counted_apart() {
        RunRecord run = run(PlanText.with(PLAN, "[ one-each, { use: as-delivered, shift: 2 } ]", "[ spender ]"));

        assertEquals(List.of(8L), controls.questions);
        assertEquals(Map.of("scores", 8L), run.controls().get(0).queries());
        assertEquals(
                Map.of("labels", 8L),
                run.queries().stream()
                        .filter(stage -> stage.stage().equals("optimize"))
                        .findFirst()
                        .orElseThrow()
                        .images());
    }

    /** 6 images of the preparer and 8 of the optimizer. */
    @Test
    void what_a_preparer_asked_counts() {
        run(PlanText.with(
                PlanText.with(PLAN, "[ one-each, { use: as-delivered, shift: 2 } ]", "[ spender ]"),
                "attack: { use: tiny }",
                "attack: { use: tiny, stages: { prepare: { use: asking } } }"));

        assertEquals(List.of(14L), controls.questions);
    }

    @Test
    void what_reads_nothing_of_the_attack_serves_all_attacks_on_a_target() {
        runner.run(PLAN + "study: { axes: { attack.stages.optimize.factor: [ 0.5, 0.25 ] } }", "controlled", "runs");

        assertEquals(1, runner.made("control/one-each").size());
        assertEquals(2, runner.made("control/as-delivered").size());
        assertEquals(1, runner.made("metric-of/one-each").size());
    }

    @Test
    void another_control_leaves_what_is_finished_as_it_is() {
        runner.run(PLAN, "first", "runs");
        runner.told().clear();

        runner.run(PlanText.with(PLAN, "shift: 2", "shift: 3"), "second", "runs");

        assertEquals(
                List.of("control/as-delivered/0", "metric-of/as-delivered/0"),
                runner.offered().stream().sorted().toList());
    }

    @Test
    void private_images_that_it_declares_are_lent_to_a_control() {
        run(PlanText.with(PLAN, "[ one-each, { use: as-delivered, shift: 2 } ]", "[ private ]"));

        assertEquals(1, controls.asked.get());
    }

    @Test
    void a_class_that_a_control_forgets_ends_its_unit_and_not_the_attack() {
        Runs.StudyResult result = runner.run(
                PlanText.with(PLAN, "[ one-each, { use: as-delivered, shift: 2 } ]", "[ forgetful ]"),
                "controlled",
                "runs");

        assertTrue(
                result.reasons().stream()
                        .anyMatch(reason -> reason.toString().contains("has candidates of the classes [0]")),
                result.reasons().toString());
        assertEquals(2, runner.made("metric").size());
    }

    @Test
    void a_resolved_plan_is_read_back_to_an_equal_one() {
        String written =
                PlanWriter.yaml(runner.study(PLAN, "controlled").cells().get(0).plan());

        assertTrue(written.contains("controls:\n  - use: one-each\n  - use: as-delivered\n    shift: 2.0"), written);
        assertEquals(
                written,
                PlanWriter.yaml(
                        runner.study(written, "controlled").cells().get(0).plan()));
    }

    @Test
    void plans_whose_controls_cannot_be_judged_are_refused_with_the_way_out() {
        assertEquals(
                List.of(
                        "line 4, controls: controls are judged beside what an attack delivers, and the plan has none; add attack: { use:"
                                + " NAME }, or drop the section"),
                refused(PlanText.with(
                        PlanText.with(PLAN, "attack: { use: tiny }\n", ""),
                        "metrics: [ { use: count }, { use: count, of: sample } ]\n",
                        "")));
        assertEquals(
                List.of(
                        "line 5, controls: no metric of the plan judges what the attack delivers, so that controls would stand in no"
                                + " table; add metrics: [ { use: attack-accuracy } ], or drop the section"),
                refused(PlanText.with(PLAN, "{ use: count }, ", "")));
        assertEquals(
                List.of(
                        "line 5, controls.1: 'one-each' is a control of the plan already, controls.0; keep one of them; settings are"
                                + " compared with study: { axes: { controls.0.KEY: [ … ] } }"),
                refused(PlanText.with(PLAN, "{ use: as-delivered, shift: 2 }", "one-each")));
        assertTrue(
                refused(PlanText.with(PLAN, "one-each", "one-eech"))
                        .get(0)
                        .startsWith("line 5, controls.0.use: there is no control 'one-eech'; did you mean 'one-each'?"),
                refused(PlanText.with(PLAN, "one-each", "one-eech")).toString());
        assertEquals(
                List.of(
                        "line 5, controls.0: 'public' reads the part public, which the data set 'dots' does not have; it has training,"
                                + " pool, test"),
                refused(PlanText.with(PLAN, "one-each", "public")));
    }

    @Test
    void a_control_that_asks_for_more_than_the_plan_grants_is_refused_with_those_that_do_not() {
        String labels =
                PlanText.with(PlanText.with(PLAN, "target: {", "target: { access: labels,"), "one-each", "spender");

        assertEquals(
                List.of(
                        "line 5, controls.0: 'spender' needs scores access, but the plan grants labels; controls that work from labels:"
                                + " as-delivered, curious, forgetful, one-each, private, public, viewer; or grant more with target.access"),
                refused(labels));
    }

    private List<String> refused(String plan) {
        return assertThrows(InvalidConfigurationException.class, () -> runner.run(plan, "refused", "runs"))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
