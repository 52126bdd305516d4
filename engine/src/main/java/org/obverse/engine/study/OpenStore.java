package org.obverse.engine.study;

import java.util.ArrayDeque;
import org.obverse.engine.artifact.ArtifactStore;
import org.obverse.engine.artifact.Leases;
import org.obverse.engine.artifact.RemoteLeases;
import org.obverse.engine.blueprint.Blueprint;
import org.obverse.engine.drive.ProductStore;
import org.obverse.engine.graph.Closing;

/** Where a run keeps what it makes, which ends its connection to what it shares with other machines. */
record OpenStore(ProductStore products) implements AutoCloseable {
    static OpenStore of(Blueprint blueprint, ArtifactStore here) {
        return new OpenStore(new ProductStore(here, blueprint.remote(here)));
    }

    Leases leases() {
        return Leases.of(
                products.artifacts(),
                products.remote().stream()
                        .map(store -> new RemoteLeases(store, RemoteLeases.BEAT))
                        .toList());
    }

    @Override
    public void close() {
        Closing.all(new ArrayDeque<>(products.remote()));
    }
}
