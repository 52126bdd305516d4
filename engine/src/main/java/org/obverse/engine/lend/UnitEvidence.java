package org.obverse.engine.lend;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence;
import org.obverse.api.random.RandomStream;

/** What every metric is lent for one unit, whatever it judges. */
interface UnitEvidence extends Evidence {
    UnitLoan unit();

    /** No more than the metric declared. */
    DeclaredData lent();

    @Override
    default Dataset data() {
        return lent().plain();
    }

    @Override
    default Images images(Part part, EvaluationModel model) {
        return lent().images(part, model.classifier().input());
    }

    @Override
    default NDManager manager() {
        return unit().manager();
    }

    @Override
    default int batch() {
        return unit().batch().getAsInt();
    }

    @Override
    default RandomStream random() {
        return unit().random();
    }

    @Override
    default void checkpoint() {
        unit().checkpoint();
    }

    @Override
    default void progress(long done, long total, Map<String, Double> figures) {
        unit().progress(done, total, figures);
    }
}
