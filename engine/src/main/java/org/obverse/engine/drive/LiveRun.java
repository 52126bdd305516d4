package org.obverse.engine.drive;

import java.util.List;
import java.util.Optional;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.graph.RunGraph;

/** The view of a run that listeners are lent: what the facts so far make of it. */
public final class LiveRun implements RunView {
    private final String name;
    private final ArtifactStore artifacts;
    private List<Cell> cells = List.of();
    private Optional<RunMachine> machine = Optional.empty();

    /**
     * @param name of the study
     */
    public LiveRun(String name, ArtifactStore artifacts) {
        this.name = name;
        this.artifacts = artifacts;
    }

    /** The run is planned. */
    void plan(RunGraph graph, RunMachine folded) {
        cells = graph.cells();
        machine = Optional.of(folded);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Cell> cells() {
        return cells;
    }

    @Override
    public Optional<Product> product(UnitName unit) {
        return machine.flatMap(folded -> folded.result(unit))
                .map(made -> new Product(
                        made.artifact(), artifacts.artifact(made.artifact()).file(), made.summary()));
    }
}
