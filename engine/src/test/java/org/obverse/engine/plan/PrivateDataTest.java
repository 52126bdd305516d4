package org.obverse.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.data.Part;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.membership.MembershipScores;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;
import org.obverse.engine.lend.ComponentResources;
import org.obverse.engine.lend.Supervision;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.plugin.Registry;
import org.obverse.engine.random.CounterStream;
import org.obverse.engine.torch.TorchRuntime;

/** What attackers may not read. */
class PrivateDataTest {
    private static final Requirements PEEKING =
            Requirements.none().access(ScoreOracle.class).data(Part.PUBLIC).data(Part.TRAINING);
    private static final Requirements NAMING =
            Requirements.none().access(ScoreOracle.class).part("data", Kind.DATASET, Use.of("squares"));

    /** Attackers of every kind, each once with private images and once with a data set of its own. */
    private static final class Peeking implements Plugin {
        private record NoKeys() {}

        @Override
        public String id() {
            return "peeking";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            Optimizer stays = (candidates, context) -> candidates;
            Selector keeps = (candidates, context) -> candidates;
            Sampler nothing = context -> {
                throw new IllegalStateException("no plan with it is accepted");
            };
            MembershipAttack silent = context -> MembershipScores.ranked(List.of());
            Preparer distills = new FixtureStages.Distill();
            return List.of(
                    component(Kind.PREPARER, "peeks", PEEKING, distills),
                    component(Kind.SAMPLER, "peeks", PEEKING, nothing),
                    component(Kind.OPTIMIZER, "peeks", PEEKING, stays),
                    component(Kind.SELECTOR, "peeks", PEEKING, keeps),
                    component(Kind.MEMBERSHIP_ATTACK, "peeks", PEEKING, silent),
                    component(Kind.SAMPLER, "names-data", NAMING, nothing),
                    new Component<>(Kind.SAMPLER, "makes-data", "For a test.", new NoKeys(), (keys, resources) -> {
                        resources.create(Kind.DATASET, Use.of("squares"));
                        return nothing;
                    }),
                    component(Kind.MEMBERSHIP_ATTACK, "names-data", NAMING, silent),
                    component(
                            Kind.MEMBERSHIP_ATTACK,
                            "coupled",
                            Requirements.none().access(ScoreOracle.class).coupled("they are compared in pairs"),
                            silent));
        }

        private static <T> Component<?, T> component(Kind<T> kind, String name, Requirements needs, T made) {
            return new Component<>(kind, name, "For a test.", new NoKeys(), keys -> needs, (keys, resources) -> made);
        }
    }

    private static List<String> refused(String text) {
        Registry registry = Registry.of(List.of(new FixturePlugin(), new Peeking()));
        return assertThrows(
                        InvalidConfigurationException.class,
                        () -> new PlanReader(registry).read(text, "the plan", "plan", List.of()))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void a_plan_whose_stages_read_private_images_is_refused() {
        assertEquals(
                List.of("prepare", "sample", "optimize", "select").stream()
                        .map(stage ->
                                ("line 4, attack.stages.%s: 'peeks' reads the part training of the data, and no attacker has"
                                                + " that; use a component that reads public images alone")
                                        .formatted(stage))
                        .sorted()
                        .toList(),
                refused(
                                PlanFixture.DATA
                                        + PlanFixture.TARGET
                                        + PlanFixture.GENERATOR
                                        + "attack: { use: climb, stages: { prepare: { use: peeks }, sample: { use: peeks }, optimize: { use: peeks }, select: { use: peeks } } }\n")
                        .stream()
                        .sorted()
                        .toList());
    }

    @Test
    void a_plan_whose_membership_attack_reads_private_images_is_refused() {
        assertEquals(
                List.of(
                        "line 3, membership.attacks.0: 'peeks' reads the part training of the data, and no attacker has that; use a"
                                + " component that reads public images alone"),
                refused(PlanFixture.DATA + PlanFixture.TARGET + "membership: { attacks: [ { use: peeks } ] }\n"));
    }

    @Test
    void a_plan_whose_attackers_name_a_data_set_of_their_own_is_refused() {
        String refusal =
                "'names-data' names a data set, and an attacker has no images but the public ones of the plan's own;"
                        + " use a component that reads public images alone";
        assertEquals(
                List.of("line 4, attack.stages.sample: " + refusal, "line 5, membership.attacks.0: " + refusal),
                refused(PlanFixture.DATA
                                + PlanFixture.TARGET
                                + PlanFixture.GENERATOR
                                + "attack: { use: climb, stages: { sample: { use: names-data } } }\n"
                                + "membership: { attacks: [ { use: names-data } ] }\n")
                        .stream()
                        .sorted()
                        .toList());
    }

    @Test
    void an_attacker_that_makes_a_data_set_without_a_word_fails_before_it_has_one() {
        Registry registry = Registry.of(List.of(new FixturePlugin(), new Peeking()));
        PlannedComponent<Sampler> chosen = new Components(registry).choose(Kind.SAMPLER, Use.of("makes-data"));
        try (NDManager manager = TorchRuntime.start().manager().newSubManager()) {
            ComponentResources resources = new ComponentResources(
                    TorchRuntime.start(),
                    manager,
                    new Components(registry),
                    Path.of(""),
                    CounterStream.of(1),
                    chosen.plugin(),
                    Supervision.none());

            String message = String.valueOf(assertThrows(PluginFailedException.class, () -> chosen.create(resources))
                    .getMessage());

            assertTrue(message.contains("'makes-data' attacks, and asks for the data set 'squares'"), message);
        }
    }

    @Test
    void a_membership_attack_whose_samples_depend_on_one_another_is_not_repeated_with_half_the_batch() {
        assertEquals(
                List.of(
                        "line 4, execution.on-out-of-memory: 'coupled' in membership.attacks.0 cannot be repeated with half the batch:"
                                + " they are compared in pairs; use 'fail', with a smaller execution.batch"),
                refused(PlanFixture.DATA
                        + PlanFixture.TARGET
                        + "membership: { attacks: [ { use: coupled } ] }\n"
                        + "execution: { on-out-of-memory: halve-batch }\n"));
    }
}
