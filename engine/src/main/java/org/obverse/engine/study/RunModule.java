package org.obverse.engine.study;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.api.place.Place;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.drive.Bus;
import org.obverse.engine.drive.Driver;
import org.obverse.engine.drive.Driver.Batches;
import org.obverse.engine.drive.Journal;
import org.obverse.engine.drive.LiveRun;
import org.obverse.engine.drive.Mailbox;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.RunGraph;

/** Wires one run: its graph, its journal, its bus, its places and its driver. */
final class RunModule extends AbstractModule {
    private final RunGraph graph;
    private final Records records;
    private final Surroundings surroundings;
    private final List<Place> places;

    /** What was there before the run was planned: whoever watches it and may end it. */
    record Surroundings(LiveRun run, Bus bus, Mailbox mailbox, AtomicBoolean cancelled, Batches batches) {}

    /** What a run writes, and what keeps others from writing the same. */
    record Records(ProductStore store, Leases leases, Journal journal) {}

    RunModule(RunGraph graph, Records records, Surroundings surroundings, List<Place> places) {
        this.graph = graph;
        this.records = records;
        this.surroundings = surroundings;
        this.places = places;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        bind(RunGraph.class).toInstance(graph);
        bind(ProductStore.class).toInstance(records.store());
        bind(Leases.class).toInstance(records.leases());
        bind(Journal.class).toInstance(records.journal());
        bind(LiveRun.class).toInstance(surroundings.run());
        bind(Bus.class).toInstance(surroundings.bus());
        bind(Mailbox.class).toInstance(surroundings.mailbox());
        bind(AtomicBoolean.class).toInstance(surroundings.cancelled());
        bind(Batches.class).toInstance(surroundings.batches());
        Multibinder<Place> bound = Multibinder.newSetBinder(binder(), Place.class);
        places.forEach(place -> bound.addBinding().toInstance(place));
        bind(Driver.class);
    }
}
