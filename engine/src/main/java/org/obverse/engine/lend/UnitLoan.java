package org.obverse.engine.lend;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Map;
import java.util.function.IntSupplier;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.torch.TorchRuntime;

/**
 * What any piece of work of a plugin is lent.
 *
 * @param manager for arrays that live until the result was stored
 * @param batch how many images may pass at once; asking may be noted
 * @param watch is told of checkpoints and progress
 */
public record UnitLoan(RandomStream random, NDManager manager, IntSupplier batch, Watch watch)
        implements TrainingContext {
    /** Who learns how work goes on, and may end it. */
    public interface Watch {
        void checkpoint();

        void progress(long done, long total, Map<String, Double> figures);
    }

    /**
     * For a unit of a run, on its thread: until the unit's product is stored, every array that is made belongs to its scope,
     * and nothing is recorded.
     */
    public static UnitLoan of(UnitContext context, TorchRuntime torch, RandomStream random) {
        torch.quiet();
        NDManager manager = context.own(torch.manager().newSubManager());
        context.own(new NDScope());
        return new UnitLoan(random, manager, context::batch, new Watch() {
            @Override
            public void checkpoint() {
                context.checkpoint();
            }

            @Override
            public void progress(long done, long total, Map<String, Double> figures) {
                context.progress(done, total, figures);
            }
        });
    }

    @Override
    public void checkpoint() {
        watch.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        watch.progress(done, total, figures);
    }
}
