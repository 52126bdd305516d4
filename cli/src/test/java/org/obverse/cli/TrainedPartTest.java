package org.obverse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Yaml;

final class TrainedPartTest {
    private static final String STUDY = """
            data: { use: squares }
            %s
            evaluation: { judge: { classifier: { use: linear } } }
            generator: { use: blobs }
            attack: { use: climb }
            metrics: [ { use: leak } ]
            study:
              axes:
                %s: [ 1, 2 ]
                evaluation.judge.seed: [ 1, 2 ]
                attack.candidates: [ 1, 2 ]
            """;
    private static final Mapping SHORT =
            read(STUDY.formatted("target: { classifier: { use: linear } }", "target.seed"));
    private static final Mapping NAMED =
            read(STUDY.formatted("targets: { hard: { classifier: { use: linear } } }", "targets.hard.seed"));

    private static Mapping read(String text) {
        return (Mapping) Yaml.read(text, "plan.yaml");
    }

    private static List<String> sections(Mapping plan, TrainedPart... kept) {
        return List.copyOf(TrainedPart.only(plan, List.of(kept)).entries().keySet());
    }

    private static List<String> axes(Mapping plan, TrainedPart... kept) {
        Node axes = TrainedPart.only(plan, List.of(kept)).at("study.axes").orElse(Node.nothing());
        return List.copyOf(((Mapping) axes).entries().keySet());
    }

    @Test
    void the_target_is_kept_in_both_forms_with_the_axes_that_vary_it() {
        assertEquals(List.of("data", "target", "study"), sections(SHORT, TrainedPart.TARGET));
        assertEquals(List.of("target.seed"), axes(SHORT, TrainedPart.TARGET));
        assertEquals(List.of("data", "targets", "study"), sections(NAMED, TrainedPart.TARGET));
        assertEquals(List.of("targets.hard.seed"), axes(NAMED, TrainedPart.TARGET));
    }

    @Test
    void swaps_of_what_trains_are_kept_and_those_of_the_attack_go() {
        String swapped =
                "data: { use: x }\ntarget: { classifier: { use: linear } }\nattack: { use: climb }\nstudy: { swaps: %s }";

        assertEquals(
                Yaml.read("[ target.seed=2, ~target.defense ]", "kept").plain(),
                TrainedPart.only(
                                read(
                                        swapped.formatted(
                                                "[ target.seed=2, \"attack.classes=[1]\", ~attack.stages.select, ~target.defense ]")),
                                List.of())
                        .at("study.swaps")
                        .orElseThrow()
                        .plain());
        assertEquals(
                List.of("data", "target"),
                sections(read(swapped.formatted("[ attack.candidates=2 ]")), TrainedPart.TARGET));
    }

    @Test
    void the_target_is_dropped_in_both_forms() {
        for (Mapping plan : List.of(SHORT, NAMED)) {
            assertEquals(List.of("data", "evaluation", "study"), sections(plan, TrainedPart.EVALUATION));
            assertEquals(List.of("evaluation.judge.seed"), axes(plan, TrainedPart.EVALUATION));
            assertEquals(List.of("data", "generator"), sections(plan, TrainedPart.GENERATOR));
        }
    }

    @Test
    void nothing_but_attack_and_metrics_is_dropped_if_no_part_is_chosen() {
        assertEquals(List.of("data", "targets", "evaluation", "generator", "study"), sections(NAMED));
        assertEquals(List.of("targets.hard.seed", "evaluation.judge.seed"), axes(NAMED));
    }

    @Test
    void units_are_of_the_part_whose_slot_they_fill() {
        assertEquals(
                List.of(TrainedPart.TARGET),
                TrainedPart.ofUnit("target/1").stream().toList());
        assertEquals(List.of(), TrainedPart.ofUnit("targets/1").stream().toList());
    }
}
