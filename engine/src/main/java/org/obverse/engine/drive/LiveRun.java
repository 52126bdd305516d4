package org.obverse.engine.drive;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.obverse.api.event.RunView;
import org.obverse.api.event.UnitName;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.graph.RunGraph;

/** The view of a run that listeners are lent: what the facts so far make of it. May be looked at from any thread. */
public final class LiveRun implements RunView {
    private final String name;
    private final Path folder;
    private final ArtifactStore artifacts;
    private volatile Optional<Plan> plan = Optional.empty();

    private record Plan(List<Cell> cells, RunMachine folded) {}

    /**
     * @param name of the study
     * @param folder of the study
     */
    public LiveRun(String name, Path folder, ArtifactStore artifacts) {
        this.name = name;
        this.folder = folder;
        this.artifacts = artifacts;
    }

    /** The run is planned. */
    void plan(RunGraph graph, RunMachine folded) {
        plan = Optional.of(new Plan(graph.cells(), folded));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public List<Cell> cells() {
        return plan.map(Plan::cells).orElse(List.of());
    }

    @Override
    public Optional<Product> product(UnitName unit) {
        return plan.flatMap(known -> known.folded().result(unit))
                .flatMap(new ProductStore(artifacts)::provenance)
                .map(made -> new Product(
                        made.artifact(), artifacts.artifact(made.artifact()).file(), made.summary()));
    }
}
