package org.obverse.engine.blueprint;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.obverse.api.attack.Stage;
import org.obverse.engine.graph.Input;
import org.obverse.engine.product.Found;
import org.obverse.engine.unit.SearchSpace;

/** What the attack found, stage by stage; each stage has its units. */
record Searched(SearchSpace space, Map<Stage, List<Input<Found>>> stages) {
    List<Input<Found>> found() {
        return of(Collections.max(stages.keySet()));
    }

    List<Input<Found>> of(Stage stage) {
        return Objects.requireNonNull(stages.get(stage), () -> "no stage " + stage);
    }
}
