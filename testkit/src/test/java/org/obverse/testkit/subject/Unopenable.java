package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.obverse.api.attack.Representation;
import org.obverse.api.random.RandomStream;

/** A representation that nobody opens again. */
record Unopenable(Representation inner) implements Representation {
    @Override
    public int size() {
        return inner.size();
    }

    @Override
    public NDArray draw(int draws, List<RandomStream> random) {
        return inner.draw(draws, random);
    }

    @Override
    public Representation rows(int... rows) {
        return new Unopenable(inner.rows(rows));
    }

    @Override
    public NDList variables() {
        return inner.variables();
    }

    @Override
    public String form() {
        return "of-nobody";
    }
}
