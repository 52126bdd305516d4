package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.obverse.engine.plan.PlanFixture.ATTACK;
import static org.obverse.engine.plan.PlanFixture.DATA;
import static org.obverse.engine.plan.PlanFixture.GENERATOR;
import static org.obverse.engine.plan.PlanFixture.PLAN;
import static org.obverse.engine.plan.PlanFixture.TARGET;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.obverse.api.attack.Stage;
import org.obverse.api.data.Dataset;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Use;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.plan.AttackPlan.StagePlan;
import org.obverse.engine.plan.FixturePlugin.AdamKeys;
import org.obverse.engine.plan.FixturePlugin.ClimbKeys;
import org.obverse.engine.plan.FixturePlugin.LeakKeys;
import org.obverse.engine.plan.FixturePlugin.Loss;
import org.obverse.engine.plan.FixturePlugin.PoolKeys;
import org.obverse.engine.plan.FixturePlugin.WalkKeys;
import org.obverse.engine.plan.ListenerPlan.Importance;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.torch.Cudnn;
import org.obverse.engine.torch.Tf32;

class PlanReaderTest {
    private static final String FULL = """
            name: full
            seeds: { split: 2, attack: 40000000000 }
            data: { use: squares, identities: 12 }
            target:
              classifier: { use: linear, width: 4 }
              defense: [ { use: smoothing, alpha: -0.05, from: 10 }, { use: rounding } ]
              training: { epochs: 30, augmentation: { flip: 0.5 }, milestones: [] }
              access: white-box
              budget: { sample: 5000, optimize: 100000 }
              seed: 5
            evaluation:
              judge:
                classifier: { use: linear }
                training: { optimizer: sgd }
                crop: 20
              second:
                classifier: { use: linear, width: 32 }
                weights: models/judge.safetensors
            generator: { use: blobs, weights: "a b: c.safetensors" }
            attack:
              use: climb
              candidates: 20
              classes: [3, 1, 7]
              stages:
                prepare: { use: distill, student: { use: linear, width: 5 } }
                optimize: { loss: cross-entropy, crop: { least: 0.5 }, betas: [0.9, 0.999], clip: true }
                select: { rounds: 7 }
            metrics:
              - use: leak
                student: { width: 24 }
              - { use: health, target: target }
              - { use: likeness, judge: second }
            listeners: [ { use: tally, every: 3, best-effort: true }, { use: tally } ]
            execution: { device: "gpu:1", workers: 1, batch: 25, threads: 2, tf32: everywhere,
              cudnn: benchmark, on-out-of-memory: halve-batch }
            """;

    private final PlanFixture fixture = new PlanFixture();

    @Test
    void a_small_plan_is_filled_up_with_defaults() {
        Plan plan = fixture.plan(PLAN);
        assertEquals("plan", plan.name());
        assertEquals(new Seeds(1, 1, 1, 1), plan.seeds());
        assertEquals(Execution.DEFAULT, plan.execution());
        TargetPlan target = plan.target("target");
        assertEquals(Access.WHITE_BOX, target.access());
        assertEquals(new Origin.Trained(TrainingRecipe.DEFAULT), target.origin());
        assertEquals(Map.of(), target.budget());
        AttackPlan attack = plan.attack().get(0);
        assertEquals(List.of(0, 1, 2), attack.classes().of(Dataset.numbered(3), 1));
        assertEquals(
                List.of(Stage.SAMPLE, Stage.OPTIMIZE, Stage.SELECT),
                attack.stages().stream().<Stage>map(StagePlan::stage).toList());
        assertEquals(new PoolKeys(200, 50), attack.sample().component().configuration());
    }

    @Test
    void a_component_of_a_list_may_be_named_alone() {
        String brief = FULL.replace("{ use: rounding } ]", "rounding ]")
                .replace("- { use: health, target: target }", "- health")
                .replace("{ use: tally } ]", "tally ]");

        assertEquals(3, FULL.lines().filter(line -> !brief.contains(line)).count());
        assertEquals(PlanWriter.yaml(fixture.plan(FULL)), PlanWriter.yaml(fixture.plan(brief)));
        assertEquals(
                List.of("line 31, metrics.1.use: there is no metric 'helth'; did you mean 'health'?"),
                fixture.refused(brief.replace("- health", "- helth")).stream()
                        .map(problem -> problem.replaceFirst("\\? .*", "?"))
                        .toList());
    }

    @Test
    void what_the_plan_says_of_the_attack_reaches_the_component_that_replaces_the_recipes() {
        String attack = DATA + TARGET + GENERATOR + "attack:\n  use: climb\n  candidates: 3\n  stages:\n    sample: ";
        assertEquals(
                new ClimbKeys(3),
                fixture.plan(attack + "{ use: scatter }\n")
                        .attack()
                        .get(0)
                        .sample()
                        .component()
                        .configuration());
        assertEquals(
                new ClimbKeys(4),
                fixture.plan(attack + "{ use: scatter, candidates: 4 }\n")
                        .attack()
                        .get(0)
                        .sample()
                        .component()
                        .configuration());
        assertEquals(
                List.of(
                        "line 6, attack.candidates: reaches nobody: 'still' in sample stands where the attack has a component"
                                + " that reads it, and has no such key; drop it, or use the keys of that component"),
                fixture.refused(attack + "{ use: still }\n"));
    }

    @Test
    void every_section_is_read() {
        Plan plan = fixture.plan(FULL);
        assertEquals(new Seeds(2, 1, 40000000000L, 1), plan.seeds());
        TargetPlan target = plan.target("target");
        assertEquals(
                List.of("smoothing", "rounding"),
                target.defense().stream().map(PlannedComponent::name).toList());
        assertEquals(Map.of(Stage.SAMPLE, 5000L, Stage.OPTIMIZE, 100000L), target.budget());
        assertEquals(5, target.seed());
        TrainingRecipe recipe =
                assertInstanceOf(Origin.Trained.class, target.origin()).recipe();
        assertEquals(30, recipe.epochs());
        assertEquals(0.5, recipe.augmentation().flip());
        assertEquals(1, recipe.augmentation().crop());
        assertEquals(20, plan.judge("judge").crop());
        assertEquals(
                new Origin.Loaded("models/judge.safetensors"),
                plan.judge("second").origin());
        assertEquals(List.of(3, 1, 7), plan.attack().get(0).classes().of(Dataset.numbered(50), 1));
        assertEquals(
                new LeakKeys(new Use("linear", Map.of("width", 24)), 30),
                plan.metrics().get(0).metric().configuration());
        assertEquals(
                List.of(Importance.BEST_EFFORT, Importance.REQUIRED),
                plan.listeners().stream().map(ListenerPlan::importance).toList());
        assertEquals(
                new Execution("gpu:1", 1, 25, 2, Tf32.EVERYWHERE, Cudnn.BENCHMARK, OutOfMemory.HALVE_BATCH),
                plan.execution());
    }

    @Test
    void keys_of_a_gpu_are_refused_on_the_cpu() {
        Execution cpu = new Execution("cpu", 1, 1, 1, Tf32.NOWHERE, Cudnn.BENCHMARK, OutOfMemory.FAIL);
        assertEquals(
                List.of("tf32", "cudnn"),
                cpu.check().stream().map(Problem::path).toList());
        assertEquals(List.of(), Execution.DEFAULT.check());
    }

    @Test
    void entries_of_stages_change_settings_of_the_recipe() {
        AttackPlan attack = fixture.plan(FULL).attack().get(0);
        assertEquals(new PoolKeys(200, 20), attack.sample().component().configuration());
        AdamKeys adam = (AdamKeys) attack.optimize().get(0).component().configuration();
        assertEquals(20, adam.steps());
        assertEquals(Loss.CROSS_ENTROPY, adam.loss());
        assertEquals(0.5, adam.crop().least());
        assertEquals(1, adam.crop().most());
        assertEquals("distill", attack.prepare().get(0).component().name());
    }

    @Test
    void an_entry_with_another_component_replaces_the_recipes() {
        AttackPlan attack = fixture.plan(
                        DATA + TARGET + GENERATOR + "attack: { use: climb, stages: { optimize: { use: walk } } }")
                .attack()
                .get(0);
        assertEquals(new WalkKeys(10), attack.optimize().get(0).component().configuration());
    }

    @Test
    void a_written_plan_reads_back_equal() {
        for (String text : List.of(PLAN, FULL, DATA + GENERATOR)) {
            Plan plan = fixture.plan(text);
            String written = PlanWriter.yaml(plan);
            assertEquals(plan, fixture.plan(written), written);
            assertEquals(written, PlanWriter.yaml(fixture.plan(written)));
        }
    }

    @Test
    void a_plan_file_without_a_name_is_called_like_the_file(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), PLAN);
        assertEquals(
                "mine", new PlanReader(fixture.registry()).read(file, List.of()).name());
    }

    @Test
    void a_missing_file_is_a_problem(@TempDir Path folder) {
        Path file = folder.resolve("none.yaml");
        InvalidConfigurationException refusal = assertThrows(
                InvalidConfigurationException.class, () -> new PlanReader(fixture.registry()).read(file, List.of()));
        assertEquals(
                file + ": there is no such file; name a plan, a YAML file in UTF-8",
                refusal.problems().get(0).toString());
    }

    @Test
    void all_problems_are_shown_at_once_with_their_lines() {
        List<String> problems = fixture.refused("""
                data: { use: squares, identities: 1 }
                traget: {}
                target:
                  classifier: { use: liner }
                  defense:
                    - use: smoothing
                      alpha: 2
                      alhpa: 3
                  training: { epochs: many }
                  access: scores-only
                attack:
                  use: climb
                  stages:
                    optimise: {}
                    sample: { candidates: 300 }
                    optimize: { crop: { lest: 1 } }
                metrics: [ { use: leak, student: { width: 0 } } ]
                """);
        String expected = """
                line 1, data.identities: 1 cannot be told apart; use at least 2
                line 2, traget: there is no key 'traget' here; did you mean 'target'? known keys: accept, attack, controls, data, evaluation, execution, generator, listeners, membership, metrics, name, seeds, study, target, targets
                line 4, target.classifier.use: there is no classifier 'liner'; did you mean 'linear'? components of this kind: linear, residual, sealed; another one comes with its plugin's jar, in a folder that --plugins names
                line 7, target.defense.0.alpha: 2.0 is more than 1; use a value in (-inf, 1]
                line 8, target.defense.0.alhpa: there is no key 'alhpa' here; did you mean 'alpha'? known keys: alpha, from, use
                line 9, target.training.epochs: expected a whole number, found the text 'many'
                line 10, target.access: expected one of none, labels, scores, logits, white-box, found the text 'scores-only'; possible values: labels, logits, none, scores, white-box
                line 14, attack.stages.optimise: there is no key 'optimise' here; did you mean 'optimize'? known keys: optimize, prepare, sample, select
                line 15, attack.stages.sample.candidates: 300 are more than the pool of 200; enlarge pool
                line 16, attack.stages.optimize.crop.lest: there is no key 'lest' here; did you mean 'least'? known keys: least, most
                line 17, metrics.0.student.width: no units; use at least 1
                """;
        assertEquals(expected.lines().toList(), problems);
    }

    @Test
    void faults_of_the_text_of_keys_and_of_what_parts_need_of_each_other_are_shown_together() {
        List<String> problems = fixture.refused("""
                data: { use: squares, identities: 1 }
                target:
                  classifier: { use: linear }
                  training: { epochs: 3, epochs: 4, batch: *size }
                  access: scores
                  budget: { select: 10 }
                attack:
                  use: climb
                  stages: { select: { use: nobody } }
                metrics:
                  - { use: health, nothing: 1 }
                  - { use: recognition }
                evaluation: { judge: { classifier: { use: linear }, weights: a, classes: 5 } }
                """);
        String expected = """
                line 1, data.identities: 1 cannot be told apart; use at least 2
                line 4, target.training.epochs: the key is given twice; keep one of the two
                line 4, target.training.batch: aliases (*size) are not read; write the value out
                line 9, attack.stages.select.use: there is no selector 'nobody'; components of this kind: robust; another one comes with its plugin's jar, in a folder that --plugins names
                line 9, attack.stages.sample: 'pool' needs a generator (Generator), but the plan has none; add generator: { use: NAME }, or attack.stages.prepare: { use: NAME } with one of invent
                line 9, attack.stages.optimize: 'adam' needs white-box access, but the plan grants scores; optimizers that work from scores: guess, walk; or grant more with target.access
                line 9, attack.stages.optimize: 'adam' needs a generator (Mapped), but the plan has none; add generator: { use: NAME }, or attack.stages.prepare: { use: NAME } with one of invent
                line 11, metrics.0.nothing: there is no key 'nothing' here; known keys: of, target, use
                line 12, metrics.1: 'recognition' needs an evaluation model of the data's classes, and 'judge' has 5 outputs of its own; name another one with metrics.1.judge; one like this compares features only
                """;
        assertEquals(expected.lines().toList(), problems);
    }

    @Test
    void what_depends_on_a_part_with_a_problem_alone_is_not_told_as_well() {
        assertEquals(List.of("target.access", "attack.use"), paths("""
                        data: { use: squares }
                        target: { classifier: { use: linear }, access: *all, budget: { select: 10 } }
                        attack: { use: climp, stages: { optimize: { use: adam } } }
                        """));
        assertEquals(List.of("data.use", "targets.one.access"), paths("""
                        data: { use: *set }
                        targets:
                          one: { classifier: { use: linear }, access: all }
                          two: { like: one }
                        attack: { use: climb, target: two }
                        generator: { use: blobs }
                        """));
    }

    private List<String> paths(String plan) {
        return fixture.refused(plan).stream()
                .map(problem -> problem.replaceFirst("line \\d+, (.*?): .*", "$1"))
                .toList();
    }

    @Test
    void required_sections_are_asked_for() {
        assertEquals(
                List.of(
                        "data: a plan needs a data set; add data: { use: NAME }",
                        "target: the plan has nothing to do; add a target, a generator or evaluation models"),
                fixture.refused("name: x"));
        assertEquals(
                List.of("line 3, attack: it needs a target; add target: { classifier: { use: NAME } }"),
                fixture.refused(DATA + GENERATOR + ATTACK));
        assertEquals(
                List.of("line 2, target.classifier: no classifier is named; add classifier: { use: NAME }"),
                fixture.refused(DATA + "target: {}"));
    }

    @Test
    void a_section_of_the_wrong_form_is_refused() {
        assertEquals(
                List.of(
                        "line 1, data: expected a dataset, found the text 'squares'; write { use: NAME };"
                                + " datasets that exist: squares",
                        "line 2, target: expected keys and values, found the text 'linear';"
                                + " write target: { key: value }",
                        "line 3, seeds: expected keys and values, found the number 1; write seeds: { key: value }",
                        "line 4, metrics: expected a list, found the keys use; write [ { … }, … ], or [] for none"),
                fixture.refused("data: squares\ntarget: linear\nseeds: 1\nmetrics: { use: health }"));
    }

    @Test
    void weights_and_training_exclude_each_other() {
        assertEquals(
                List.of("line 2, target.training: the weights come from a file, so that nothing is trained;"
                        + " drop target.training or target.weights"),
                fixture.refused(
                        DATA + "target: { classifier: { use: linear }, weights: x.safetensors, training: {} }"));
    }

    @Test
    void a_component_of_another_kind_is_pointed_out() {
        assertTrue(fixture.refused(DATA + "target: { classifier: { use: adam } }")
                .get(0)
                .contains("there is no classifier 'adam'; 'adam' is of the kind optimizer; "));
    }

    @Test
    void classes_are_all_or_a_list_without_repetition() {
        assertEquals(
                List.of(
                        "line 4, attack.classes.1: a class is its name or its number from 0, found the number -1;"
                                + " write [ anna, 17 ]; a name that is a number in quotes",
                        "line 4, attack.classes.2: class 3 is listed twice; list it once"),
                fixture.refused(DATA + TARGET + GENERATOR + "attack: { use: climb, classes: [3, -1, 3] }"));
        assertEquals(
                List.of(
                        "line 4, attack.classes: expected all, a list of classes or a number of random ones, found the number 3;"
                                + " write all, [ anna, 17 ], or { random: 100 }"),
                fixture.refused(DATA + TARGET + GENERATOR + "attack: { use: climb, classes: 3 }"));
    }

    @Test
    void random_classes_are_chosen_by_the_seed_of_the_split_and_more_hold_those_of_fewer() {
        String head = DATA + TARGET + GENERATOR + "attack: { use: climb, classes: { random: ";
        Classes few = fixture.plan(head + "5 } }").attack().get(0).classes();
        Classes more = fixture.plan(head + "20 } }").attack().get(0).classes();
        List<String> names = Dataset.numbered(50);

        assertEquals(5, Set.copyOf(few.of(names, 1)).size());
        assertEquals(few.of(names, 1).stream().sorted().toList(), few.of(names, 1));
        assertTrue(more.of(names, 1).containsAll(few.of(names, 1)));
        assertNotEquals(few.of(names, 1), few.of(names, 2));
    }

    @Test
    void a_number_of_random_classes_is_a_whole_number_from_1_on() {
        for (String count : List.of("0", "-1", "2.5", "all", "[1]")) {
            String problem = fixture.refused(
                            DATA + TARGET + GENERATOR + "attack: { use: climb, classes: { random: " + count + " } }")
                    .get(0);
            assertTrue(
                    problem.startsWith("line 4, attack.classes.random: expected a number of classes from 1 on"),
                    problem);
        }
    }

    @Test
    void a_stage_that_the_recipe_lacks_needs_a_component() {
        assertEquals(
                List.of("line 4, attack.stages.prepare: the attack 'climb' has no such stage;"
                        + " name its component: { use: NAME }; it has sample, optimize, select"),
                fixture.refused(DATA + TARGET + GENERATOR + "attack: { use: climb, stages: { prepare: {} } }"));
    }

    @Test
    void what_the_recipes_factory_refuses_is_a_problem_of_the_plan() {
        assertEquals(
                List.of("line 6, attack.candidates: 5000 do not fit; use at most 1000"),
                fixture.refused(DATA + TARGET + GENERATOR + "attack:\n  use: climb\n  candidates: 5000\n"));
    }

    @Test
    void an_attack_that_asks_for_resources_is_a_fault_of_its_plugin() {
        PluginFailedException failure = assertThrows(
                PluginFailedException.class,
                () -> fixture.study(DATA + TARGET + GENERATOR + "attack: { use: greedy }"));
        assertTrue(String.valueOf(failure.getMessage()).contains("an attack only names its stages"));
        assertTrue(failure.source().endsWith("test-classes"), failure.source());
    }

    @Test
    void the_plugins_of_nested_components_take_part() {
        Plan plan = fixture.plan(PLAN + "metrics: [ { use: leak } ]");
        Components components = new Components(fixture.registry());
        assertEquals(
                Set.copyOf(fixture.registry().plugins()),
                components.plugins(plan.metrics().get(0).metric()));
    }

    @Test
    void a_name_must_be_fit_for_a_directory() {
        assertEquals(
                List.of(
                        "line 1, name: 'a/b' cannot be the name of a folder; begin with a letter or digit, and use letters,"
                                + " digits and . _ = , + -"),
                fixture.refused("name: a/b\n" + PLAN));
        assertEquals(
                List.of("line 1, name: expected text, found the number 7; put it in quotes if it is meant as text"),
                fixture.refused("name: 7\n" + PLAN));
    }

    @Test
    void a_wrong_device_or_batch_is_refused() {
        assertEquals(
                List.of(
                        "line 5, execution.device: 'tpu' is not a device; use auto, cpu, gpu, gpu:1, …",
                        "line 5, execution.batch: 0 is too small; use at least 1"),
                fixture.refused(PLAN + "execution: { device: tpu, batch: 0 }"));
    }

    @Test
    @Timeout(20)
    void a_plan_that_is_no_regular_file_or_very_long_is_refused_before_it_is_read(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path fifo = folder.resolve("fifo.yaml");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        Path line = Files.writeString(folder.resolve("line.yaml"), "name: " + "x".repeat(10_000_000));
        Path huge = folder.resolve("huge.yaml");
        try (FileChannel file = FileChannel.open(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {'a'}), 5_000_000_000L);
        }
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xfc});

        assertEquals("is a FIFO, not a file", message(fifo));
        assertEquals("is a device, not a file", message(Path.of("/dev/zero")));
        assertEquals("is a folder, not a file", message(folder));
        assertEquals("has 10000006 bytes, and at most 2000000 are read", message(line));
        assertEquals("has 5000000001 bytes, and at most 2000000 are read", message(huge));
        assertEquals("is not text in UTF-8", message(latin));
    }

    @Test
    void a_name_that_is_no_folder_of_its_own_is_refused() {
        String rule = "cannot be the name of a folder; begin with a letter or digit";
        for (String name : List.of(".", "..", "", "a b", "a/b", "../a", "ü", "-x")) {
            String refused = fixture.refused(PLAN, "name='" + name + "'").get(0);
            assertTrue(refused.startsWith("name: '" + name + "' " + rule), refused);
        }
        assertEquals(
                List.of("name: 'objects' is the folder of all runs' artifacts; choose another name"),
                fixture.refused(PLAN, "name=objects"));
        assertEquals(
                List.of("name: a name of 256 characters is too long for a folder; use at most 180"),
                fixture.refused(PLAN, "name=" + "x".repeat(256)));
        assertEquals(180, fixture.study(PLAN, "name=" + "x".repeat(180)).name().length());
    }

    @Test
    void an_unknown_component_hides_no_problem_elsewhere() {
        List<String> paths = paths("""
                data: { use: sqares }
                target: { classifier: { use: linar }, defense: [ { use: smoothing, alpa: 1 } ], seeed: 1 }
                generator: { use: blobs, weigths: a }
                attack:
                  use: climp
                  stages:
                    optimize: { use: walk, stesp: 3 }
                    select: { use: nobody }
                metrics: [ { use: leek }, { use: health, nothing: 1 } ]
                execution: { bach: 1 }
                """);
        assertEquals(
                Set.of(
                        "data.use",
                        "target.classifier.use",
                        "target.defense.0.alpa",
                        "target.seeed",
                        "generator.weigths",
                        "attack.use",
                        "attack.stages.optimize.stesp",
                        "attack.stages.select.use",
                        "metrics.0.use",
                        "metrics.1.nothing",
                        "execution.bach"),
                Set.copyOf(paths));
    }

    private String message(Path plan) {
        Problem problem = assertThrows(
                        InvalidConfigurationException.class,
                        () -> new PlanReader(fixture.registry()).read(plan, List.of()))
                .problems()
                .get(0);
        assertEquals(plan.toString(), problem.path());
        return problem.message();
    }
}
