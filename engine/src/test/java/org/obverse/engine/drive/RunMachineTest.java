package org.obverse.engine.drive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.obverse.api.event.RunFact;
import org.obverse.api.event.RunView;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.RunGraph;
import org.obverse.engine.graph.Unit;

final class RunMachineTest {
    private static final String DIGEST = "0".repeat(64);

    private final RunGraph.Builder builder = new RunGraph.Builder();
    private final Input<String> data = builder.add(Word.of("data", "d"));
    private final Input<String> target = builder.add(Word.of("target", "t", data));
    private final Input<String> judge = builder.add(Word.of("evaluation", "e", data));
    private final Input<String> attack = builder.add(Word.of("optimize", "o", target));
    private final RunGraph graph = builder.build();
    private final RunMachine machine = new RunMachine(graph);

    @Test
    void units_are_ready_once_their_inputs_are_finished() {
        assertEquals(Optional.of(data.unit()), machine.next());

        machine.apply(new RunFact.Offered(data.name()));
        assertEquals(Optional.empty(), machine.next());

        finish(data);
        assertEquals(Optional.of(target.unit()), machine.next());
        machine.apply(new RunFact.Offered(target.name()));
        assertEquals(Optional.of(judge.unit()), machine.next());
        machine.apply(new RunFact.Offered(judge.name()));

        machine.apply(new RunFact.Reused(target.name(), DIGEST, "artifact", Summary.NONE));
        assertEquals(Optional.of(attack.unit()), machine.next());
        assertFalse(machine.isDone());
        finish(judge);
        finish(attack);
        assertTrue(machine.isDone());
    }

    @Test
    void cells_come_in_their_order_but_what_they_begin_with_is_begun_two_cells_ahead() {
        RunGraph.Builder study = new RunGraph.Builder();
        for (int cell = 0; cell < 5; cell++) {
            Input<String> trained = study.add(word("target", cell));
            List<UnitName> units = new ArrayList<>(List.of(trained.name()));
            for (String stage : List.of("sample", "optimize")) {
                units.add(study.add(word(stage, cell, trained)).name());
            }
            study.cell(new RunView.Cell("cell-" + cell, Map.of(), "", units));
        }
        RunMachine many = new RunMachine(study.build());

        List<String> begun = new ArrayList<>();
        while (many.next().isPresent()) {
            UnitName next = many.next().orElseThrow().name();
            begun.add(next.slot());
            many.apply(new RunFact.Completed(next, DIGEST, "artifact", Summary.NONE));
        }

        assertEquals(
                List.of("target", "target", "target", "sample", "optimize", "target", "sample", "optimize", "target"),
                begun.subList(0, 9));
    }

    @Test
    void a_failed_unit_takes_along_only_what_depends_on_it() {
        finish(data);
        machine.apply(new RunFact.Offered(target.name()));
        machine.apply(new RunFact.Failed(target.name(), "why"));

        assertEquals(Optional.of(judge.unit()), machine.next());
        finish(judge);
        assertEquals(Optional.empty(), machine.next());
        assertFalse(machine.isDone());
    }

    @Test
    void a_product_is_needed_as_long_as_somebody_below_it_is_not_settled() {
        finish(data);
        finish(judge);
        assertEquals(List.of(judge.name()), machine.unneeded());

        finish(target);
        finish(attack);
        assertEquals(List.of(attack.name(), target.name(), data.name()), machine.unneeded());
    }

    @Test
    void a_unit_that_stands_before_its_input_is_a_mistake() {
        RunGraph.Builder other = new RunGraph.Builder();
        assertThrows(IllegalArgumentException.class, () -> other.add(Word.of("target", "t", data)));
    }

    @Test
    void units_of_equal_ingredients_and_inputs_are_one() {
        RunGraph.Builder cells = new RunGraph.Builder();
        Input<String> first = cells.add(Word.of("data", "d"));
        Input<String> same =
                cells.add(new Word(new UnitName("data", 1, List.of()), "d", List.of(), context -> {}, () -> {}));
        Input<String> other =
                cells.add(new Word(new UnitName("data", 1, List.of()), "x", List.of(), context -> {}, () -> {}));

        assertEquals(first, same);
        assertEquals(List.of(first.unit(), other.unit()), cells.build().units());
    }

    private static Word word(String slot, int index, Input<?>... inputs) {
        return new Word(new UnitName(slot, index, List.of()), slot + index, List.of(inputs), context -> {}, () -> {});
    }

    private void finish(Input<?> input) {
        Unit<?> unit = input.unit();
        machine.apply(new RunFact.Completed(unit.name(), DIGEST, "artifact", Summary.NONE));
    }
}
