package org.obverse.testkit.rule;

import java.util.Map;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.testkit.bench.Bench;

/** A training that nobody watches or cancels. */
final class PlainContext implements TrainingContext {
    @Override
    public RandomStream random() {
        return Bench.stream("training");
    }

    @Override
    public void checkpoint() {}

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {}
}
