package org.obverse.engine.run;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.engine.training.EpochStore;

/**
 * What the work on a unit is given, on its worker's thread.
 *
 * @param inputs artifacts of the upstream units, by unit id
 * @param portion how many images may pass at once
 * @param epochs where a training is kept until the unit is finished
 */
record UnitContext(
        Unit unit,
        RandomStream random,
        NDManager manager,
        Map<String, String> inputs,
        ProgressListener listener,
        AtomicBoolean cancelled,
        Portion portion,
        EpochStore epochs)
        implements TrainingContext {
    @Override
    public void checkpoint() {
        if (cancelled.get()) {
            throw new CancelledException();
        }
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        listener.progress(unit, done, total, figures);
    }
}
